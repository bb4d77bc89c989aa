#include "cli/report.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "core/base/error.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::size_t kept_in_memory = std::size_t{256} * 1024;

[[noreturn]] void fail() {
  throw Error(ErrorKind::file, "cannot keep a temporary file: " + std::generic_category().message(errno));
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

/// The option that could help; core knows none. Of a row the options of its own partner are columns.
std::string_view way_out(const Problem& problem, bool is_row) {
  if (problem.code == ProblemCode::similar) return "; if it is another, add --allow-similar";
  if (problem.code == ProblemCode::conflict) return "; add --update to change it";
  if (problem.code == ProblemCode::rule && problem.column == "commitment" && !is_row)
    return "; add --commitment FILE or --no-commitment REASON";
  return "";
}

}  // namespace

void OutcomeLog::add(const Outcome& outcome) {
  if (!first_) first_ = outcome.id;
  ++size_;
  ++by_status_.at(static_cast<std::size_t>(outcome.status));
  lines_.append(outcome.id.str()).append("\t").append(code_of(outcome.status)).append("\n");
  if (lines_.size() > kept_in_memory) spill();
}

void OutcomeLog::spill() {
  if (!file_) file_.reset(std::tmpfile());
  if (!file_ || std::fwrite(lines_.data(), 1, lines_.size(), file_.get()) != lines_.size()) fail();
  lines_.clear();
}

void OutcomeLog::write_to(TextSink& sink) {
  if (file_) {
    std::string block(kept_in_memory, '\0');
    if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) fail();
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), file_.get())) {
      sink.write(std::string_view(block).substr(0, count));
    }
    if (std::ferror(file_.get()) != 0) fail();
  }
  sink.write(lines_);
}

std::string ProblemReport::line_for_people(const Problem& problem) const {
  std::string line;
  if (file_) line = fmt::format("{}:{}: ", *file_, problem.line);
  const bool is_about_partner = problem.code == ProblemCode::rule || problem.code == ProblemCode::partner;
  if (!problem.column.empty() && (file_ || !is_about_partner)) {
    line += (file_ ? problem.column : option_name(problem.column)) + ": ";
  }
  return line.append(problem.message).append(way_out(problem, file_.has_value()));
}

void ProblemReport::add(const Problem& problem) {
  if (++count_ > most_) {
    ++not_shown_.at(static_cast<std::size_t>(problem.code));
    return;
  }
  context_.complain(line_for_people(problem));
  kept_.push_back(problem);
}

void ProblemReport::finish() {
  if (count_ <= most_) return;
  std::string codes;
  for (std::size_t i = 0; i < not_shown_.size(); ++i) {
    if (not_shown_[i] == 0) continue;
    codes += fmt::format("{}{} {}", codes.empty() ? "" : ", ", not_shown_[i], Codes<ProblemCode>::codes[i]);
  }
  context_.complain(
      fmt::format("{} more error{}: {}", count_ - most_, count_ - most_ == 1 ? "" : "s", codes));
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
