#include "core/model/language_url.hpp"

#include "core/base/code.hpp"

namespace covenant {

namespace {

Result<WebUrl> parse_in(OfficialLanguage language, std::string_view text) {
  constexpr std::string_view placeholder = "{lang}";
  std::string url;
  for (std::size_t at = text.find(placeholder); at != std::string_view::npos; at = text.find(placeholder)) {
    url.append(text.substr(0, at)).append(code_of(language));
    text.remove_prefix(at + placeholder.size());
  }
  return WebUrl::parse(url.append(text));
}

}  // namespace

Result<LanguageUrl> LanguageUrl::parse(std::string_view text) {
  const auto url = parse_in(OfficialLanguage::en, text);
  if (!url) return url.problem();
  return LanguageUrl(std::string(text));
}

WebUrl LanguageUrl::in(OfficialLanguage language) const {
  return parse_in(language, text_).value();
}

}  // namespace covenant
