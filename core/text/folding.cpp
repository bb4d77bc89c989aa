#include "core/text/folding.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "core/base/error.hpp"
#include "core/text/ascii.hpp"
#include "core/text/byte_block.hpp"
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

namespace {

constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_ascii_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// The folds of the letters of two bytes in the Latin, Greek and Cyrillic blocks, each asked once.
class SearchLetters {
 public:
  /// Nothing for a combining mark, whose order matters, and for other scripts.
  const std::string* find(unsigned char lead, unsigned char trail) {
    constexpr std::size_t end_of_cyrillic = 0x530;
    const std::size_t c = (lead & 0x1FU) << 6U | (trail & 0x3FU);
    const bool is_combining = (c >= 0x300 && c < 0x370) || (c >= 0x483 && c < 0x48A);
    if (lead < 0xC2 || lead > 0xD4 || (trail & 0xC0U) != 0x80U || c >= end_of_cyrillic || is_combining)
      return nullptr;
    auto& letter = letters_[c];
    if (!letter) letter = folded_search_key(std::string{static_cast<char>(lead), static_cast<char>(trail)});
    return &*letter;
  }

 private:
  std::array<std::optional<std::string>, 0x530> letters_;
};

/// Whether the character of three bytes is one of the dashes, quotes and dots that fold to themselves: U+2010
/// to U+2027.
bool is_plain_punctuation(std::string_view bytes) {
  return bytes.size() >= 3 && bytes[0] == '\xE2' && bytes[1] == '\x80' && bytes[2] >= '\x90' &&
         bytes[2] <= '\xA7';
}

/// Whether runs of white space are made one blank.
enum class Gaps { kept, closed };

/// Appends the folds of the letters one by one; false, with a part of them appended, when the text has some
/// that have to be folded together, or is not well-formed.
template <Gaps gaps>
bool append_letters(std::string& key, std::string_view text) {
  static SearchLetters letters;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) < 0x80) {
      ++i;
      if (gaps == Gaps::kept || !is_ascii_blank(c)) {
        key += ascii_lower(c);
      } else if (!key.ends_with(' ')) {
        key += ' ';
      }
    } else if (is_plain_punctuation(text.substr(i))) {
      key.append(text, i, 3);
      i += 3;
    } else {
      const std::string* letter =
          i + 1 == text.size()
              ? nullptr
              : letters.find(static_cast<unsigned char>(c), static_cast<unsigned char>(text[i + 1]));
      if (letter == nullptr) return false;
      if (*letter != " " || !key.ends_with(' ')) key += *letter;
      i += 2;
    }
  }
  return true;
}

}  // namespace

std::string search_key(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  return append_letters<Gaps::closed>(key, text) ? key : folded_search_key(text);
}

namespace {

/// Where in ASCII text a word of small letters begins, whatever the case of the text; npos when it does not.
std::size_t find_ascii_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return std::string_view::npos;
  const auto is_there = [&](std::size_t at) {
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (ascii_lower(text[at + i]) != word[i]) return false;
    }
    return true;
  };
  // The bit that makes a letter small.
  const auto case_bit = [](char c) -> unsigned char { return c >= 'a' && c <= 'z' ? 0x20 : 0; };
  const unsigned char first_bit = case_bit(word.front());
  const unsigned char last_bit = case_bit(word.back());
  const auto first = static_cast<unsigned char>(word.front());
  const auto last = static_cast<unsigned char>(word.back());
  const std::size_t ends = text.size() - word.size() + 1;  // of the places where it may begin
  constexpr std::size_t block = 16;
  std::size_t at = 0;
  for (; at + block <= ends; at += block) {
    ByteBlock<block> begins;
    ByteBlock<block> ends_of_word;
    std::memcpy(&begins, text.data() + at, block);
    std::memcpy(&ends_of_word, text.data() + at + word.size() - 1, block);
    if (!any_of_block<block>(((begins | first_bit) == first) & ((ends_of_word | last_bit) == last))) continue;
    for (std::size_t i = at; i < at + block; ++i) {
      if (is_there(i)) return i;
    }
  }
  for (; at < ends; ++at) {
    if (is_there(at)) return at;
  }
  return std::string_view::npos;
}

/// The longest part without a blank.
std::string longest_word(std::string_view key) {
  std::string_view longest;
  while (!key.empty()) {
    const std::string_view word = key.substr(0, key.find(' '));
    if (word.size() > longest.size()) longest = word;
    key.remove_prefix(std::min(word.size() + 1, key.size()));
  }
  return std::string(longest);
}

}  // namespace

SearchTerm::SearchTerm(std::string_view text)
    : key_(search_key(text)), word_(longest_word(key_)), is_ascii_(is_ascii(word_)) {}

bool SearchTerm::is_in(std::string_view text) {
  if (word_.empty()) return search_key(text).find(key_) != std::string::npos;
  return has_word(text) && (word_ == key_ || search_key(text).find(key_) != std::string::npos);
}

bool SearchTerm::has_word(std::string_view text) {
  if (is_ascii_ && find_ascii_word(text, word_) != std::string_view::npos) return true;
  if (is_ascii(text)) return false;  // its fold is ASCII, too, and would have been found
  folded_.clear();
  if (!append_letters<Gaps::kept>(folded_, text)) folded_ = folded_search_key(text);
  return folded_.find(word_) != std::string::npos;
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
    key += lower_case(c);
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
