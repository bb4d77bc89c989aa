#include "core/formats/json.hpp"

#include <string>

#include "core/model/public_list.hpp"

namespace covenant {

namespace {

/// Practices, one a line, as an array of {"title", "url"}; a url that is absent is null.
void write_practices(JsonWriter& json, std::string_view text) {
  json.begin_array();
  while (!text.empty()) {
    const PracticeView practice = take_practice(text);
    json.begin_object().member("title", practice.title).key("url");
    practice.url.empty() ? json.null() : json.value(practice.url);
    json.end_object();
  }
  json.end_array();
}

}  // namespace

void write_column(JsonWriter& json, Column column, std::string_view text) {
  json.key(code_of(column));
  switch (shape_of(column)) {
    case ColumnShape::categories:
      json.array_of(text);
      return;
    case ColumnShape::practices:
      return write_practices(json, text);
    case ColumnShape::number:
      text.empty() ? json.null() : json.raw(text);
      return;
    case ColumnShape::text:
    case ColumnShape::yes_or_no:
      text.empty() ? json.null() : json.value(text);
      return;
  }
}

void write_column(JsonWriter& json, const Partner& partner, Column column) {
  std::string made;
  write_column(json, column, column_view(partner, column, made));
}

}  // namespace covenant
