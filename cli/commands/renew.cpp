#include "core/ops/renew.hpp"

#include <memory>

#include "cli/change.hpp"

namespace covenant {

namespace {

struct RenewOptions {
  PartnerChoice partners;
  Inputs inputs{{{"on", "DATE", "day of the confirmation (default today)"},
                 {"commitment", "FILE", "signed commitment, stored unchanged"},
                 {"note", "TEXT", "note to keep with it"}}};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return "Renewed " + counted(summary.outcomes.size(), "partner") + ".";
}

PartnerVerb read_renewal(RowFields& fields, const CsvOptions& csv, const Policies& demanded,
                         const Deed& deed) {
  const auto renewal =
      std::make_shared<const Renewal>(Renewal{.on = fields.past_date("on", deed.today).value_or(deed.today),
                                              .document = read_document(fields, csv),
                                              .note = fields.optional<Remark>("note")});
  const bool may_be_so = fields.origin() == InputOrigin::row;
  return [renewal, may_be_so, &demanded, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    if (may_be_so && partner.renewed_on == renewal->on) return unchanged(partner);
    return renew(write, partner, *renewal, demanded, deed);
  };
}

Run declare(Flags& flags) {
  auto options = std::make_shared<RenewOptions>();
  declare_choice(flags, options->partners, Refs::many, options->inputs);
  flags.one_of({"REF", "--csv"});
  declare_change(flags, options->change);
  return [options](Context& context) {
    const ReadVerb read = [&](RowFields& fields) {
      return read_renewal(fields, options->partners.csv, context.settings().policies, context.deed());
    };
    return change_chosen(context, options->change, options->partners, options->inputs, {read, sentence}).code;
  };
}

}  // namespace

Command renew_command() {
  return {"renew", CommandGroup::manage, "record that a partner confirmed its commitment", declare};
}

}  // namespace covenant
