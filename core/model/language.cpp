#include "core/model/language.hpp"

#include <fmt/format.h>
#include <unicode/uloc.h>

#include <array>

#include "core/model/text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

Problem refuse(std::string_view text) {
  return Problem::of(ProblemCode::choice, text,
                     fmt::format("'{}' is not a language tag; write one like 'lv'", revealed(text)));
}

}  // namespace

Result<LanguageTag> LanguageTag::parse(std::string_view text) {
  const std::string tag(trimmed(text));
  if (from_code<OfficialLanguage>(tag)) return LanguageTag(tag);
  std::array<char, 128> locale{};
  std::array<char, 128> canonical{};
  UErrorCode error = U_ZERO_ERROR;
  int32_t parsed = 0;
  uloc_forLanguageTag(tag.c_str(), locale.data(), static_cast<int32_t>(locale.size()), &parsed, &error);
  if (U_FAILURE(error) || static_cast<std::size_t>(parsed) != tag.size() ||
      *uloc_getISO3Language(locale.data()) == '\0') {
    return refuse(text);
  }
  const int32_t size =
      uloc_toLanguageTag(locale.data(), canonical.data(), static_cast<int32_t>(canonical.size()), 1, &error);
  if (U_FAILURE(error) || size <= 0 || error == U_STRING_NOT_TERMINATED_WARNING) return refuse(text);
  return LanguageTag(std::string(canonical.data(), static_cast<std::size_t>(size)));
}

}  // namespace covenant
