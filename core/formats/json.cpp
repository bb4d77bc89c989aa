#include "core/formats/json.hpp"

#include <string>

#include "core/base/error.hpp"

namespace covenant {

namespace {

Practices practices_of(std::string_view text) {
  auto practices = parse_practices(text);
  if (!practices) damaged(practices.problem().message);
  return *std::move(practices);
}

/// Codes joined by ';', as an array.
void write_codes(JsonWriter& json, std::string_view text) {
  json.begin_array();
  while (!text.empty()) {
    const std::size_t end = text.find(';');
    json.value(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  json.end_array();
}

}  // namespace

void write_practices(JsonWriter& json, const Practices& practices) {
  json.begin_array();
  for (const Practice& practice : practices) {
    json.begin_object().member("title", practice.title()).key("url");
    practice.url() ? json.value(practice.url()->str()) : json.null();
    json.end_object();
  }
  json.end_array();
}

void write_categories(JsonWriter& json, const Categories& categories) {
  json.begin_array();
  for (const Category category : categories.list()) json.value(code_of(category));
  json.end_array();
}

void write_column(JsonWriter& json, Column column, std::string_view text) {
  json.key(code_of(column));
  switch (shape_of(column)) {
    case ColumnShape::categories:
      return write_codes(json, text);
    case ColumnShape::practices:
      return write_practices(json, practices_of(text));
    case ColumnShape::number:
      text.empty() ? json.null() : json.raw(text);
      return;
    case ColumnShape::text:
      text.empty() ? json.null() : json.value(text);
      return;
  }
}

void write_column(JsonWriter& json, const Partner& partner, Column column) {
  std::string made;
  write_column(json, column, column_view(partner, column, made));
}

}  // namespace covenant
