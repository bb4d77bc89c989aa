#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace covenant {

/// A column's name as it is compared: in lower case, without blanks, characters that nobody sees, hyphens and
/// underscores of any kind, so that "Contact e-mail" is "contact_email".
std::string folded_column_name(std::string_view name);

/// The delimiter that a line "sep=;" names, whatever it is; nothing when the line is none. Spreadsheet
/// programs write it before the header, and put it in quotes or more delimiters behind it when they save such
/// a file again.
std::optional<char> separator_of(std::string_view line);

/// The delimiter (',', ';' or tab) of a file that begins with `head`, at least its first record with a value:
/// what a line "sep=;" names if that finds any of the `known` names, else the one by which the most of them
/// are found; ',' when none is found.
char detect_delimiter(std::string_view head, const std::vector<std::string_view>& known);

}  // namespace covenant
