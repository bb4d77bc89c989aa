#include "core/output/html_head.hpp"

#include <openssl/evp.h>

#include <array>

#include "core/base/digest.hpp"
#include "core/embedded.hpp"
#include "core/output/atom_feed.hpp"
#include "core/output/html_text.hpp"
#include "core/output/site_metadata.hpp"
#include "core/text/escape.hpp"
#include "core/text/json_writer.hpp"

namespace covenant {

namespace {

/// The four shapes that tell the categories, as a picture of their own.
constexpr std::string_view icon =
    "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/"
    "svg'%20viewBox='0%200%2036%2036'%3E%3Ccircle%20cx='9'"
    "%20cy='9'%20r='7.5'%20fill='%23c98512'/"
    "%3E%3Crect%20x='20'%20y='2'%20width='14'%20height='14'%20fill='%23c6502f'"
    "/%3E%3Cpath%20d='M9%2019l8%2015H1z'%20fill='%233f8f4f'/"
    "%3E%3Cpath%20d='M27%2018l9%209-9%209-9-9z'%20fill='%23"
    "7d62c4'/%3E%3C/svg%3E";

std::string hash_source(std::string_view content) {
  const Digest digest = sha256({content});
  std::array<unsigned char, 45> base64{};
  EVP_EncodeBlock(base64.data(), digest.data(), static_cast<int>(digest.size()));
  return "'sha256-" + std::string(reinterpret_cast<const char*>(base64.data())) + "'";
}

void append_meta(std::string& out, std::string_view kind, std::string_view name, std::string_view content) {
  out += "<meta";
  append_attribute(out, kind, name);
  append_attribute(out, "content", content);
  out += ">\n";
}

void append_alternate(std::string& out, std::string_view attribute, std::string_view value,
                      std::string_view url) {
  out += "<link rel=\"alternate\"";
  append_attribute(out, attribute, value);
  append_attribute(out, "href", url);
  out += ">\n";
}

void append_feed(std::string& out, FeedTopic topic, const PageOptions& options, const std::string& base) {
  out += "<link rel=\"alternate\" type=\"application/atom+xml\"";
  append_attribute(out, "title", feed_title(topic, Catalogue::of(options.language)));
  append_attribute(out, "href", base + feed_file_name(topic, options.language));
  out += ">\n";
}

/// Where else the list is to be found: beside the page in a site, else only known when its address is.
void append_addresses(std::string& out, const PageOptions& options) {
  const std::string base = site_folder(options);
  if (options.base_url) {
    out += "<link rel=\"canonical\"";
    append_attribute(out, "href", base + page_file_name(options.language));
    out += ">\n";
    for (const OfficialLanguage language : options.languages) {
      append_alternate(out, "hreflang", code_of(language), base + page_file_name(language));
    }
  } else if (options.place == PagePlace::alone) {
    return;
  }
  append_feed(out, FeedTopic::partners, options, base);
  if (options.place == PagePlace::in_site) append_feed(out, FeedTopic::practices, options, base);
  append_alternate(out, "type", "text/csv", base + "partners.csv");
  append_alternate(out, "type", "application/json", base + "partners.json");
}

void append_open_graph(std::string& out, const Catalogue& catalogue, const PageOptions& options) {
  append_meta(out, "property", "og:type", "website");
  append_meta(out, "property", "og:title", catalogue.text("Associated Partners"));
  append_meta(out, "property", "og:description", lead(catalogue));
  append_meta(out, "property", "og:site_name", site_name(catalogue, options));
  if (options.base_url) {
    append_meta(out, "property", "og:url", site_folder(options) + page_file_name(options.language));
  }
}

/// A script element ends at "</script" wherever that stands, and "<!--" changes how it is read.
std::string without_tags(const std::string& json) {
  std::string safe;
  for (const char character : json) {
    if (character == '<') {
      safe += "\\u003c";
    } else {
      safe += character;
    }
  }
  return safe;
}

/// Source: Schema.org 28, CollectionPage and ItemList.
void append_linked_data(std::string& out, const Catalogue& catalogue, const PageOptions& options,
                        const PublicSummary& summary) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("@context", "https://schema.org").member("@type", "CollectionPage");
  json.member("name", catalogue.text("Associated Partners")).member("description", lead(catalogue));
  json.member("inLanguage", catalogue.code());
  if (summary.modified) json.member("dateModified", summary.modified->str());
  if (options.base_url) json.member("url", site_folder(options) + page_file_name(options.language));
  if (options.links.licence) json.member("license", options.links.licence->str());
  json.key("isPartOf").begin_object();
  json.member("@type", "WebSite").member("name", site_name(catalogue, options)).end_object();
  json.key("mainEntity").begin_object().member("@type", "ItemList").member("numberOfItems", summary.count);
  json.end_object().end_object();
  out += "<script type=\"application/ld+json\">" + without_tags(text) + "</script>\n";
}

}  // namespace

std::string site_name(const Catalogue& catalogue, const PageOptions& options) {
  return options.site_name.empty() ? std::string(catalogue.text("Covenant of Mayors")) : options.site_name;
}

std::string_view lead(const Catalogue& catalogue) {
  return catalogue.text(
      "European and international membership organisations that share their experience with the Covenant’s "
      "signatories and offer them practices and tools for sustainable energy.");
}

std::string page_file_name(OfficialLanguage language) {
  return "partners." + std::string(code_of(language)) + ".html";
}

std::string content_security_policy() {
  return "default-src 'none'; style-src " + hash_source(embedded::page_style) + "; script-src " +
         hash_source(embedded::page_script) + "; img-src data:; base-uri 'none'; form-action 'none'";
}

std::string html_head(const Catalogue& catalogue, const PageOptions& options, const PublicSummary& summary) {
  std::string out = "<head>\n<meta charset=\"utf-8\">\n";
  out += "<meta http-equiv=\"Content-Security-Policy\" content=\"" + content_security_policy() + "\">\n";
  append_meta(out, "name", "viewport", "width=device-width, initial-scale=1");
  out += "<title>" + html(catalogue.text("Associated Partners")) + " – " +
         html(site_name(catalogue, options)) + "</title>\n";
  append_meta(out, "name", "description", lead(catalogue));
  append_meta(out, "name", "color-scheme", "light dark");
  append_addresses(out, options);
  append_open_graph(out, catalogue, options);
  out += "<link rel=\"icon\" href=\"" + std::string(icon) + "\">\n<style>";
  out += embedded::page_style;
  out += "</style>\n";
  append_linked_data(out, catalogue, options, summary);
  out += "</head>\n";
  return out;
}

}  // namespace covenant
