#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/input_lines.hpp"
#include "cli/next_step.hpp"
#include "core/base/error.hpp"
#include "core/formats/card.hpp"
#include "core/formats/form.hpp"
#include "core/formats/sheet.hpp"
#include "core/history/record.hpp"
#include "core/history/standing.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/former_name_table.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

enum class SheetFormat { text, json, toml };

template <>
struct Codes<SheetFormat> {
  static constexpr std::array<std::string_view, 3> codes = {"text", "json", "toml"};
};

namespace {

struct ShowOptions {
  std::vector<std::string> refs;
  SheetFormat format = SheetFormat::text;

  /// Whether there may be several partners: what is printed of a list does not depend on its length.
  bool asks_for_many() const { return refs.size() > 1 || refs.front() == "-"; }
};

CardFacts facts_of(Context& context, Read& read, const PartnerSheet& sheet) {
  const Partner& partner = sheet.partner;
  CardFacts facts{find_former_names(read, partner.id), "", std::nullopt, missing_of(sheet),
                  next_step(partner, context.settings().due, context.today())};
  const auto is_by_person = [](const Finding& finding) { return finding.by_person; };
  const auto& verification = sheet.verification;
  if (verification &&
      std::any_of(verification->findings.begin(), verification->findings.end(), is_by_person)) {
    const std::vector<EventRecord> events = events_since_verification(read, partner.id);
    if (!events.empty()) facts.verifier = events.front().actor;
  }
  if (partner.successor) {
    if (auto successor = find_partner(read, *partner.successor))
      facts.successor = std::move(successor->application.name);
  }
  return facts;
}

ExitCode show(Context& context, const ShowOptions& options) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  std::vector<PartnerId> ids;
  for (const GivenRef& ref : with_input_lines(options.refs)) {
    const auto found = find_given(read, ref);
    if (const auto* problem = std::get_if<Problem>(&found))
      throw Error(ErrorKind::not_found, problem->message);
    ids.push_back(std::get<Partner>(found).id);
    if (ref.origin == RefOrigin::input) demand_standing(read, ids.back());
  }
  if (options.format == SheetFormat::toml && ids.size() > 1)
    throw Error(ErrorKind::usage, "--format toml is one form; name one partner");
  if (options.format == SheetFormat::toml && !ids.empty()) {
    const Partner partner = find_partner(read, ids.front()).value();
    context.out().write(form_as_toml(form_texts(partner.application), FormComments::no));
    return ExitCode::done;
  }
  const bool is_array = options.format == SheetFormat::json && options.asks_for_many();
  std::string_view before = is_array ? "[\n" : "";
  for (const PartnerId id : ids) {
    PartnerSheet sheet{find_partner(read, id).value(), find_verification(read, id),
                       find_commitments(read, id),     find_documents(read, id),
                       find_notes(read, id),           find_letters(read, id)};
    sheet.partner.contact_since = find_contact_since(read, id);
    std::string text = options.format == SheetFormat::json
                           ? sheet_as_json(sheet)
                           : card_as_text(sheet, facts_of(context, read, sheet), context.table_look());
    if (is_array) text.pop_back();  // a comma may follow instead of the line's end
    context.out().write(before);
    context.out().write(text);
    before = is_array ? ",\n" : "\n";
  }
  if (is_array) context.out().write(ids.empty() ? "[]\n" : "\n]\n");
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ShowOptions>();
  flags.arguments("REF", options->refs, "partners: id, reference, acronym or name; '-' is standard input");
  flags.one_of({"REF"});
  flags.format(options->format);
  return [options](Context& context) { return show(context, *options); };
}

}  // namespace

Command show_command() {
  return {"show", CommandGroup::look_up, "show everything about a partner", declare};
}

}  // namespace covenant
