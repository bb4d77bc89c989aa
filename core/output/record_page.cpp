#include "core/output/record_page.hpp"

#include <utility>

#include "core/base/base64.hpp"
#include "core/base/digest.hpp"
#include "core/embedded.hpp"
#include "core/output/category_names.hpp"
#include "core/output/html_footer.hpp"
#include "core/output/html_head.hpp"
#include "core/output/html_text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

RecordPage::RecordPage(PageOptions options)
    : options_(std::move(options)),
      catalogue_(Catalogue::of(options_.language)),
      locale_(options_.language) {}

std::string RecordPage::text(std::string_view english) const {
  return html(catalogue_.text(english));
}

std::string RecordPage::site() const {
  return html(site_name(catalogue_, options_));
}

std::string RecordPage::footer() const {
  return html_footer(catalogue_, options_);
}

void RecordPage::append_head(std::string& out, std::string_view title) const {
  static const std::string policy = record_security_policy();
  out.append("<!DOCTYPE html>\n<html lang=\"").append(catalogue_.code());
  out.append(
      "\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"");
  out.append(policy).append("\">\n");
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
  append_html(out, title);
  out +=
      "</title>\n<meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n";
  out.append("<style>").append(embedded::record_style).append("</style>\n");
}

void RecordPage::append_language(std::string& out, const PublicPartner& partner,
                                 std::string_view text) const {
  if (partner.language.str() != catalogue_.code()) append_attribute(out, "lang", partner.language.str());
  if (has_right_to_left(text)) out += " dir=\"auto\"";
}

void RecordPage::append_own_text(std::string& out, std::string_view element, const PublicPartner& partner,
                                 std::string_view text) const {
  out.append("<").append(element);
  append_language(out, partner, text);
  out += '>';
  append_lines(out, text);
  out.append("</").append(element.substr(0, element.find(' '))).append(">");
}

void RecordPage::append_categories(std::string& out, const PublicPartner& partner) const {
  out += "<ul class=\"kinds\">\n";
  for (const Category category : partner.categories.list()) {
    out.append("<li class=\"kind ").append(code_of(category)).append("\">");
    append_html(out, short_name(catalogue_, category));
    out += "</li>\n";
  }
  out += "</ul>\n";
}

void RecordPage::append_dated(std::string& out, std::string_view message, Date day) {
  std::string time = "<time datetime=\"" + day.str() + "\">";
  append_html(time, locale_.long_date(day));
  time += "</time>";
  append_message(out, message, {{"date", time}});
}

std::string record_security_policy() {
  const Digest digest = sha256({embedded::record_style});
  return "default-src 'none'; style-src 'sha256-" + to_base64(bytes_of(digest)) +
         "'; img-src data:; base-uri 'none'; form-action 'none'";
}

}  // namespace covenant
