#include "core/text/xml_text.hpp"

#include "core/text/escape.hpp"

namespace covenant {

void append_xml(std::string& out, std::string_view text) {
  constexpr std::string_view before_last = "\xEF\xBF";
  for (std::size_t at = text.find(before_last); at != std::string_view::npos; at = text.find(before_last)) {
    const std::string_view character = text.substr(at, 3);
    append_html(out, text.substr(0, at));
    const bool has_no_place = character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
    out += has_no_place ? std::string_view("\xEF\xBF\xBD") : character;
    text.remove_prefix(at + character.size());
  }
  append_html(out, text);
}

void append_element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  append_xml(out, text);
  out.append("</").append(name).append(">\n");
}

}  // namespace covenant
