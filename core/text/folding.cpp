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

bool is_diacritic(UChar32 c) {
  return u_charType(c) == U_NON_SPACING_MARK && u_hasBinaryProperty(c, UCHAR_DIACRITIC) != 0;
}

/// Marks that are written for an apostrophe, those of punctuation aside.
bool is_apostrophe(UChar32 c) {
  return c == '`' || c == 0xB4 || (c >= 0x2B9 && c <= 0x2BF) || (c >= 0x2C8 && c <= 0x2CB) || c == 0x55A ||
         (c >= 0x7F4 && c <= 0x7F5) || c == 0xA78B || c == 0xA78C;
}

/// The plain letter of one whose stroke is no combining mark, and of the dotless i.
UChar32 without_stroke(UChar32 c) {
  switch (c) {
    case 0xF8:
      return 'o';
    case 0x111:
      return 'd';
    case 0x127:
      return 'h';
    case 0x131:
      return 'i';
    case 0x142:
      return 'l';
    case 0x167:
      return 't';
    default:
      return c;
  }
}

bool is_left_out(UChar32 c) {
  return u_ispunct(c) != 0 || is_apostrophe(c) || u_isUWhiteSpace(c) != 0 ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

/// The ASCII characters that `is_left_out` leaves out, those of white space aside.
constexpr std::string_view ascii_punctuation = "!\"#%&'()*,-./:;?@[\\]_`{}";

/// Case folded and decomposed into compatible characters: "ﬁ" is "fi", "₂" is "2".
icu::UnicodeString decomposed(std::string_view text) {
  static const icu::Normalizer2& nfkd = normalizer(icu::Normalizer2::getNFKDInstance);
  icu::UnicodeString wide = to_wide(text);
  wide.findAndReplace(icu::UnicodeString(static_cast<UChar>(0xB4)),
                      icu::UnicodeString(static_cast<UChar>('\'')));
  UErrorCode error = U_ZERO_ERROR;
  // What is decomposed may have capitals again.
  wide = nfkd.normalize(nfkd.normalize(wide.foldCase(), error).foldCase(), error);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "a text could not be normalised");
  return wide;
}

enum class Punctuation { left_out, kept };

/// The character as words have it: one apostrophe, one hyphen, plain letters.
UChar32 in_word(UChar32 c) {
  constexpr UChar32 left_quote = 0x2018;
  constexpr UChar32 right_quote = 0x201B;
  constexpr UChar32 prime = 0x2032;
  if (c != '`' && (is_apostrophe(c) || (c >= left_quote && c <= right_quote) || c == prime)) return '\'';
  if (u_charType(c) == U_DASH_PUNCTUATION) return '-';
  return without_stroke(c);
}

std::string folded(std::string_view text, Punctuation punctuation) {
  const icu::UnicodeString wide = decomposed(text);
  icu::UnicodeString kept;
  bool after_blank = false;
  for (int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
    const UChar32 c = wide.char32At(i);
    if (is_diacritic(c)) continue;
    const bool blank = u_isUWhiteSpace(c) != 0;
    if (!blank && c != '%' && punctuation == Punctuation::left_out && is_left_out(c)) continue;
    if (!blank) kept.append(punctuation == Punctuation::kept ? in_word(c) : without_stroke(c));
    if (blank && !after_blank) kept.append(static_cast<UChar32>(' '));
    after_blank = blank;
  }
  std::string key;
  kept.toUTF8String(key);
  return key;
}

std::string folded_search_key(std::string_view text) {
  return folded(text, Punctuation::left_out);
}

constexpr bool is_ascii_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Folds texts letter by letter, each letter of the Latin, Greek and Cyrillic blocks and each common dash and
/// quote by a slower fold that is asked once. The fold must be one that treats each letter alone.
class LetterTable {
 public:
  using Fold = std::string (*)(std::string_view letter);

  /// What becomes of the ASCII characters.
  enum class Ascii { folded, kept };

  LetterTable(Fold of_letter, Ascii ascii) : fold_(of_letter), ascii_(ascii) {}

  /// The folds of the letters, valid until the next call; nothing when the text has combining marks, whose
  /// order matters, or other scripts, or is not well-formed.
  std::optional<std::string_view> fold(std::string_view text) {
    if (const std::size_t most = text.size() * longest; most > folded_.size()) folded_.resize(most);
    char* end = folded_.data();
    const auto is_not_ascii = [](const auto& block) { return block >= 0x80; };
    while (!text.empty()) {
      if (ascii_ == Ascii::kept && static_cast<unsigned char>(text.front()) < 0x80 && text.size() >= 8) {
        const std::size_t count = count_before(text.data(), is_not_ascii);
        std::memcpy(end, text.data(), 8);
        end += count;
        text.remove_prefix(count);
        continue;
      }
      const Place place = place_of(text);
      if (place.size == 0) return std::nullopt;
      Letter& letter = letters_[place.letter];
      if (letter.size < 0) {
        letter = asked(text.substr(0, place.size));
        if (letter.size == Letter::too_long) return std::nullopt;
      }
      std::memcpy(end, letter.bytes.data(), longest);
      end += letter.size;
      text.remove_prefix(place.size);
    }
    return std::string_view(folded_.data(), end);
  }

 private:
  static constexpr std::size_t longest = 3;
  static constexpr std::size_t end_of_cyrillic = 0x530;
  static constexpr std::size_t punctuation_count = 0x18;  // from U+2010 to U+2027

  struct Letter {
    static constexpr signed char unknown = -1;
    static constexpr signed char too_long = -2;

    std::array<char, longest> bytes{};
    signed char size = unknown;
  };

  /// Where a letter is in the table, and its bytes in the text: none when it is not in the table.
  struct Place {
    std::size_t letter;
    std::size_t size;
  };

  static Place place_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    if (lead >= 0xC2 && lead <= 0xD4 && text.size() >= 2 && is_continuation(text[1])) {
      const std::size_t c = (lead & 0x1FU) << 6U | (byte(1) & 0x3FU);
      const bool is_combining = (c >= 0x300 && c < 0x370) || (c >= 0x483 && c < 0x48A);
      return {c, c >= end_of_cyrillic || is_combining ? 0U : 2U};
    }
    if (lead == 0xE2 && text.size() >= 3 && byte(1) == 0x80 && byte(2) >= 0x90 && byte(2) <= 0xA7)
      return {end_of_cyrillic + byte(2) - 0x90, 3};
    return {0, 0};
  }

  Letter asked(std::string_view bytes) const {
    const std::string folded = fold_(bytes);
    Letter letter;
    letter.size = folded.size() <= longest ? static_cast<signed char>(folded.size()) : Letter::too_long;
    std::copy_n(folded.begin(), std::min(folded.size(), longest), letter.bytes.begin());
    return letter;
  }

  Fold fold_;
  Ascii ascii_;
  std::array<Letter, end_of_cyrillic + punctuation_count> letters_;
  std::string folded_;  ///< the last text; its memory is used again
};

/// As `search_key`, but ASCII letters may keep their case, and white space and ASCII punctuation may be kept.
/// Valid until the next call.
std::string_view search_letters(std::string_view text) {
  static LetterTable letters(folded_search_key, LetterTable::Ascii::kept);
  static std::string whole;
  if (const auto folded = letters.fold(text)) return *folded;
  return whole = folded_search_key(text);
}

}  // namespace

namespace {

/// For each byte, whether searches leave it out; a percent sign belongs to the number before it.
constexpr std::array<bool, 256> left_out_of_searches = [] {
  std::array<bool, 256> table{};
  for (const char c : ascii_punctuation) table[static_cast<unsigned char>(c)] = c != '%';
  return table;
}();

bool is_left_out_of_searches(char c) {
  return left_out_of_searches[static_cast<unsigned char>(c)];
}

}  // namespace

std::string word_key(std::string_view text) {
  return folded(text, Punctuation::kept);
}

std::string search_key(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  for (const char c : search_letters(text)) {
    if (is_left_out_of_searches(c)) continue;
    const char folded = is_ascii_blank(c) ? ' ' : lower_case(c);
    if (folded != ' ' || !key.ends_with(' ')) key += folded;
  }
  return key;
}

namespace {

/// Whether the text is of ASCII and the Greek and Cyrillic letters from U+0380 to U+047F alone: its key then
/// has ASCII characters only where the text has them, as none of those letters folds to one; only the Greek
/// semicolon folds to nothing, and two accents to blanks.
bool keeps_ascii_apart(std::string_view text) {
  const auto is_other = [](const auto& block) { return ((block >= 0xC0) & (block < 0xCE)) | (block > 0xD1); };
  std::size_t i = pass_blocks(text, 0, is_other);
  while (i < text.size() && !is_other(static_cast<unsigned char>(text[i]))) ++i;
  return i == text.size();
}

/// Whether a text begins with the part of a key, whatever the case of its ASCII letters and what searches
/// leave out between them; any number of blanks is one.
bool begins_with_key(std::string_view text, std::string_view key) {
  std::size_t found = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    bool is_blank = is_ascii_blank(c);
    bool is_left_out = is_left_out_of_searches(c);
    // The Greek tonos and dialytika tonos are blanks with marks.
    if (c == '\xCE' && lower_case(c) != key[found] && at + 1 < text.size()) {
      const char second = text[at + 1];
      is_blank = second == '\x84' || second == '\x85';
      is_left_out = second == '\x87';
      if (is_blank || is_left_out) ++at;
    }
    if (key[found] == ' ' ? is_blank : lower_case(c) == key[found]) {
      if (++found == key.size()) return true;
    } else if (found == 0 || !(is_left_out || (is_blank && key[found - 1] == ' '))) {
      return false;
    }
  }
  return false;
}

/// Whether a text has such a part of a key somewhere.
bool has_key(std::string_view text, std::string_view key) {
  if (text.empty()) return false;
  // The bit that makes a letter small.
  const auto case_bit = [](char c) -> unsigned char { return is_lower_case(c) ? 0x20 : 0; };
  const char next = key[key.size() == 1 ? 0 : 1];
  const unsigned char first_bit = case_bit(key.front());
  const unsigned char next_bit = case_bit(next);
  const auto first_byte = static_cast<unsigned char>(key.front());
  const auto next_byte = static_cast<unsigned char>(next);
  const auto is_whole = static_cast<signed char>(key.size() == 1 ? -1 : 0);
  constexpr std::size_t block = 16;
  std::size_t at = 0;
  const auto begins_at = [&](std::size_t place) { return begins_with_key(text.substr(at + place), key); };
  for (; at + block < text.size(); at += block) {
    ByteBlock<block> firsts;
    ByteBlock<block> nexts;
    std::memcpy(&firsts, text.data() + at, block);
    std::memcpy(&nexts, text.data() + at + 1, block);
    const auto is_first = (firsts | first_bit) == first_byte;
    const auto is_next = (nexts | next_bit) == next_byte;
    const auto is_no_letter = (((nexts | 0x20) - 'a') >= 26) & (nexts != ' ');
    if (any_place<block>(is_first & (is_next | is_no_letter | is_whole), begins_at)) return true;
  }
  for (; at < text.size(); ++at) {
    if (begins_at(0)) return true;
  }
  return false;
}

/// A key without the blank at its begin and the one at its end.
std::string without_outer_blanks(std::string key) {
  if (key.ends_with(' ')) key.pop_back();
  if (key.starts_with(' ')) key.erase(0, 1);
  return key;
}

}  // namespace

SearchTerm::SearchTerm(std::string_view text)
    : text_(text), key_(without_outer_blanks(search_key(text))), is_ascii_(is_ascii(key_)) {}

bool SearchTerm::is_in(std::string_view text) const {
  if (key_.empty())
    return text.find(text_) != std::string_view::npos ||
           (!is_ascii(text) && decomposed(text).indexOf(decomposed(text_)) >= 0);
  const bool is_plain = is_ascii_ ? keeps_ascii_apart(text) : is_ascii(text);
  return has_key(is_plain ? text : search_letters(text), key_);
}

namespace {

/// Whether marks that make letters of their own are kept.
enum class Marks { of_letters_kept, all_left_out };

std::string ascii_similarity_key(std::string_view text) {
  std::string key;
  key.reserve(text.size());
  for (const char c : text) {
    if (is_ascii_blank(c) || ascii_punctuation.find(c) != std::string_view::npos) continue;
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

/// Whether a mark makes another letter of the one before it, in a script where that is a letter of its own:
/// the breve and the dots of Cyrillic, the acute of its г and к, the voicing marks of kana.
bool makes_letter(UChar32 base, UChar32 mark) {
  if (mark == 0x3099 || mark == 0x309A) return true;
  if (base < 0x400 || base > 0x52F) return false;
  return mark == 0x306 || mark == 0x308 || (mark == 0x301 && (base == 0x433 || base == 0x43A));
}

/// What is kept of a text, which may be nothing.
icu::UnicodeString kept_of(std::string_view text, Marks marks) {
  const icu::UnicodeString folded = decomposed(text);
  icu::UnicodeString kept;
  UChar32 base = 0;
  for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    const bool is_mark = is_diacritic(c);
    if (is_mark ? marks == Marks::all_left_out || !makes_letter(base, c) : is_left_out(c)) continue;
    kept.append(without_stroke(c));
    if (!is_mark) base = c;
  }
  return kept;
}

std::string composed(const icu::UnicodeString& text) {
  static const icu::Normalizer2& nfc = normalizer(icu::Normalizer2::getNFCInstance);
  UErrorCode error = U_ZERO_ERROR;
  std::string utf8;
  nfc.normalize(text, error).toUTF8String(utf8);
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "a text could not be normalised");
  return utf8;
}

std::string folded_similarity_key(std::string_view text) {
  const icu::UnicodeString kept = kept_of(text, Marks::of_letters_kept);
  return composed(kept.isEmpty() ? decomposed(text) : kept);
}

/// What one letter adds to a key: unlike a whole text it may add nothing.
std::string letter_key(std::string_view letter) {
  return composed(kept_of(letter, Marks::of_letters_kept));
}

}  // namespace

std::string similarity_key(std::string_view text) {
  if (is_ascii(text)) return ascii_similarity_key(text);
  static LetterTable letters(letter_key, LetterTable::Ascii::folded);
  const auto key = letters.fold(text);
  return key && !key->empty() ? std::string(*key) : folded_similarity_key(text);
}

std::string bare_key(std::string_view text) {
  std::string key;
  kept_of(text, Marks::all_left_out).toUTF8String(key);
  return key;
}

}  // namespace covenant
