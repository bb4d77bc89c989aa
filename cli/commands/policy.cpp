#include "core/ops/policy.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/formats/text_table.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

namespace {

struct PolicyOptions {
  std::optional<Policy> name;
  std::optional<std::string> value;
  ChangeOptions change;
};

void say_proposal(Context& context, Read& read, Policy policy) {
  const auto standing = find_policy(read, policy);
  if (!standing || !standing->proposed) return;
  context.say(fmt::format("{}: '{}' is proposed; a second actor confirms it with 'covenant policy {} {}'.",
                          code_of(policy), standing->proposed->str(), code_of(policy),
                          standing->proposed->str()));
}

void show(Context& context, const std::optional<Policy>& only) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const Policies of_registry = find_policies(read);
  const Policies in_force = stricter(of_registry, context.settings().policies);
  const TableLook look = context.table_look();
  TextTable table({{"policy"}, {"in force"}, {"registry"}, {"settings"}}, {}, context.out(), look);
  for (std::size_t i = 0; i < policy_count; ++i) {
    const auto policy = static_cast<Policy>(i);
    if (only && *only != policy) continue;
    const PolicyValue& value = in_force.of(policy);
    const PolicyValue& of_settings = context.settings().policies.of(policy);
    if (only) {
      context.out().write(fmt::format("{}\n", value.str()));
    } else if (look.width == 0) {
      const bool is_of_registry = value == of_registry.of(policy);
      context.out().write(fmt::format("{}\t{}\t{}\n", code_of(policy), value.str(),
                                      is_of_registry ? "registry" : "settings"));
    } else {
      const std::string_view demanded = of_settings.is_weakest() ? "-" : of_settings.str();
      table.row({std::string(code_of(policy)), std::string(value.str()),
                 std::string(of_registry.of(policy).str()), std::string(demanded)});
    }
  }
  if (!only && look.width > 0) table.finish();
  for (std::size_t i = 0; i < policy_count; ++i) {
    const auto policy = static_cast<Policy>(i);
    if (!only || *only == policy) say_proposal(context, read, policy);
  }
}

std::string sentence(Mood mood, PolicyEffect effect, const PolicyValue& value) {
  const std::string_view name = code_of(value.policy());
  switch (effect) {
    case PolicyEffect::unchanged:
      return fmt::format("{} is already {}.", name, value.str());
    case PolicyEffect::set:
      return sentence_of(mood, {"set", "set"}, fmt::format("{} to {}", name, value.str()));
    case PolicyEffect::proposed:
      return sentence_of(
          mood, {"proposed", "propose"},
          fmt::format("{} {}; nothing changes until a second actor repeats the command", name, value.str()));
    case PolicyEffect::kept:
      return sentence_of(mood, {"withdrew", "withdraw"},
                         fmt::format("the proposal to weaken {}, which stays {}", name, value.str()));
  }
  return "";
}

PolicyEffect set(Context& context, Write& write, const PolicyValue& value, const ChangeOptions& options) {
  try {
    return set_policy(write, value, context.deed());
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::refused || error.kind() == ErrorKind::clock)
      report_refusal(context, options, Problem::of(ProblemCode::rule, value.str(), error.what()));
    throw;
  }
}

void print(Context& context, const PolicyValue& value, PolicyEffect effect, const ChangeOptions& options) {
  if (options.format == ReportFormat::json) {
    BatchCounts counts;
    counts.read = 1;
    (effect == PolicyEffect::unchanged ? counts.unchanged : counts.updated) = 1;
    ChangeReport(context, options.option_names).write_json(context.out(), counts, nullptr);
  } else if (effect == PolicyEffect::set) {
    context.out().write(fmt::format("{}\t{}\n", code_of(value.policy()), value.str()));
  }
}

void change(Context& context, const PolicyValue& value, const ChangeOptions& options) {
  if (options.clock_is_right) context.confirm_clock();
  Registry registry = context.open(options.open_mode());
  Write write = registry.write();
  const PolicyEffect effect = set(context, write, value, options);
  if (!options.dry_run) write.commit();
  print(context, value, effect, options);
  context.say(sentence(options.dry_run ? Mood::would : Mood::done, effect, value));
  const PolicyValue& demanded = context.settings().policies.of(value.policy());
  if (value.is_weaker_than(demanded))
    context.say(fmt::format("The settings demand {} nevertheless.", demanded.str()));
}

ExitCode policy(Context& context, const PolicyOptions& options) {
  if (!options.value) {
    show(context, options.name);
    return ExitCode::done;
  }
  const auto value = PolicyValue::parse(options.name.value(), *options.value);
  if (!value) throw Error(ErrorKind::usage, "VALUE: " + value.problem().message);
  change(context, *value, options.change);
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<PolicyOptions>();
  flags.argument("NAME", options->name, "policy: four-eyes or commitment");
  flags.argument("VALUE", options->value, "value to set: on, off; any, signed, trusted");
  declare_change(flags, options->change);
  for (const char* name : {"--dry-run", "--clock-is-right", "--format"}) flags.needs(name, {"VALUE"});
  return [options](Context& context) { return policy(context, *options); };
}

}  // namespace

Command policy_command() {
  return {"policy", CommandGroup::set_up, "show or set the registry's policies", declare};
}

}  // namespace covenant
