#include <memory>

#include "cli/change.hpp"
#include "core/ops/end.hpp"

namespace covenant {

namespace {

struct WithdrawOptions {
  std::string ref;
  Inputs inputs{{{"on", "DATE", "day of the ending (default today)"}, {"note", "TEXT", "reason"}}};
  ChangeOptions change;
};

std::string sentence(const ChangeSummary& summary) {
  return "Withdrew " + summary.outcomes.first().str() + ".";
}

PartnerVerb read_ending(RowFields& fields, const Deed& deed) {
  const Date today = deed.today;
  const Ending ending{.on = fields.past_date("on", today).value_or(today),
                      .reason = std::nullopt,
                      .note = fields.optional<Remark>("note"),
                      .successor = std::nullopt};
  return [ending, &deed](Write& write, const Partner& partner) {
    return withdraw(write, partner, ending, deed);
  };
}

Run declare(Flags& flags) {
  auto options = std::make_shared<WithdrawOptions>();
  flags.required_argument("REF", options->ref, "partner: its id or its reference");
  options->inputs.declare(flags);
  declare_change(flags, options->change);
  return [options](Context& context) {
    const ReadVerb read = [&](RowFields& fields) { return read_ending(fields, context.deed()); };
    return change_partners(context, options->change, only(options->ref), options->inputs, read, sentence)
        .code;
  };
}

}  // namespace

Command withdraw_command() {
  return {"withdraw", CommandGroup::manage, "end an application or partnership for the partner", declare};
}

}  // namespace covenant
