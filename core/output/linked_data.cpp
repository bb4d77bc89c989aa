#include "core/output/linked_data.hpp"

#include "core/output/catalogue.hpp"
#include "core/output/html_head.hpp"
#include "core/output/public_field.hpp"
#include "core/output/site_metadata.hpp"
#include "core/text/json_writer.hpp"

namespace covenant {

namespace {

/// JSON for a script element, where "</script" would end it and "<!--" changes how it is read.
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

void append_partner(JsonWriter& json, const PublicTexts& texts, std::int64_t position) {
  const auto text = [&](PublicField field) { return texts[static_cast<std::size_t>(field)]; };
  json.begin_object().member("@type", "ListItem").member("position", position);
  json.key("item").begin_object().member("@type", "Organization");
  json.member("identifier", text(PublicField::id)).member("name", text(PublicField::name));
  if (!text(PublicField::acronym).empty()) json.member("alternateName", text(PublicField::acronym));
  if (!text(PublicField::website).empty()) json.member("url", text(PublicField::website));
  json.end_object().end_object();
}

void append_list(JsonWriter& json, const PageSource& source) {
  json.begin_object().member("@type", "ItemList").member("numberOfItems", source.summary.count);
  if (source.summary.count > 0 && source.summary.count <= most_linked) {
    json.key("itemListElement").begin_array();
    std::int64_t position = 0;
    source.partners([&](const PublicTexts& texts) { append_partner(json, texts, ++position); });
    json.end_array();
  }
  json.end_object();
}

}  // namespace

std::string linked_data(const PageOptions& options, const PageSource& source) {
  const Catalogue& catalogue = Catalogue::of(options.language);
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("@context", "https://schema.org").member("@type", "CollectionPage");
  json.member("name", catalogue.text("Associated Partners")).member("description", lead(catalogue));
  json.member("inLanguage", catalogue.code());
  if (source.summary.modified) json.member("dateModified", source.summary.modified->str());
  if (options.base_url) json.member("url", site_folder(options) + page_file_name(options.language));
  if (options.links.licence) json.member("license", options.links.licence->str());
  json.key("isPartOf").begin_object();
  json.member("@type", "WebSite").member("name", site_name(catalogue, options)).end_object();
  json.key("mainEntity");
  append_list(json, source);
  json.end_object();
  return "<script type=\"application/ld+json\">" + without_tags(text) + "</script>";
}

}  // namespace covenant
