#include "core/text/search.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/base/error.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

const icu::Normalizer2& decomposition() {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no Unicode normalisation data");
  return *normalizer;
}

bool is_diacritic(UChar32 c) {
  return u_charType(c) == U_NON_SPACING_MARK && u_hasBinaryProperty(c, UCHAR_DIACRITIC) != 0;
}

std::string ascii_key(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  for (const char c : text) {
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    if (blank && !key.empty() && key.back() == ' ') continue;
    if (blank) {
      key += ' ';
    } else {
      key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return key;
}

}  // namespace

std::string search_key(std::string_view text) {
  if (is_ascii(text)) return ascii_key(text);
  auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  UErrorCode error = U_ZERO_ERROR;
  wide = decomposition().normalize(wide.foldCase(), error);
  icu::UnicodeString kept;
  bool after_blank = false;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    if (is_diacritic(c)) continue;
    const bool blank = u_isUWhiteSpace(c) != 0;
    if (!blank) kept.append(c);
    if (blank && !after_blank) kept.append(static_cast<UChar32>(' '));
    after_blank = blank;
  }
  std::string key;
  kept.toUTF8String(key);
  return key;
}

}  // namespace covenant
