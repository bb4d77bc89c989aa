#include "core/text/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/base/error.hpp"
#include "core/text/letter_table.hpp"
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

bool is_of_word(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  const auto point = static_cast<UChar32>(c);
  return u_isalnum(point) != 0 || (U_MASK(u_charType(point)) & U_GC_M_MASK) != 0;
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

std::string folded_key(std::string_view text) {
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

}  // namespace

std::string search_key(std::string_view text) {
  if (is_ascii(text)) return ascii_key(text);
  static LetterTable letters(folded_key);
  std::string key;
  key.reserve(text.size());
  const bool is_whole = letters.fold(text, [&](std::string_view letter) {
    if (letter != " " || !key.ends_with(' ')) key += letter;
  });
  return is_whole ? key : folded_key(text);
}

std::string search_words(std::string_view text) {
  const std::string key = search_key(text);
  std::string words;
  words.reserve(key.size());
  for (std::string_view rest = key; !rest.empty();) {
    const std::string_view here = rest;
    const char32_t c = take_code_point(rest);
    if (is_of_word(c)) {
      words += here.substr(0, here.size() - rest.size());
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  if (words.ends_with(' ')) words.pop_back();
  return words;
}

}  // namespace covenant
