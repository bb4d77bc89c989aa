#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace covenant {

/// Whether a text may contain line feeds (also written CR LF, which is kept as it is).
enum class Lines { one, many };

/// How long a text may be, in characters (Unicode code points) after normalisation, and whether it has lines.
struct TextRule {
  std::size_t shortest;
  std::size_t longest;
  Lines lines;
};

/// By which rules a text is read: those of today, or what any version ever accepted, for what the registry
/// has.
enum class Strictness { present, stored };

/// What a spreadsheet shows in a cell whose formula failed, such as "#N/A" or "#REF!", in whatever case.
/// Source: Microsoft Excel, "Excel error values"; LibreOffice Calc, "Error codes".
bool is_spreadsheet_error(std::string_view text);

/// What the rules of today refuse in well-formed UTF-8 of whatever field, though it has no control character:
/// `invisible`, `spreadsheet`, and characters that no text has (line and paragraph separators and
/// noncharacters, `control-character`; U+FFFD, `encoding`).
std::optional<Problem> find_refused_text(std::string_view text);

/// The text normalised to NFC and without white space at either end.
/// Fails with `encoding` on invalid UTF-8, `control-character` on a control character, a bidirectional
/// embedding, override or isolate (U+202A–U+202E, U+2066–U+2069), `too-short` and `too-long` by the rule; by
/// today's rules also as `find_refused_text` says.
/// Source: covenant-fields(7), TEXT; Unicode Standard Annex 15 (NFC) and Annex 9 (bidirectional controls).
Result<std::string> parse_text(std::string_view text, const TextRule& rule,
                               Strictness strictness = Strictness::present);

/// `text` without Unicode white space at either end (what is not UTF-8 stays).
std::string_view trimmed(std::string_view text);

/// A text that keeps its rule.
template <const TextRule& rule>
class Text {
 public:
  static Result<Text> parse(std::string_view text, Strictness strictness = Strictness::present) {
    auto parsed = parse_text(text, rule, strictness);
    if (!parsed) return std::move(parsed).problem();
    return Text(*std::move(parsed));
  }

  const std::string& str() const { return text_; }
  friend bool operator==(const Text&, const Text&) = default;

 private:
  explicit Text(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

inline constexpr TextRule name_rule{2, 300, Lines::one};
inline constexpr TextRule acronym_rule{1, 40, Lines::one};
inline constexpr TextRule city_rule{1, 100, Lines::one};
inline constexpr TextRule long_text_rule{1, 4000, Lines::many};
inline constexpr TextRule person_rule{1, 200, Lines::one};
inline constexpr TextRule remark_rule{1, 4000, Lines::many};
inline constexpr TextRule file_name_rule{1, 255, Lines::one};

using Name = Text<name_rule>;
using Acronym = Text<acronym_rule>;
using City = Text<city_rule>;
using LongText = Text<long_text_rule>;  ///< description and expertise
using PersonText = Text<person_rule>;   ///< a contact's name and role, a signatory's name
using Remark = Text<remark_rule>;       ///< what an administrator adds in words
using FileName = Text<file_name_rule>;  ///< of a commitment, without its folder

}  // namespace covenant
