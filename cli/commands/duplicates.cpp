#include <fmt/format.h>

#include <array>
#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/ops/similar_pairs.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

enum class DuplicatesFormat { table, json };

template <>
struct Codes<DuplicatesFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"table", "json"};
};

namespace {

std::string json_line(const SimilarPair& pair) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().key("partners").begin_array();
  json.value(pair.first.id.str()).value(pair.second.id.str()).end_array();
  json.member("reason", code_of(pair.reason)).member("value", pair.value).end_object();
  return line;
}

/// "AP-0001  AP-0007  near         0.83  Energy Cities / Energies Cities"
std::string table_line(const SimilarPair& pair, std::size_t width) {
  std::string line = fmt::format("{}  {}  {:<11}  {}  {} / {}", pair.first.id.str(), pair.second.id.str(),
                                 code_of(pair.reason), for_terminal(pair.value),
                                 for_terminal(pair.first.name), for_terminal(pair.second.name));
  return (width > 0 ? clipped(line, width) : line) + "\n";
}

ExitCode list_duplicates(Context& context, DuplicatesFormat format) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const bool is_json = format == DuplicatesFormat::json;
  const std::size_t width = context.env().out_terminal.width;
  std::uint64_t count = 0;
  for_each_similar_pair(read, [&](const SimilarPair& pair) {
    if (is_json) context.out().write(count == 0 ? "[\n" : ",\n");
    context.out().write(is_json ? json_line(pair) : table_line(pair, width));
    ++count;
  });
  if (is_json) context.out().write(count == 0 ? "[]\n" : "\n]\n");
  context.say(count == 0 ? "No two partners are alike."
                         : fmt::format("{} {}.", count, count == 1 ? "likeness" : "likenesses"));
  return count == 0 ? ExitCode::done : ExitCode::due;
}

Run declare(Flags& flags) {
  auto format = std::make_shared<DuplicatesFormat>(DuplicatesFormat::table);
  flags.format(*format);
  return [format](Context& context) { return list_duplicates(context, *format); };
}

}  // namespace

Command duplicates_command() {
  return {"duplicates", CommandGroup::look_up, "list partners that may be the same", declare};
}

}  // namespace covenant
