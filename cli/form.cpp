#include "cli/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/toml_file.hpp"
#include "core/base/error.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

/// What is wrong with a key.
class KeyError : public Error {
 public:
  KeyError(const std::string& path, const TomlEntry& entry, const std::string& why)
      : Error(ErrorKind::bad_input,
              fmt::format("{}:{}: {}: {}", path, entry.line, for_terminal(entry.key), why)),
        problem_(Problem::of(ProblemCode::columns, entry.key, why, entry.key)) {
    problem_.line = entry.line;
  }

  const Problem& problem() const { return problem_; }

 private:
  Problem problem_;
};

[[noreturn]] void refuse(const std::string& path, const TomlEntry& entry, const std::string& why) {
  throw KeyError(path, entry, why);
}

Field field_of(const std::string& path, const TomlEntry& entry) {
  if (const auto field = field_named(entry.key)) return *field;
  const std::vector<std::string_view> names(field_names.begin(), field_names.end());
  const auto near = nearest(entry.key, names);
  refuse(path, entry, near ? fmt::format("unknown field; did you mean '{}'?", *near) : "unknown field");
}

std::string joined(const std::vector<std::string>& items, char separator) {
  std::string text;
  for (const std::string& item : items) {
    if (&item != &items.front()) text += separator;
    text += item;
  }
  return text;
}

std::string text_of(const std::string& path, const TomlEntry& entry, Field field) {
  switch (entry.kind) {
    case TomlKind::text:
    case TomlKind::integer:
    case TomlKind::date:
      return entry.text;
    case TomlKind::boolean:
      if (info_of(field).shape != ColumnShape::yes_or_no) break;
      return entry.text == "true" ? "yes" : "no";
    case TomlKind::list:
      if (info_of(field).shape == ColumnShape::categories) return joined(entry.items, ';');
      if (info_of(field).shape == ColumnShape::practices) return joined(entry.items, '\n');
      break;
    case TomlKind::empty_table:
    case TomlKind::other:
      break;
  }
  if (!entry.no_text.empty())
    refuse(path, entry, fmt::format("{} is not a text; put it in quotes", in_brief(entry.no_text)));
  refuse(path, entry, "wrong type for this field; put a text in quotes");
}

}  // namespace

FieldTexts Form::texts() const {
  FieldTexts texts;
  for (std::size_t i = 0; i < field_count; ++i) texts.texts[i] = values[i];
  return texts;
}

Form read_form(const std::string& path) {
  Form form;
  const TomlFile file = read_toml(path, ErrorKind::bad_input);
  for (const TomlEntry& entry : file.entries) {
    const Field field = field_of(path, entry);
    form.values[index_of(field)] = text_of(path, entry, field);
    form.lines[index_of(field)] = entry.line;
  }
  return form;
}

Form read_form(Context& context, const ChangeOptions& options, const std::string& path) {
  try {
    return read_form(path);
  } catch (const KeyError& error) {
    report_refusal(context, options, error.problem());
    throw;
  } catch (const TomlError& error) {
    Problem problem = Problem::of(ProblemCode::encoding, "", error.reason());
    problem.line = error.place().line;
    report_refusal(context, options, problem);
    throw;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::bad_input)
      report_refusal(context, options, Problem::of(ProblemCode::encoding, "", error.what()));
    throw;
  }
}

OutcomeResult locate(OutcomeResult result, const Form& form) {
  if (result) return result;
  Problems problems = std::move(result).problems();
  for (Problem& problem : problems) {
    const auto field = field_named(problem.column);
    problem.line = field ? std::max<std::uint64_t>(form.lines[index_of(*field)], 1) : 1;
  }
  return problems;
}

}  // namespace covenant
