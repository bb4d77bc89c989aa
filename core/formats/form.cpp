#include "core/formats/form.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// What a basic string of one line has for a text.
std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string quoted(std::string_view text) {
  return fmt::format("\"{}\"", escaped(text));
}

/// A string of several lines: the first line feed is not part of it.
std::string quoted_lines(std::string_view text) {
  return fmt::format("\"\"\"\n{}\"\"\"", escaped(text));
}

std::string list(std::string_view text, char separator) {
  std::string items;
  for (std::string_view rest = text;;) {
    const std::size_t end = rest.find(separator);
    items += fmt::format("{}{}", items.empty() ? "" : ", ", quoted(rest.substr(0, end)));
    if (end == std::string_view::npos) return fmt::format("[{}]", items);
    rest.remove_prefix(end + 1);
  }
}

std::string value_of(const FieldInfo& info, std::string_view text) {
  switch (info.shape) {
    case ColumnShape::categories:
      return text.empty() ? "[]" : list(text, ';');
    case ColumnShape::practices:
      return text.empty() ? "[]" : list(text, '\n');
    default:
      return text.find('\n') == std::string_view::npos ? quoted(text) : quoted_lines(text);
  }
}

}  // namespace

FormTexts form_texts(const Application& application) {
  FormTexts texts;
  for (const Field field : all_fields) texts[index_of(field)] = field_text(application, field);
  return texts;
}

FormTexts example_form_texts() {
  FormTexts texts;
  for (const Field field : all_fields) texts[index_of(field)] = info_of(field).example;
  return texts;
}

std::string form_as_toml(const FormTexts& texts, FormComments comments) {
  std::string form;
  for (const Field field : all_fields) {
    const FieldInfo& info = info_of(field);
    const std::string& text = texts[index_of(field)];
    if (comments == FormComments::yes) {
      const bool is_required =
          std::find(required_fields.begin(), required_fields.end(), field) != required_fields.end();
      form += fmt::format("# {}{}\n", info.help, is_required ? " (required)" : "");
    }
    form += fmt::format("{}{} = {}\n", text.empty() ? "# " : "", info.name, value_of(info, text));
  }
  return form;
}

std::string example_csv() {
  std::string header;
  std::string row;
  const FormTexts texts = example_form_texts();
  for (const Field field : all_fields) {
    if (!header.empty()) {
      header += ',';
      row += ',';
    }
    append_csv(header, name_of(field));
    append_csv(row, texts[index_of(field)]);
  }
  return fmt::format("{}\r\n{}\r\n", header, row);
}

}  // namespace covenant
