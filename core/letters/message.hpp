#pragma once

#include <string>
#include <string_view>

#include "core/model/language.hpp"

namespace covenant {

/// A message with a value in the place of its placeholder: "{date}" is that of `date`.
inline std::string filled(std::string_view message, std::string_view placeholder, std::string_view value) {
  const std::string mark = std::string("{").append(placeholder).append("}");
  std::string text;
  while (true) {
    const std::size_t found = message.find(mark);
    text += message.substr(0, found);
    if (found == std::string_view::npos) return text;
    text += value;
    message.remove_prefix(found + mark.size());
  }
}

/// The tag of a text's language, which is the page's where the two are the same.
inline std::string language_on_page(OfficialLanguage page, std::string_view language) {
  const std::string_view tag = published_tag(language);
  return std::string(tag == code_of(page) ? published_tag(page) : tag);
}

}  // namespace covenant
