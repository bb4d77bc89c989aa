#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace covenant {

/// A placeholder's name and the HTML that stands for it.
using Filling = std::pair<std::string_view, std::string_view>;

/// `text`, escaped for HTML text and quoted attributes.
std::string html(std::string_view text);

/// Appends a message whose "{name}" become their HTML; all else is text. A placeholder without a filling
/// stays as it is.
void append_message(std::string& out, std::string_view message, std::initializer_list<Filling> fillings);

/// Appends an attribute with the blank before it.
void append_attribute(std::string& out, std::string_view name, std::string_view value);

}  // namespace covenant
