#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// The media type of a file: by its first bytes where they show it, else by the ending of its name, else
/// "application/octet-stream". Source: IANA media types; RFC 8118 (PDF), RFC 5322 (.eml), RFC 8551
/// section 3.2.1
/// (.p7m, .p7s), ETSI EN 319 162-1 (.asice).
std::string media_type(std::string_view name, std::string_view bytes);

}  // namespace covenant
