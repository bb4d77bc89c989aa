#include "core/site/catalogue.hpp"

#include <array>

#include "core/base/error.hpp"
#include "core/embedded.hpp"

namespace covenant {

namespace {

/// In the order of the languages; English is the language of the messages themselves.
constexpr std::array<const std::string_view*, official_language_count> compiled = {
    &embedded::messages_bg, &embedded::messages_cs, &embedded::messages_da,
    &embedded::messages_de, &embedded::messages_el, nullptr,
    &embedded::messages_es, &embedded::messages_et, &embedded::messages_fi,
    &embedded::messages_fr, &embedded::messages_ga, &embedded::messages_hr,
    &embedded::messages_hu, &embedded::messages_it, &embedded::messages_lt,
    &embedded::messages_lv, &embedded::messages_mt, &embedded::messages_nl,
    &embedded::messages_pl, &embedded::messages_pt, &embedded::messages_ro,
    &embedded::messages_sk, &embedded::messages_sl, &embedded::messages_sv};

std::optional<MessageFile> opened(OfficialLanguage language) {
  const std::string_view* file = compiled[static_cast<std::size_t>(language)];
  if (file == nullptr) return std::nullopt;
  auto messages = MessageFile::open(*file);
  if (!messages)
    throw Error(ErrorKind::fault, "the catalogue '" + std::string(code_of(language)) + "' is broken");
  return messages;
}

}  // namespace

Catalogue::Catalogue(OfficialLanguage language)
    : language_(language), plural_(&plural_rule(language)), messages_(opened(language)) {}

const Catalogue& Catalogue::of(OfficialLanguage language) {
  static std::array<std::optional<Catalogue>, official_language_count> catalogues;
  auto& catalogue = catalogues[static_cast<std::size_t>(language)];
  if (!catalogue) catalogue = Catalogue(language);
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
