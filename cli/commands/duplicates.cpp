#include <fmt/format.h>

#include <array>
#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/formats/text_table.hpp"
#include "core/ops/similar_pairs.hpp"
#include "core/text/json.hpp"

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

void print_json(Context& context, Read& read, std::uint64_t& count) {
  for_each_similar_pair(read, [&](const SimilarPair& pair) {
    context.out().write((count++ == 0 ? "[\n" : ",\n") + json_line(pair));
  });
  context.out().write(count == 0 ? "[]\n" : "\n]\n");
}

std::string named(const PairedPartner& partner) {
  return fmt::format("{} {}", partner.id.str(), partner.name);
}

/// On a terminal the partners of a pair are below each other; elsewhere a pair is a line.
void print_table(Context& context, Read& read, std::uint64_t& count) {
  constexpr std::size_t widest_value = 30;
  const TableLook look = context.table_look();
  TextTable table({{"reason"}, {"value", TextColumn::Side::left, 0, widest_value}, {"partners"}}, {},
                  context.out(), look);
  for_each_similar_pair(read, [&](const SimilarPair& pair) {
    ++count;
    const std::string reason(code_of(pair.reason));
    const std::string value(pair.value);
    if (look.width == 0) {
      table.row({reason, value, named(pair.first) + "; " + named(pair.second)});
    } else {
      table.row({reason, value, named(pair.first)});
      table.row({"", "", named(pair.second)});
    }
  });
  if (count > 0) table.finish();
}

ExitCode list_duplicates(Context& context, DuplicatesFormat format) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  std::uint64_t count = 0;
  if (format == DuplicatesFormat::json) {
    print_json(context, read, count);
  } else {
    print_table(context, read, count);
  }
  context.say(count == 0 ? "No two partners are alike."
                         : fmt::format("{} {}.", count, count == 1 ? "pair" : "pairs"));
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
