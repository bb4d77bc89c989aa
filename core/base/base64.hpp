#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace covenant {

/// Base 64 with padding. Source: RFC 4648 section 4.
std::string to_base64(std::string_view bytes);

/// The bytes; nothing when the text is not exactly what `to_base64` writes.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace covenant
