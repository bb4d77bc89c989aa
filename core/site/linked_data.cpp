#include "core/site/linked_data.hpp"

#include "core/model/public_list.hpp"
#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/head.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// A script element, where "</script" would end the JSON and "<!--" changes how it is read.
std::string element_of(std::string_view json) {
  std::string safe = "<script type=\"application/ld+json\">";
  for (std::size_t end = json.find('<'); end != std::string_view::npos; end = json.find('<')) {
    safe.append(json.substr(0, end)).append("\\u003c");
    json.remove_prefix(end + 1);
  }
  return safe.append(json).append("</script>");
}

void append_field(JsonWriter& json, std::string_view name, const PublicTexts& texts, PublicField field) {
  const std::string_view text = texts[index_of(field)];
  if (!text.empty()) json.member(name, text);
}

void append_organisation(JsonWriter& json, const PublicTexts& texts) {
  json.member("@type", "Organization");
  append_field(json, "identifier", texts, "id"_public);
  append_field(json, "name", texts, "name"_public);
  append_field(json, "alternateName", texts, "acronym"_public);
  append_field(json, "url", texts, "website"_public);
}

void append_partner(JsonWriter& json, const PublicTexts& texts, std::int64_t position) {
  json.begin_object().member("@type", "ListItem").member("position", position);
  append_organisation(json.key("item").begin_object(), texts);
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

void append_download(JsonWriter& json, const PageOptions& options, SiteFile file, std::string_view type) {
  json.begin_object().member("@type", "DataDownload").member("encodingFormat", type);
  json.member("contentUrl", site_folder(options.base_url) + site_path(file)).end_object();
}

/// The list as data, for those who search data sets.
void append_data_set(JsonWriter& json, const PageOptions& options, const Catalogue& catalogue) {
  json.begin_object().member("@type", "Dataset");
  json.member("@id", site_folder(options.base_url) + "#dataset");
  json.member("name",
              std::string(catalogue.text("Associated Partners")) + " – " + site_name(catalogue, options));
  json.member("description", lead(catalogue));
  if (options.links.licence) json.member("license", options.links.licence->in(options.language).str());
  json.key("distribution").begin_array();
  append_download(json, options, SiteFile::csv, "text/csv");
  append_download(json, options, SiteFile::json, "application/json");
  append_download(json, options, SiteFile::practices_csv, "text/csv");
  json.end_array().end_object();
}

}  // namespace

std::string linked_data(const PageOptions& options, const PageSource& source) {
  const Catalogue& catalogue = options.catalogue();
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("@context", "https://schema.org").member("@type", "CollectionPage");
  json.member("name", catalogue.text("Associated Partners")).member("description", lead(catalogue));
  json.member("inLanguage", catalogue.tag());
  if (source.summary.modified) json.member("dateModified", source.summary.modified->str());
  if (options.base_url && options.selection.empty())
    json.member("url",
                site_folder(options.base_url) + site_path(SiteFile::list, {.language = options.language}));
  if (options.links.licence) json.member("license", options.links.licence->in(options.language).str());
  json.key("isPartOf").begin_object();
  json.member("@type", "WebSite").member("name", site_name(catalogue, options)).end_object();
  json.key("mainEntity");
  append_list(json, source);
  if (options.base_url && options.place == PagePlace::in_site)
    append_data_set(json.key("about"), options, catalogue);
  json.end_object();
  return element_of(text);
}

std::string linked_data(const PublicTexts& partner) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("@context", "https://schema.org");
  append_organisation(json, partner);
  append_field(json, "description", partner, "description"_public);
  json.key("address").begin_object().member("@type", "PostalAddress");
  append_field(json, "addressCountry", partner, "country"_public);
  append_field(json, "addressLocality", partner, "city"_public);
  json.end_object().end_object();
  return element_of(text);
}

}  // namespace covenant
