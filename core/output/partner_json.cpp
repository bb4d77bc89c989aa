#include "core/output/partner_json.hpp"

namespace covenant {

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

void write_column(JsonWriter& json, const Partner& partner, Column column) {
  json.key(code_of(column));
  switch (shape_of(column)) {
    case ColumnShape::categories:
      return write_categories(json, partner.application.categories);
    case ColumnShape::practices:
      return write_practices(json, partner.application.practices);
    default:
      break;
  }
  const auto text = column_text(partner, column);
  if (!text) {
    json.null();
  } else if (shape_of(column) == ColumnShape::number) {
    json.raw(*text);
  } else {
    json.value(*text);
  }
}

}  // namespace covenant
