#include "core/ops/erase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "core/base/error.hpp"
#include "core/formats/personal_places.hpp"
#include "core/ops/find.hpp"
#include "core/ops/find_person.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr Verb erased_verb{"erased", "erase"};

struct EraseOptions {
  std::optional<std::string> ref;
  bool contact = false;
  bool former_contacts = false;
  std::optional<SoughtPerson> person;
  bool everywhere = false;
  ChangeOptions change;
};

ExitCode wipe(Context& context, const ChangeOptions& options, ExitCode code) {
  if (code == ExitCode::done && !options.dry_run) context.open(OpenMode::write).wipe(context.wait());
  return code;
}

ExitCode erase_contacts(Context& context, const EraseOptions& options) {
  const auto remove = [&](Write& write) -> OutcomeResult {
    const auto found = find_by_ref_or_name(write, *options.ref);
    if (const auto* problem = std::get_if<Problem>(&found)) return refuse(*problem);
    const auto& partner = std::get<Partner>(found);
    return options.contact ? erase_contact(write, partner, context.deed())
                           : erase_former_contacts(write, partner, context.deed());
  };
  const auto sentence = [&](const ChangeSummary& summary) {
    const std::string id = summary.outcomes.first().str();
    if (!options.contact) {
      return summary.counts.updated > 0
                 ? sentence_of(summary.mood, erased_verb, "the former contacts of " + id)
                 : fmt::format("{} has no former contact to erase.", id);
    }
    return summary.counts.updated > 0
               ? sentence_of(summary.mood, erased_verb, "the contact's personal data of " + id)
               : fmt::format("{} has no personal data to erase.", id);
  };
  return wipe(context, options.change, change_one(context, options.change, remove, sentence).code);
}

struct PersonFound {
  std::vector<PersonalPlace> places;  ///< the values, and the documents that came with them
  std::size_t values = 0;             ///< those that would be erased
  std::vector<PartnerId> partners;    ///< at which they are
};

PersonFound find(Context& context, const EraseOptions& options) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  PersonFound found;
  found.partners = options.ref ? std::vector{require_by_ref(read, *options.ref).id}
                               : find_partners_naming(read, *options.person);
  for (const PartnerId partner : found.partners) {
    const auto values = find_person(read, partner, *options.person);
    const auto first = static_cast<std::ptrdiff_t>(found.places.size());
    for (const PersonalValue& value : values) found.places.push_back(value.at);
    for (const NamingDocument& document : find_naming_documents(read, partner, values))
      found.places.push_back(document.at);
    std::stable_sort(found.places.begin() + first, found.places.end(),
                     [](const PersonalPlace& a, const PersonalPlace& b) { return a.event < b.event; });
    found.values += values.size();
  }
  return found;
}

void print(Context& context, const EraseOptions& options, const std::vector<PersonalPlace>& places) {
  if (options.change.format == ReportFormat::json) {
    context.out().write(places_as_json(places));
    return;
  }
  write_places(context.out(), places, context.table_look());
}

std::string counted_values(std::uint64_t values, std::uint64_t partners) {
  return fmt::format("{} of {}", counted(values, "value"), counted(partners, "partner"));
}

ExitCode list_person(Context& context, const EraseOptions& options, const PersonFound& found) {
  print(context, options, found.places);
  const std::string name = in_quotes(options.person->str());
  context.say(found.places.empty() ? fmt::format("{} occurs nowhere.", name)
                                   : sentence_of(Mood::would, erased_verb,
                                                 counted_values(found.values, found.partners.size())));
  return ExitCode::done;
}

ExitCode erase_person(Context& context, const EraseOptions& options) {
  const PersonFound found = find(context, options);
  if (options.change.dry_run) return list_person(context, options, found);
  const std::string name = in_quotes(options.person->str());
  if (found.partners.size() > 1 && !options.everywhere) {
    print(context, options, found.places);
    context.complain(fmt::format("--person: {} occurs at {} partners; name one, or add --everywhere", name,
                                 found.partners.size()));
    return ExitCode::refused;
  }
  std::uint64_t erased = 0;
  std::uint64_t remains = 0;
  const EachPartner each = [&](Write& write, const std::function<void(FoundPartner)>& visit) {
    const auto partners = options.everywhere ? find_partners_naming(write, *options.person) : found.partners;
    for (const PartnerId partner : partners) visit(find_partner(write, partner).value());
  };
  const ReadVerb read = [&](RowFields&) -> PartnerVerb {
    return [&](Write& write, const Partner& partner) -> OutcomeResult {
      const PersonErased done = erase_person(write, partner, *options.person, context.deed());
      erased += done.erased;
      remains += done.remains;
      return done.outcome;
    };
  };
  const auto sentence = [&](const ChangeSummary& summary) {
    return erased == 0
               ? fmt::format("{} has nothing to erase.", name)
               : sentence_of(summary.mood, erased_verb, counted_values(erased, summary.counts.updated));
  };
  const Inputs none({});
  const ExitCode code = change_partners(context, options.change, each, none, {read, sentence}).code;
  wipe(context, options.change, code);
  if (code != ExitCode::done || remains == 0) return code;
  context.complain(fmt::format("{} in events of version 1 cannot be erased", counted(remains, "value")));
  return ExitCode::refused;
}

ExitCode erase(Context& context, const EraseOptions& options) {
  if (options.person) return erase_person(context, options);
  if (!options.ref) throw Error(ErrorKind::usage, "erase: missing REF");
  return erase_contacts(context, options);
}

Run declare(Flags& flags) {
  auto options = std::make_shared<EraseOptions>();
  flags.argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.flag("--contact", options->contact, "erase its contacts, and whoever signed");
  flags.flag("--former-contacts", options->former_contacts, "erase its contacts that were replaced");
  flags.option("--person", "TEXT", options->person, "erase a person, by e-mail address or name");
  flags.flag("--everywhere", options->everywhere, "erase the person at every partner");
  flags.one_of({"--contact", "--former-contacts", "--person"});
  flags.usage({" REF --contact [OPTION...]", " REF --former-contacts [OPTION...]",
               " [REF] --person TEXT [OPTION...]"});
  flags.needs("--everywhere", {"--person"});
  flags.excludes("--everywhere", {"REF"});
  declare_change(flags, options->change);
  return [options](Context& context) { return erase(context, *options); };
}

}  // namespace

Command erase_command() {
  return {"erase", CommandGroup::correct, "erase personal data for good", declare};
}

}  // namespace covenant
