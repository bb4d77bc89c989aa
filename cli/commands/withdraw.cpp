#include <memory>

#include "cli/change.hpp"
#include "core/ops/end.hpp"
#include "core/ops/stated.hpp"

namespace covenant {

namespace {

struct WithdrawOptions {
  PartnerChoice partners;
  Inputs inputs{{{"on", "DATE", "day of the ending (default today)"}, {"note", "TEXT", "reason"}}};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return sentence_of({"withdrew", "withdraw"}, summary);
}

PartnerVerb read_ending(RowFields& fields, const Deed& deed) {
  const Date today = deed.today;
  const auto on = fields.past_date("on", today);
  const Ending ending{.on = on.value_or(today),
                      .reason = std::nullopt,
                      .note = fields.optional<Remark>("note"),
                      .successor = std::nullopt};
  const bool may_be_so = fields.origin() == InputOrigin::row;
  return [=, &deed](Write& write, const Partner& partner) -> OutcomeResult {
    const StatedEnding stated{.status = Status::withdrawn, .on = on, .note = ending.note};
    if (may_be_so && is_so(partner, stated)) return unchanged(partner);
    return withdraw(write, partner, ending, deed);
  };
}

Run declare(Flags& flags) {
  auto options = std::make_shared<WithdrawOptions>();
  declare_choice(flags, options->partners, Refs::one, options->inputs);
  flags.one_of({"REF", "--csv"});
  declare_change(flags, options->change);
  return [options](Context& context) {
    const ReadVerb read = [&](RowFields& fields) { return read_ending(fields, context.deed()); };
    return change_chosen(context, options->change, options->partners, options->inputs, {read, sentence}).code;
  };
}

}  // namespace

Command withdraw_command() {
  return {"withdraw", CommandGroup::manage, "end an application or partnership for the partner", declare};
}

}  // namespace covenant
