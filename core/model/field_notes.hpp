#pragma once

#include <string_view>

#include "core/base/note.hpp"
#include "core/model/form.hpp"

namespace covenant {

/// Whether a text is written in place of a value ("N/A", "NULL", "-"): two of them have nothing in common.
/// Source: covenant-fields(7), NOTES.
bool is_placeholder(std::string_view text);

/// What is worth a look in an application: texts that seem to be damaged (`mojibake`, `entity`) or to be none
/// (`placeholder`), a language that may be a country (`language`), an e-mail address that is not of the
/// website (`domain`). What has not changed since `before`, which may be null, is not looked at again.
/// Source: covenant-fields(7), NOTES.
Notes find_notes(const Application& application, const Application* before);

}  // namespace covenant
