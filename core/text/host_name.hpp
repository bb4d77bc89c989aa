#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace covenant {

/// An international host name in both of its forms.
struct HostName {
  std::string ascii;     ///< A-labels ("xn--bcher-kva.example"), lower case
  std::string readable;  ///< U-labels ("bücher.example"), lower case
};

/// Both forms of a host name; nothing when it is not one.
/// Source: Unicode Technical Standard 46, non-transitional, with STD3 rules, bidi and joiner checks.
std::optional<HostName> parse_international_host(std::string_view text);

/// Whether the ASCII text is a host name of DNS labels: letters, digits, hyphens and underscores, at most 63
/// a label and 253 in all; a dot at the end is fine. Source: RFC 1123 section 2.1.
bool is_ascii_host(std::string_view text);

}  // namespace covenant
