#include "cli/field_flags.hpp"

#include <algorithm>

#include "core/base/error.hpp"

namespace covenant {

namespace {

std::string option_name(Field field) {
  std::string name = "--" + std::string(name_of(field));
  std::replace(name.begin(), name.end(), '_', '-');
  return name;
}

void join_into(std::optional<std::string>& value, const std::vector<std::string>& items, char separator,
               const char* options) {
  if (items.empty()) return;
  if (value) throw Error(ErrorKind::usage, std::string(options) + " cannot be used together");
  value.emplace();
  for (const std::string& item : items) {
    if (&item != &items.front()) *value += separator;
    *value += item;
  }
}

}  // namespace

void FieldFlags::declare(Flags& flags) {
  flags.group("Fields");
  for (const Field field : all_fields) {
    const FieldInfo& info = info_of(field);
    flags.option(option_name(field), std::string(info.placeholder), values_[index_of(field)],
                 std::string(info.help));
    if (field == "categories"_field) {
      flags.offer("--categories", choices_of<Category>());
      flags.join("--categories", ';');
      flags.repeated("--category", "CODE", categories_,
                     "one category: financial, industrial, civil-society or other");
      flags.offer("--category", choices_of<Category>());
    } else if (field == "level"_field) {
      flags.offer("--level", choices_of<Level>());
    } else if (field == "language"_field) {
      flags.offer("--language", choices_of<OfficialLanguage>());
    } else if (field == "membership_based"_field) {
      flags.offer("--membership-based", choices_of<MembershipBased>());
    } else if (field == "practices"_field) {
      flags.repeated("--practice", "LINE", practices_, "one practice, 'Title <URL>'");
    }
  }
  flags.group("");
}

void FieldFlags::show_as_required(Flags& flags, const std::string& title) {
  for (const Field field : required_fields) {
    flags.show_as_required(option_name(field), title);
    if (field == "categories"_field) flags.show_as_required("--category", title);
  }
}

std::optional<std::string> FieldFlags::first_given() const {
  for (const Field field : all_fields) {
    if (values_[index_of(field)]) return option_name(field);
    if (field == "categories"_field && !categories_.empty()) return "--category";
    if (field == "practices"_field && !practices_.empty()) return "--practice";
  }
  return std::nullopt;
}

OptionNames FieldFlags::given_singly() const {
  OptionNames names;
  if (!categories_.empty()) names["categories"] = "--category";
  if (!practices_.empty()) names["practices"] = "--practice";
  return names;
}

FieldTexts FieldFlags::texts() {
  join_into(values_[index_of("categories"_field)], categories_, ';', "--category and --categories");
  categories_.clear();
  join_into(values_[index_of("practices"_field)], practices_, '\n', "--practice and --practices");
  practices_.clear();
  FieldTexts texts;
  for (std::size_t i = 0; i < field_count; ++i) texts.texts[i] = values_[i];
  return texts;
}

}  // namespace covenant
