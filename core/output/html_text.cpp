#include "core/output/html_text.hpp"

#include <algorithm>

#include "core/text/escape.hpp"

namespace covenant {

std::string html(std::string_view text) {
  std::string escaped;
  append_html(escaped, text);
  return escaped;
}

void append_message(std::string& out, std::string_view message, std::initializer_list<Filling> fillings) {
  while (!message.empty()) {
    const std::size_t open = message.find('{');
    const std::size_t close = message.find('}', open);
    if (close == std::string_view::npos) break;
    append_html(out, message.substr(0, open));
    const std::string_view name = message.substr(open + 1, close - open - 1);
    const auto filling = std::find_if(fillings.begin(), fillings.end(),
                                      [name](const Filling& candidate) { return candidate.first == name; });
    if (filling != fillings.end()) {
      out += filling->second;
    } else {
      append_html(out, message.substr(open, close + 1 - open));
    }
    message.remove_prefix(close + 1);
  }
  append_html(out, message);
}

void append_attribute(std::string& out, std::string_view name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  append_html(out, value);
  out += '"';
}

}  // namespace covenant
