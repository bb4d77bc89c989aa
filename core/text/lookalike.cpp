#include "core/text/lookalike.hpp"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <array>

#include "core/base/error.hpp"
#include "core/text/ascii.hpp"
#include "core/text/folding.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

icu::UnicodeString skeleton_of(const icu::UnicodeString& text) {
  static const USpoofChecker* const checker = [] {
    UErrorCode error = U_ZERO_ERROR;
    USpoofChecker* const made = uspoof_open(&error);
    if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no data of confusable characters");
    return made;
  }();
  UErrorCode error = U_ZERO_ERROR;
  icu::UnicodeString skeleton;
  uspoof_getSkeletonUnicodeString(checker, 0, text, skeleton, &error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no skeleton of a name");
  return skeleton;
}

/// A character of ASCII as one of those that it may be taken for.
char in_class(char c) {
  switch (c) {
    case '0':
      return 'o';
    case '1':
    case 'i':
    case '|':
      return 'l';
    default:
      return c;
  }
}

/// What a character that is not ASCII looks like, as a capital or, where that is nothing of ASCII, as it is.
std::string look_of(char32_t c) {
  const auto letter = static_cast<UChar32>(c);
  const icu::UnicodeString capital = skeleton_of(icu::UnicodeString(u_toupper(letter)));
  const bool is_known = capital.length() == 1 && capital.charAt(0) < 0x80;
  std::string look;
  (is_known ? capital : skeleton_of(icu::UnicodeString(letter))).toUTF8String(look);
  return bare_key(look);
}

/// The same, asked once for each of the Latin, Greek and Cyrillic letters.
const std::string& known_look_of(char32_t c) {
  constexpr char32_t end_of_cyrillic = 0x530;
  static std::array<std::string, end_of_cyrillic> looks;
  static std::string other;
  if (c >= end_of_cyrillic) return other = look_of(c);
  std::string& look = looks[c];
  if (look.empty()) look = look_of(c);
  return look;
}

void append_in_class(std::string& key, char c) {
  c = in_class(c);
  if (c == 'n' && key.ends_with('r')) {
    key.back() = 'm';
  } else {
    key += c;
  }
}

/// The letters and digits of a text without their marks, in their case.
icu::UnicodeString letters_of(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* const nfkd = icu::Normalizer2::getNFKDInstance(error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no Unicode normalisation data");
  const icu::UnicodeString wide = nfkd->normalize(
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), error);
  icu::UnicodeString kept;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    if (u_ispunct(c) == 0 && u_isUWhiteSpace(c) == 0 && u_charType(c) != U_NON_SPACING_MARK) kept.append(c);
  }
  return kept;
}

}  // namespace

std::string lookalike_key(std::string_view text) {
  return lookalike_key_of(similarity_key(text));
}

std::string lookalike_key_of(std::string_view same) {
  std::string key;
  key.reserve(same.size());
  for (std::string_view rest = same; !rest.empty();) {
    if (static_cast<unsigned char>(rest.front()) < 0x80) {
      append_in_class(key, rest.front());
      rest.remove_prefix(1);
    } else {
      for (const char c : known_look_of(take_code_point(rest))) append_in_class(key, c);
    }
  }
  return key.empty() ? std::string(same) : key;
}

bool look_alike(std::string_view a, std::string_view b) {
  if (bare_key(a) == bare_key(b)) return true;
  const icu::UnicodeString one = letters_of(a);
  const icu::UnicodeString other = letters_of(b);
  const auto lower = [](icu::UnicodeString text) { return skeleton_of(text.foldCase()).foldCase(); };
  const auto upper = [](icu::UnicodeString text) {
    return skeleton_of(text.toUpper(icu::Locale::getRoot()));
  };
  return skeleton_of(one) == skeleton_of(other) || lower(one) == lower(other) || upper(one) == upper(other);
}

}  // namespace covenant
