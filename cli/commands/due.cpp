#include <fmt/format.h>

#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/store/due_list.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// A number of days that a calendar can take.
struct DayCount {
  std::chrono::days days{0};

  static Result<DayCount> parse(std::string_view text) {
    constexpr std::uint64_t most = 36500;
    const auto number = parse_count(text);
    if (!number) return number.problem();
    if (*number > most)
      return Problem::of(ProblemCode::number, text,
                         fmt::format("{} is too large; at most {}", *number, most));
    return DayCount{std::chrono::days(*number)};
  }
};

ExitCode due(Context& context, std::chrono::days days) {
  const Date until = Date::of(context.today().days() + days);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  std::uint64_t count = 0;
  for_each_due(read, until, [&](const DueItem& item) {
    ++count;
    context.out().write(fmt::format("{}\t{}\t{}\t{}\n", item.partner.str(), code_of(item.what),
                                    item.since.str(), for_terminal(item.name.str())));
  });
  context.say(count == 0 ? "Nothing is due." : fmt::format("{} due.", count));
  return count == 0 ? ExitCode::done : ExitCode::due;
}

Run declare(Flags& flags) {
  auto days = std::make_shared<std::optional<DayCount>>();
  flags.option("--days", "N", *days, "list also what falls due within N days (default 0)");
  return [days](Context& context) { return due(context, days->value_or(DayCount()).days); };
}

}  // namespace

Command due_command() {
  return {"due", CommandGroup::look_up, "list what needs attention", declare};
}

}  // namespace covenant
