#include "core/ops/renew.hpp"

#include <memory>

#include "cli/change.hpp"
#include "cli/commitment.hpp"

namespace covenant {

namespace {

struct RenewOptions {
  PartnerChoice partners;
  Inputs inputs{with_reading({{"on", "DATE", "day of the confirmation (default: of the e-mail, or today)"},
                              {"commitment", "FILE", "signed commitment, stored unchanged"},
                              {"note", "TEXT", "note to keep with it"}})};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return sentence_of({"renewed", "renew"}, summary);
}

PartnerVerb read_renewal(RowFields& fields, CommitmentReader& reader, const Policies& demanded,
                         const Deed& deed) {
  const auto on = fields.past_date("on", deed.today);
  auto received = reader.read(fields, on);
  const bool is_of_mail = !on && day_of_receipt(received);
  const auto renewal = std::make_shared<const Renewal>(
      Renewal{.on = on ? *on : day_of_receipt(received).value_or(deed.today),
              .document = received ? std::optional(std::move(received->document)) : std::nullopt,
              .note = fields.optional<Remark>("note")});
  const InputOrigin origin = fields.origin();
  return
      [renewal, is_of_mail, origin, &demanded, &deed](Write& write, const Partner& partner) -> OutcomeResult {
        if (origin == InputOrigin::row && is_so(write, partner, *renewal)) return unchanged(partner);
        OutcomeResult result = renew(write, partner, *renewal, demanded, deed);
        return is_of_mail ? blame_mail(std::move(result), {"on", *renewal->document, origin}) : result;
      };
}

Run declare(Flags& flags) {
  auto options = std::make_shared<RenewOptions>();
  declare_choice(flags, options->partners, Refs::many, options->inputs);
  flags.one_of({"REF", "--csv"});
  relate_reading(flags);
  declare_change(flags, options->change);
  return [options](Context& context) {
    CommitmentReader reader(context, options->partners.csv);
    const ReadVerb read = [&](RowFields& fields) {
      return read_renewal(fields, reader, context.settings().policies, context.deed());
    };
    const ReadAhead read_ahead = [&](RowFields& fields) {
      reader.read_ahead(fields, fields.past_date("on", context.today()));
    };
    return change_chosen(context, options->change, options->partners, options->inputs,
                         {.read = read, .sentence = sentence, .read_ahead = read_ahead})
        .code;
  };
}

}  // namespace

Command renew_command() {
  return {"renew", CommandGroup::manage, "record that a partner confirmed its commitment", declare};
}

}  // namespace covenant
