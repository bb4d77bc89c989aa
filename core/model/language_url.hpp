#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/language.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// An address that may differ from language to language: a URL in which "{lang}" is the code of the language,
/// as in "https://example.org/{lang}/legal".
class LanguageUrl {
 public:
  /// Fails as `WebUrl` does.
  static Result<LanguageUrl> parse(std::string_view text);

  /// The address in a language.
  WebUrl in(OfficialLanguage language) const;
  const std::string& str() const { return text_; }

 private:
  explicit LanguageUrl(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace covenant
