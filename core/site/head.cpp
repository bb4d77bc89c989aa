#include "core/site/head.hpp"

#include <fmt/format.h>

#include <array>

#include "core/base/bytes.hpp"
#include "core/embedded.hpp"

namespace covenant {

namespace {

std::string hash_source(std::string_view content) {
  const Digest digest = sha256({content});
  return fmt::format("'sha256-{}'", to_base64(bytes_of(digest)));
}

std::string style(std::string_view text) {
  return fmt::format("<style>{}</style>", text);
}

std::string script(std::string_view text) {
  return fmt::format("<script>{}</script>", text);
}

}  // namespace

std::string site_name(const Catalogue& catalogue, const PageOptions& options) {
  const auto own = options.site_names.find(catalogue.language());
  if (own != options.site_names.end()) return own->second;
  return options.site_name.empty() ? std::string(catalogue.text("Covenant of Mayors")) : options.site_name;
}

std::string_view lead(const Catalogue& catalogue) {
  return catalogue.text(
      "Member-based European and international organisations that share their experience with the Covenant "
      "signatories and offer them practices and tools for sustainable energy.");
}

std::string_view kosovo_footnote(const Catalogue& catalogue) {
  return catalogue.text(
      // TRANSLATORS: the footnote of the Official Journal to the name of Kosovo, which has the asterisk too
      "* This designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 "
      "and the ICJ Opinion on the Kosovo declaration of independence.");
}

std::string content_security_policy() {
  constexpr std::array styles = {&embedded::page_style, &embedded::record_style};
  constexpr std::array scripts = {&embedded::carry_script, &embedded::page_script,
                                  &embedded::practices_script};
  std::string policy = "default-src 'none'; style-src";
  for (const std::string_view* one : styles) policy.append(" ").append(hash_source(*one));
  policy += "; script-src";
  for (const std::string_view* one : scripts) policy.append(" ").append(hash_source(*one));
  return policy.append("; img-src data:; base-uri 'none'; form-action 'none'");
}

std::string_view policy_element() {
  static const std::string element =
      fmt::format(R"(<meta http-equiv="Content-Security-Policy" content="{}">)", content_security_policy());
  return element;
}

std::string style_element() {
  return style(embedded::page_style);
}

std::string figures_policy_element() {
  return fmt::format(
      R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {}; )"
      R"(img-src data:; base-uri 'none'; form-action 'none'">)",
      hash_source(embedded::figures_style));
}

std::string figures_style_element() {
  return style(embedded::figures_style);
}

std::string record_style_element() {
  return style(embedded::record_style);
}

std::string script_element() {
  return fmt::format("{}\n{}", script(embedded::carry_script), script(embedded::page_script));
}

std::string record_script_element() {
  return script(embedded::carry_script);
}

std::string practices_script_element() {
  return fmt::format("{}\n{}", script(embedded::carry_script), script(embedded::practices_script));
}

std::string_view icon_element() {
  return "<link rel=\"icon\" href=\""
         "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/"
         "svg'%20viewBox='0%200%2036%2036'%3E%3Ccircle%20cx='9'"
         "%20cy='9'%20r='7.5'%20fill='%23c98512'/"
         "%3E%3Crect%20x='20'%20y='2'%20width='14'%20height='14'%20fill='%23c6502f'"
         "/%3E%3Cpath%20d='M9%2019l8%2015H1z'%20fill='%233f8f4f'/"
         "%3E%3Cpath%20d='M27%2018l9%209-9%209-9-9z'%20fill='%23"
         "7d62c4'/%3E%3C/svg%3E"
         "\">";
}

std::string_view mark_element() {
  return "<svg width=\"28\" height=\"28\" viewBox=\"0 0 36 36\" aria-hidden=\"true\"><circle cx=\"9\" "
         "cy=\"9\" r=\"7.5\" "
         "fill=\"#c98512\"/>"
         "<rect x=\"20\" y=\"2\" width=\"14\" height=\"14\" fill=\"#c6502f\"/><path d=\"M9 19l8 15H1z\" "
         "fill=\"#3f8f4f\"/><path d=\"M27 18l9 9-9 9-9-9z\" fill=\"#7d62c4\"/></svg>";
}

}  // namespace covenant
