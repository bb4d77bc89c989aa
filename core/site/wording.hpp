#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/site/catalogue.hpp"

namespace covenant {

/// How long such a catalogue may be, in bytes.
inline constexpr std::size_t most_bytes_of_wording = std::size_t{1} << 20;

/// Reads a catalogue as translators write it; its header names the language, which is `language` where it
/// does not. What is fuzzy or has no text is left as the program has it. `file` is what the message of an
/// error begins with.
/// @throws Error{bad_input} with file and line when the text is no such catalogue, or a message is unknown,
/// has a placeholder too many or too few, or not as many forms as the language Source: GNU gettext manual,
/// "The Format of PO Files".
Wording read_wording(std::string_view text, std::string_view file, std::optional<OfficialLanguage> language);

}  // namespace covenant
