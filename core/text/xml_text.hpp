#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// Appends `text` for XML text and double-quoted attributes. The two characters that XML has no place for,
/// U+FFFE and U+FFFF, become U+FFFD. Source: XML 1.0, production 2.
void append_xml(std::string& out, std::string_view text);

/// Appends `<name>text</name>` and a line feed.
void append_element(std::string& out, std::string_view name, std::string_view text);

}  // namespace covenant
