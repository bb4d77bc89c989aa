#include <fmt/format.h>

#include <memory>

#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/store/due_list.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// A number of days that a calendar can take.
std::chrono::days parse_days(const std::optional<std::string>& text) {
  constexpr std::uint64_t most = 36500;
  const std::uint64_t days = parse_count_or("--days", text, 0);
  if (days > most) throw Error(ErrorKind::usage, fmt::format("--days takes at most {}", most));
  return std::chrono::days(days);
}

ExitCode due(Context& context, const std::optional<std::string>& days) {
  const Date until = Date::of(context.today().days() + parse_days(days));
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

}  // namespace

Run declare_due(Flags& flags) {
  auto days = std::make_shared<std::optional<std::string>>();
  flags.option("--days", "N", *days, "also what falls due within N days (default 0)");
  return [days](Context& context) { return due(context, *days); };
}

}  // namespace covenant
