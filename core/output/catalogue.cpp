#include "core/output/catalogue.hpp"

#include <array>

#include "core/base/error.hpp"
#include "core/embedded.hpp"

namespace covenant {

namespace {

/// The compiled file of a language; English has none.
std::string_view compiled(OfficialLanguage language) {
  switch (language) {
    case OfficialLanguage::lv:
      return embedded::messages_lv;
    default:
      return {};
  }
}

std::optional<MessageFile> opened(std::string_view file, OfficialLanguage language) {
  if (file.empty()) return std::nullopt;
  auto messages = MessageFile::open(file);
  if (!messages)
    throw Error(ErrorKind::fault, "the catalogue '" + std::string(code_of(language)) + "' is broken");
  return messages;
}

}  // namespace

Catalogue::Catalogue(OfficialLanguage language, std::string_view file)
    : language_(language), plural_(&plural_rule(language)), messages_(opened(file, language)) {}

const Catalogue& Catalogue::of(OfficialLanguage language) {
  static std::array<std::optional<Catalogue>, official_language_count> catalogues;
  auto& catalogue = catalogues[static_cast<std::size_t>(language)];
  if (!catalogue) catalogue = Catalogue(language, compiled(language));
  return *catalogue;
}

std::string_view Catalogue::text(std::string_view english) const {
  if (!messages_) return english;
  return messages_->find(english).value_or(english);
}

std::string_view Catalogue::plural(std::string_view one, std::string_view other, std::uint64_t number) const {
  return plural_form(one, other, plural_->form(number));
}

std::string_view Catalogue::plural_form(std::string_view one, std::string_view other,
                                        std::size_t form) const {
  if (messages_) {
    if (const auto found = messages_->find(one, form)) return *found;
  }
  return plural_->categories.at(form) == "one" ? one : other;
}

}  // namespace covenant
