#include "cli/report.hpp"

#include <fmt/format.h>

#include "core/text/escape.hpp"
#include "core/text/json.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

std::string line_for_people(const std::string& file, const Problem& problem) {
  std::string line;
  if (!file.empty()) line = fmt::format("{}:{}: ", for_terminal(file), problem.line);
  if (!problem.column.empty()) line += for_terminal(problem.column) + ": ";
  return line + problem.message;
}

/// JSON is UTF-8; a value that is not shows its bytes.
std::string as_utf8(const std::string& text) {
  return find_invalid_utf8(text) ? for_terminal(text) : text;
}

/// Well-formed JSON in which the control and bidirectional characters that JSON may have as they are, from
/// U+007F on, are escapes, so that it can go to a terminal and says the same.
std::string json_for_terminal(std::string_view json) {
  std::string out;
  while (!json.empty()) {
    const std::string_view before = json;
    const char32_t c = take_code_point(json);
    const std::string_view character = before.substr(0, before.size() - json.size());
    if (character.size() > 1 || c == 0x7F) {
      out += for_terminal(character) == character ? std::string(character)
                                                  : fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += character;
    }
  }
  return out;
}

void write_problem(JsonWriter& json, const Problem& problem) {
  json.begin_object().key("line");
  problem.line == 0 ? json.null() : json.value(static_cast<std::int64_t>(problem.line));
  json.key("column");
  problem.column.empty() ? json.null() : json.value(as_utf8(problem.column));
  json.member("code", code_of(problem.code)).member("value", as_utf8(problem.value));
  json.member("message", problem.message).end_object();
}

}  // namespace

void ProblemReport::add(const Problem& problem) {
  if (++count_ > most_) return;
  context_.complain(line_for_people(file_, problem));
  kept_.push_back(problem);
}

void ProblemReport::finish() {
  if (count_ > most_) context_.complain(fmt::format("… and {} more errors", count_ - most_));
}

std::string ProblemReport::json(const BatchCounts& counts) const {
  const auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("read", number(counts.read)).member("applied", number(counts.applied));
  json.member("updated", number(counts.updated)).member("unchanged", number(counts.unchanged));
  json.member("rejected", number(counts.rejected)).key("errors").begin_array();
  for (const Problem& problem : kept_) write_problem(json, problem);
  json.end_array().end_object();
  return json_for_terminal(text) + "\n";
}

}  // namespace covenant
