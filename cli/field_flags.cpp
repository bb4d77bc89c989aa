#include "cli/field_flags.hpp"

#include <algorithm>

#include "core/base/error.hpp"

namespace covenant {

namespace {

struct FieldHelp {
  const char* value;
  const char* help;
};

constexpr std::array<FieldHelp, field_count> field_help = {{
    {"TEXT", "the office's own number for the form"},
    {"TEXT", "the organisation's name"},
    {"TEXT", "its acronym"},
    {"CODES", "all categories, joined by ';'"},
    {"LEVEL", "european, international, national or local"},
    {"yes|no", "whether it is made of members"},
    {"N", "how many members it has"},
    {"CODE", "country of the seat, ISO 3166-1 alpha-2"},
    {"TEXT", "city of the seat"},
    {"URL", "its website, http or https"},
    {"TEXT", "what it is"},
    {"TEXT", "what energy know-how it offers"},
    {"LINES", "all practices, one a line"},
    {"TAG", "language of the texts (default en)"},
    {"TEXT", "the contact person's name"},
    {"TEXT", "the contact person's role"},
    {"ADDRESS", "the contact person's e-mail address"},
    {"NUMBER", "the contact person's telephone, +…"},
    {"DATE", "day of the application (default today)"},
}};

std::string option_name(Field field) {
  std::string name = "--" + std::string(name_of(field));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

void join_into(std::optional<std::string>& value, const std::vector<std::string>& items, char separator,
               const char* options) {
  if (items.empty()) return;
  if (value) throw Error(ErrorKind::usage, std::string("give ") + options + ", not both");
  value.emplace();
  for (const std::string& item : items) {
    if (&item != &items.front()) *value += separator;
    *value += item;
  }
}

}  // namespace

void FieldFlags::declare(Flags& flags) {
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto field = static_cast<Field>(i);
    flags.option(option_name(field), field_help[i].value, values_[i], field_help[i].help);
    if (field == Field::categories) {
      flags.repeated("--category", "CODE", categories_,
                     "one category: financial, industrial, civil-society, other");
    } else if (field == Field::practices) {
      flags.repeated("--practice", "LINE", practices_, "one practice or tool: 'Title <URL>'");
    }
  }
}

bool FieldFlags::any_given() const {
  return !categories_.empty() || !practices_.empty() ||
         std::any_of(values_.begin(), values_.end(), [](const auto& value) { return value.has_value(); });
}

FieldTexts FieldFlags::texts() {
  join_into(values_[index_of(Field::categories)], categories_, ';', "--category or --categories");
  categories_.clear();
  join_into(values_[index_of(Field::practices)], practices_, '\n', "--practice or --practices");
  practices_.clear();
  FieldTexts texts;
  for (std::size_t i = 0; i < field_count; ++i) texts.texts[i] = values_[i];
  return texts;
}

}  // namespace covenant
