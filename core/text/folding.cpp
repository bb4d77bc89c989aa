#include "core/text/folding.hpp"

#include <unicode/bytestream.h>
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

bool is_of_word(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  const auto point = static_cast<UChar32>(c);
  return u_isalnum(point) != 0 || (U_MASK(u_charType(point)) & U_GC_M_MASK) != 0;
}

std::string ascii_search_key(std::string_view text) {
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

std::string folded_search_key(std::string_view text) {
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
  if (is_ascii(text)) return ascii_search_key(text);
  static LetterTable letters(folded_search_key);
  std::string key;
  key.reserve(text.size());
  const bool is_whole = letters.fold(text, [&](std::string_view letter) {
    if (letter != " " || !key.ends_with(' ')) key += letter;
  });
  return is_whole ? key : folded_search_key(text);
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

namespace {

using GetNormalizer = const icu::Normalizer2* (*)(UErrorCode&);

const icu::Normalizer2& normalizer(GetNormalizer get) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* found = get(error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no Unicode normalisation data");
  return *found;
}

icu::UnicodeString to_wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

/// Letters whose stroke is no combining mark, and so no canonical decomposition.
UChar32 without_stroke(UChar32 c) {
  switch (c) {
    case 0xF8:
      return 'o';
    case 0x111:
      return 'd';
    case 0x127:
      return 'h';
    case 0x142:
      return 'l';
    case 0x167:
      return 't';
    default:
      return c;
  }
}

bool is_left_out(UChar32 c) {
  if (u_ispunct(c) != 0 || u_isUWhiteSpace(c) != 0 ||
      u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) {
    return true;
  }
  return u_charType(c) == U_NON_SPACING_MARK && u_hasBinaryProperty(c, UCHAR_DIACRITIC) != 0;
}

bool is_ascii_punctuation(char c) {
  return std::string_view("!\"#%&'()*,-./:;?@[\\]_{}").find(c) != std::string_view::npos;
}

std::string ascii_similarity_key(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  for (const char c : text) {
    if (c == ' ' || (c >= '\t' && c <= '\r') || is_ascii_punctuation(c)) continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return key.empty() ? std::string(text) : key;
}

}  // namespace

std::string to_nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  static const icu::Normalizer2& nfc = normalizer(icu::Normalizer2::getNFCInstance);
  const icu::StringPiece piece(text.data(), static_cast<int32_t>(text.size()));
  UErrorCode error = U_ZERO_ERROR;
  if (nfc.isNormalizedUTF8(piece, error) != 0) return std::string(text);
  std::string composed;
  icu::StringByteSink<std::string> sink(&composed);
  nfc.normalizeUTF8(0, piece, sink, nullptr, error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "a text could not be normalised");
  return composed;
}

namespace {

std::string folded_similarity_key(std::string_view text) {
  static const icu::Normalizer2& nfd = normalizer(icu::Normalizer2::getNFDInstance);
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString folded = nfd.normalize(to_wide(text).foldCase(), error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "a text could not be normalised");
  icu::UnicodeString kept;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (!is_left_out(c)) kept.append(without_stroke(c));
  }
  std::string key;
  (kept.isEmpty() ? folded : kept).toUTF8String(key);
  return key;
}

/// What one letter adds to a key: unlike a whole text it may add nothing.
std::string letter_key(std::string_view letter) {
  std::string_view rest = letter;
  return is_left_out(static_cast<UChar32>(take_code_point(rest))) ? std::string()
                                                                  : folded_similarity_key(letter);
}

}  // namespace

std::string similarity_key(std::string_view text) {
  if (is_ascii(text)) return ascii_similarity_key(text);
  static LetterTable letters(letter_key);
  std::string key;
  key.reserve(text.size());
  const bool is_whole = letters.fold(text, [&](std::string_view letter) { key += letter; });
  return is_whole && !key.empty() ? key : folded_similarity_key(text);
}

}  // namespace covenant
