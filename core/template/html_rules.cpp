#include "core/template/html_rules.hpp"

#include <algorithm>
#include <array>

namespace covenant {

namespace {

template <std::size_t size>
bool is_among(std::string_view name, const std::array<std::string_view, size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr auto npos = std::string_view::npos;

}  // namespace

bool is_address_attribute(std::string_view attribute) {
  static constexpr std::array<std::string_view, 20> names = {
      "action",     "archive", "background", "cite",    "classid",  "codebase", "data",
      "formaction", "href",    "icon",       "itemid",  "itemtype", "longdesc", "lowsrc",
      "manifest",   "ping",    "poster",     "profile", "src",      "usemap"};
  return is_among(attribute, names) || attribute.ends_with(":href");
}

bool is_refused_attribute(std::string_view attribute) {
  static constexpr std::array<std::string_view, 22> names = {
      "allow",     "as",     "blocking",   "charset",    "content-type", "crossorigin",
      "enctype",   "form",   "formmethod", "formtarget", "http-equiv",   "imagesrcset",
      "integrity", "is",     "method",     "nonce",      "rel",          "sandbox",
      "srcdoc",    "srcset", "style",      "target"};
  return is_among(attribute, names) || attribute == "type" || attribute.starts_with("on") ||
         attribute.starts_with("xmlns") || attribute.starts_with("fs");
}

bool is_refused_element(std::string_view element) {
  static constexpr std::array<std::string_view, 11> names = {"applet",   "embed",     "frame",   "frameset",
                                                             "iframe",   "listing",   "noembed", "noframes",
                                                             "noscript", "plaintext", "xmp"};
  return is_among(element, names) || element == "object";
}

bool reads_differently_within(std::string_view element) {
  return element == "svg" || element == "math" || element == "select";
}

bool has_refused_attributes(std::string_view element) {
  static constexpr std::array<std::string_view, 10> names = {
      "animate", "animatemotion", "animatetransform", "base", "discard",
      "feimage", "param",         "script",           "set",  "style"};
  return is_among(element, names);
}

bool is_attribute_of_pictures(std::string_view attribute) {
  return attribute == "class" || attribute == "id" || attribute == "lang" || attribute == "role" ||
         attribute == "title" || attribute.starts_with("aria-") || attribute.starts_with("data-");
}

bool is_safe_relation(std::string_view relations) {
  static constexpr std::array<std::string_view, 9> names = {
      "alternate", "author", "canonical", "help", "license", "next", "prev", "search", "me"};
  return is_among(relations, names);
}

bool is_settled_address(std::string_view beginning) {
  for (const std::string_view scheme : {"http://", "https://", "//"}) {
    if (!beginning.starts_with(scheme)) continue;
    const std::string_view host = beginning.substr(scheme.size());
    const std::size_t end = host.find_first_of("/?#");
    return end != npos && end > 0 && host.substr(0, end).find_first_of("\\&@ \t\r\n") == npos;
  }
  if (beginning == "mailto:") return true;
  const std::size_t mark = beginning.find_first_of(":/?#&\\ \t\r\n");
  if (mark == npos) return false;
  if (beginning[mark] == '#' || beginning[mark] == '?') return true;
  if (beginning[mark] != '/') return false;
  if (mark > 0) return true;
  return beginning.size() > 1 && std::string_view("/\\ \t\r\n&").find(beginning[1]) == npos;
}

}  // namespace covenant
