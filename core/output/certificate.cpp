#include "core/output/certificate.hpp"

#include "core/output/html_text.hpp"
#include "core/output/record_page.hpp"
#include "core/output/site_metadata.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// A longer name is set smaller, so that all stays on one sheet.
constexpr std::size_t long_name = 90;

void append_name(std::string& out, const RecordPage& page, const PublicPartner& partner) {
  const bool is_long = partner.name.str().size() > long_name;
  page.append_own_text(out, is_long ? "h1 class=\"long\"" : "h1", partner, partner.name.str());
  out += '\n';
}

void append_validity(std::string& out, const RecordPage& page, const PublicPartner& partner) {
  out +=
      "<p class=\"holds\">" + partner.id.str() + ". " +
      page.text("This recognition holds for as long as the organisation is on the public list of partners.");
  if (page.options().base_url) {
    const std::string address =
        site_folder(page.options()) + page_file_name(page.language()) + '#' + partner.id.str();
    out += " <a";
    append_attribute(out, "href", address);
    out += '>' + html(address) + "</a>";
  }
  out += "</p>\n";
}

}  // namespace

std::string certificate(const PageOptions& options, const PublicPartner& partner) {
  RecordPage page(options);
  std::string out;
  page.append_head(out, std::string(page.message("Official recognition")) + " – " + partner.name.str());
  out += "</head>\n<body>\n<main class=\"certificate\">\n<p class=\"site\">" + page.site() +
         "</p>\n<p class=\"recognition\">" + page.text("Official recognition") + "</p>\n";
  append_name(out, page, partner);
  out += "<p class=\"role\">" + page.text("Associated Partner") + "</p>\n<p class=\"text\">" +
         page.text(
             "This organisation has joined the Covenant of Mayors as an Associated Partner. It has "
             "undertaken to "
             "share its experience with the Covenant’s signatories and to offer them practices and tools for "
             "sustainable energy.") +
         "</p>\n";
  page.append_categories(out, partner);
  out += "<p class=\"since\">";
  page.append_dated(out, page.message("Partner since: {date}"), partner.partner_since);
  out += "</p>\n<p class=\"office\">" + page.text("Covenant of Mayors Office") + "</p>\n";
  append_validity(out, page, partner);
  out += "</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace covenant
