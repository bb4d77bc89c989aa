#include "cli/report.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "core/base/error.hpp"
#include "core/formats/style.hpp"
#include "core/ops/apply.hpp"
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

std::int64_t number(std::uint64_t count) {
  return static_cast<std::int64_t>(count);
}

template <class Code>
void write_diagnostic(JsonWriter& json, const Diagnostic<Code>& diagnostic) {
  json.begin_object().key("line");
  diagnostic.line == 0 ? json.null() : json.value(number(diagnostic.line));
  json.key("column");
  diagnostic.column.empty() ? json.null() : json.value(as_utf8(diagnostic.column));
  json.member("code", code_of(diagnostic.code)).member("value", as_utf8(diagnostic.value));
  json.member("message", as_utf8(diagnostic.message)).end_object();
}

/// Arguments are in capitals, as in the usage.
bool is_argument(std::string_view column) {
  return !column.empty() && column.front() >= 'A' && column.front() <= 'Z';
}

/// Where the value of a problem was given.
enum class PlaceKind { option, form, row };

/// The option that could help; core knows none. Of a row the options of its own partner are columns.
std::string_view way_out(const Problem& problem, PlaceKind place) {
  if (problem.code == ProblemCode::similar)
    return place == PlaceKind::row ? "; if it is another, write yes in allow_similar"
                                   : "; if it is another, add --allow-similar";
  if (problem.code == ProblemCode::conflict && problem.column.empty()) {
    return problem.message.ends_with(leaves_empty) ? "; add --update and --clear-empty to clear it"
                                                   : "; add --update to change it";
  }
  if (problem.code == ProblemCode::rule && problem.column == "commitment" && place == PlaceKind::option)
    return "; add --commitment FILE or --no-commitment REASON";
  if (problem.code == ProblemCode::rule && problem.column == "accept_invalid")
    return place != PlaceKind::option ? "; ask for it again, or write in accept_invalid why it counts"
                                      : "; ask for it again, or add --accept-invalid REASON";
  if (problem.code == ProblemCode::rule && problem.column == "signed_file")
    return place != PlaceKind::option ? "; name the file that it signs in signed_file"
                                      : "; name the file that it signs with --signed-file FILE";
  if (problem.code == ProblemCode::rule && problem.column == "skip_changed")
    return "; --skip-changed leaves it as it is";
  return "";
}

/// Whether it says of a field alone that it is required.
bool is_missing(const Problem& problem) {
  return problem.code == ProblemCode::required && !problem.column.empty() &&
         problem.message == problem.column + " is required";
}

}  // namespace

void OutcomeLog::add(const Outcome& outcome) {
  if (!first_) first_ = outcome.id;
  if (outcome.effect == Effect::unchanged) return;
  format_ == ReportFormat::json ? append_json(outcome) : append_line(outcome);
  ++size_;
  if (outcome.found && !all_pass(*outcome.found)) ++failures_;
  if (text_.size() > kept_in_memory) spill();
}

void OutcomeLog::append_line(const Outcome& outcome) {
  text_.append(outcome.id.str()).append(look_.width > 0 ? "  " : "\t");
  append_styled(text_, code_of(outcome.status),
                look_.color == Color::ansi ? style_of(outcome.status) : std::string_view());
  text_ += '\n';
}

void OutcomeLog::append_json(const Outcome& outcome) {
  if (size_ > 0) text_ += ',';
  JsonWriter json(text_);
  json.begin_object().member("id", outcome.id.str()).member("status", code_of(outcome.status)).key("was");
  outcome.was ? json.value(code_of(*outcome.was)) : json.null();
  if (outcome.found) {
    json.key("failed").begin_array();
    for (const Criterion criterion : failed(*outcome.found)) json.value(code_of(criterion));
    json.end_array();
  }
  json.end_object();
}

void OutcomeLog::spill() {
  if (!file_) file_.reset(std::tmpfile());
  if (!file_ || std::fwrite(text_.data(), 1, text_.size(), file_.get()) != text_.size()) fail();
  text_.clear();
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
  sink.write(text_);
}

template <class Code>
std::string Reported<Code>::more(std::string_view noun) const {
  if (more_ == 0) return "";
  std::string codes;
  for (std::size_t i = 0; i < more_by_code_.size(); ++i) {
    if (more_by_code_[i] == 0) continue;
    codes += fmt::format("{}{} {}", codes.empty() ? "" : ", ", more_by_code_[i], Codes<Code>::codes[i]);
  }
  return fmt::format("{} more {}{}: {}", more_, noun, more_ == 1 ? "" : "s", codes);
}

std::string ChangeReport::place(std::string_view column, std::uint64_t line) const {
  std::string place;
  if (file_) place = line == 0 ? *file_ + ": " : fmt::format("{}:{}: ", *file_, line);
  if (column.empty()) return place;
  if (const auto named = names_.find(column); named != names_.end())
    return place.append(named->second).append(": ");
  return place.append(file_ || is_argument(column) ? in_brief(column) : option_name(column)).append(": ");
}

std::string ChangeReport::line_for_people(const Problem& problem) const {
  const bool is_about_partner = problem.code == ProblemCode::rule || problem.code == ProblemCode::partner;
  const std::string_view column = is_about_partner && !file_ ? "" : std::string_view(problem.column);
  std::string_view message = problem.message;
  if (is_missing(problem)) message.remove_prefix(problem.column.size() + 1);
  const PlaceKind kind = has_rows_ ? PlaceKind::row : file_ ? PlaceKind::form : PlaceKind::option;
  return place(column, problem.line).append(message).append(way_out(problem, kind));
}

void ChangeReport::add(const Problem& problem) {
  const bool is_kept = problems_.add(problem);
  if (is_missing(problem) && !has_rows_) {
    missing_.append(missing_.empty() ? "" : ", ");
    if (file_) {
      missing_.append(problem.column);
    } else {
      missing_.append(problem.column == "categories" ? "--category" : option_name(problem.column));
    }
  } else if (is_kept) {
    context_.complain(line_for_people(problem));
  }
}

void ChangeReport::add(const Note& note) {
  const bool is_of_document = note.code == NoteCode::document || note.code == NoteCode::reader;
  if (is_of_document && !noted_documents_.insert({note.value, note.message}).second) return;
  notes_.add(note);
}

void ChangeReport::finish_problems() {
  if (const std::string more = problems_.more("error"); !more.empty()) context_.complain(more);
}

void ChangeReport::finish_notes() {
  if (!missing_.empty()) context_.complain(place("", 0) + "missing: " + missing_);
  for (const Note& note : notes_.kept()) {
    const bool names_partner = note.code == NoteCode::erased || note.code == NoteCode::remains;
    context_.note(place(names_partner && !file_ ? "" : note.column, note.line), note.message);
  }
  if (const std::string more = notes_.more("note"); !more.empty()) context_.note("", more);
}

void ChangeReport::write_json(TextSink& sink, const BatchCounts& counts, OutcomeLog* outcomes) const {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("read", number(counts.read)).member("applied", number(counts.applied));
  json.member("updated", number(counts.updated)).member("unchanged", number(counts.unchanged));
  json.member("rejected", number(counts.rejected)).member("blank", number(counts.blank));
  json.key("errors").begin_array();
  for (const Problem& problem : problems_.kept()) write_diagnostic(json, problem);
  json.end_array().key("notes").begin_array();
  for (const Note& note : notes_.kept()) write_diagnostic(json, note);
  json.end_array().key("partners").begin_array();
  sink.write(json_for_terminal(text));
  if (outcomes != nullptr) outcomes->write_to(sink);
  sink.write("]}\n");
}

}  // namespace covenant
