#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// Appends `text` as an RFC 4180 field: quoted when it has the delimiter, a quote, CR or LF, or begins or
/// ends with a blank.
void append_csv(std::string& out, std::string_view text, char delimiter = ',');

/// Appends `text` for a tab-separated list: tab, LF, CR and backslash become \t, \n, \r and \\.
void append_tsv(std::string& out, std::string_view text);

/// Appends `text` as a JSON string with its quotes, escaped as RFC 8785 section 3.2.2.2 does: \b \t \n \f \r
/// \"
/// \\ and \u00xx below U+0020; everything else as it is.
void append_json(std::string& out, std::string_view text);

/// Appends `text` for HTML text and double-quoted attributes: & < > " and '.
void append_html(std::string& out, std::string_view text);

/// Whether a spreadsheet would run the cell as a formula, any leading apostrophes aside: after any number of
/// `'` comes one of = + - @, their full-width forms, tab, CR or LF. Source: covenant-export(1),
/// --spreadsheet.
bool is_formula_like(std::string_view cell);

/// `text` with every control character, bidirectional control and invalid byte made visible (\x1b, \u202e,
/// \xff), so that it can go to a terminal.
std::string for_terminal(std::string_view text);

/// The same as one line: line ends are blanks.
std::string line_for_terminal(std::string_view text);

/// `text` as messages show what was refused: also what nobody sees is made visible. Control characters, the
/// default-ignorable ones, noncharacters, and blanks and dashes other than those of ASCII become `\u{200B}`,
/// invalid bytes `\xe9`.
std::string revealed(std::string_view text);

/// How many characters of a value a message shows.
inline constexpr std::size_t longest_in_message = 60;

/// A value as messages show it: as `revealed` but for blanks and dashes, and where it has more than
/// `longest_in_message` characters (Unicode code points), the first ones and '…'.
std::string in_brief(std::string_view text);

/// The same between single quotes.
std::string in_quotes(std::string_view text);

/// The same between single quotes, blanks and dashes as well: for a message about what was refused.
std::string revealed_in_quotes(std::string_view text);

/// Appends `text` for XML text and double-quoted attributes. The two characters that XML has no place for,
/// U+FFFE and U+FFFF, become U+FFFD. Source: XML 1.0, production 2.
void append_xml(std::string& out, std::string_view text);

/// Appends `<name>text</name>` and a line feed.
void append_element(std::string& out, std::string_view name, std::string_view text);

}  // namespace covenant
