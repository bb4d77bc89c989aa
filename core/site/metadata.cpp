#include "core/site/metadata.hpp"

#include <fmt/format.h>

#include <array>

#include "core/model/codes.hpp"
#include "core/model/date.hpp"
#include "core/model/public_list.hpp"
#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/head.hpp"
#include "core/site/locale.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// Whether every listed partner has the field: each has joined, and may share no practices.
bool is_always_present(PublicField field) {
  const FieldInfo& info = info_of(field);
  return field == "partner_since"_public || (!info.is_optional && info.shape != ColumnShape::practices);
}

void write_csv_column(JsonWriter& json, PublicField field) {
  const FieldInfo& info = info_of(field);
  json.begin_object().member("name", code_of(field)).member("titles", code_of(field));
  json.member("dc:description", info.publicity.meaning).key("datatype");
  if (const std::string pattern = info.pattern(); !pattern.empty()) {
    json.begin_object().member("base", info.datatype).member("format", pattern).end_object();
  } else {
    json.value(info.datatype);
  }
  if (info.shape == ColumnShape::categories) json.member("separator", ";");
  if (info.shape == ColumnShape::practices) json.member("separator", "\n");
  json.key("required").raw(is_always_present(field) ? "true" : "false").end_object();
}

void write_reference(JsonWriter& json, std::string_view name, std::string_view id) {
  json.key(name).begin_object().member("@id", id).end_object();
}

void write_typed_reference(JsonWriter& json, std::string_view name, std::string_view type,
                           std::string_view id) {
  json.key(name).begin_object().member("@id", id).member("@type", type).end_object();
}

void write_day(JsonWriter& json, std::string_view name, std::optional<Date> day) {
  if (!day) return;
  json.key(name).begin_object().member("@value", day->str()).member("@type", "xsd:date").end_object();
}

/// The same message in every language of the site.
template <class TextOf>
void write_in_languages(JsonWriter& json, std::string_view name, const PageOptions& options, TextOf text_of) {
  json.key(name).begin_array();
  for (const OfficialLanguage language : options.languages) {
    json.begin_object().member("@value", text_of(options.catalogue_of(language)));
    json.member("@language", code_of(language)).end_object();
  }
  json.end_array();
}

/// Begins an entry of one of the Publications Office's authority tables, in which DCAT-AP wants to see that
/// it is one. Source: the tables "continent", "data-theme", "file-type", "frequency", "language" and
/// "planned-availability".
JsonWriter& begin_entry(JsonWriter& json, std::string_view type, std::string_view table,
                        std::string_view code) {
  constexpr std::string_view authority = "http://publications.europa.eu/resource/authority/";
  json.begin_object().member("@id", fmt::format("{}{}/{}", authority, table, code)).member("@type", type);
  write_reference(json, "skos:inScheme", fmt::format("{}{}", authority, table));
  return json;
}

/// A concept, which DCAT-AP wants with its label.
void write_concept(JsonWriter& json, std::string_view table, std::string_view code, std::string_view label) {
  begin_entry(json, "skos:Concept", table, code).key("skos:prefLabel");
  json.begin_object().member("@value", label).member("@language", "en").end_object().end_object();
}

void write_languages(JsonWriter& json, const PageOptions& options) {
  json.key("dct:language").begin_array();
  for (const OfficialLanguage language : options.languages) {
    begin_entry(json, "dct:LinguisticSystem", "language", authority_code(language)).end_object();
  }
  json.end_array();
}

struct Distribution {
  std::string_view title;
  std::string file;
  std::string_view media_type;
  std::string_view content;  ///< a message
  std::string schema{};      ///< the file with what its JSON conforms to
};

void write_distribution(JsonWriter& json, const PageOptions& options, const Distribution& distribution) {
  const std::string folder = site_folder(options.base_url);
  json.begin_object().member("@type", "dcat:Distribution").member("dct:title", distribution.title);
  write_in_languages(json, "dct:description", options, [&](const Catalogue& catalogue) {
    return std::string(catalogue.text(distribution.content)) + " (" + distribution.file + ")";
  });
  write_concept(json.key("dcatap:availability"), "planned-availability", "STABLE", "stable");
  write_reference(json, "dcat:accessURL", folder + site_path(SiteFile::list, {.language = options.language}));
  write_reference(json, "dcat:downloadURL", folder + distribution.file);
  begin_entry(json.key("dct:format"), "dct:MediaTypeOrExtent", "file-type", distribution.title).end_object();
  write_typed_reference(
      json, "dcat:mediaType", "dct:MediaType",
      "https://www.iana.org/assignments/media-types/" + std::string(distribution.media_type));
  if (!distribution.schema.empty())
    write_typed_reference(json, "dct:conformsTo", "dct:Standard", folder + distribution.schema);
  if (options.links.licence) {
    write_typed_reference(json, "dct:license", "dct:LicenseDocument",
                          options.links.licence->in(options.language).str());
  }
  json.end_object();
}

void write_distributions(JsonWriter& json, const PageOptions& options) {
  json.key("dcat:distribution").begin_array();
  constexpr std::string_view partners = "Associated Partners";
  constexpr std::string_view practices = "Practices and tools";
  write_distribution(json, options, {"CSV", site_path(SiteFile::csv), "text/csv", partners});
  write_distribution(json, options, {"CSV", site_path(SiteFile::practices_csv), "text/csv", practices});
  write_distribution(json, options,
                     {"JSON", site_path(SiteFile::json), "application/json", partners,
                      site_path(SiteFile::partners_schema)});
  const SiteFileOf in_language{.language = options.language};
  write_distribution(
      json, options,
      {"ATOM", site_path(SiteFile::partners_feed, in_language), "application/atom+xml", "Latest changes"});
  json.end_array();
}

void write_office(JsonWriter& json, const PageOptions& options) {
  const auto office = [](const Catalogue& catalogue) { return catalogue.text("Covenant of Mayors Office"); };
  json.key("dct:publisher").begin_object().member("@type", "foaf:Agent");
  write_in_languages(json, "foaf:name", options, office);
  json.end_object().key("dcat:contactPoint").begin_object();
  json.key("@type").begin_array().value("vcard:Organization").value("vcard:Kind").end_array();
  json.member("vcard:fn", office(options.catalogue()));
  if (options.links.contact)
    write_reference(json, "vcard:hasURL", options.links.contact->in(options.language).str());
  json.end_object();
}

}  // namespace

std::string csv_metadata(const PageOptions& options, std::optional<Date> modified) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("@context").begin_array().value("http://www.w3.org/ns/csvw");
  json.begin_object().member("@language", "en").end_object().end_array();
  json.member("url", site_path(SiteFile::csv))
      .member("dc:title", "Associated Partners of the Covenant of Mayors");
  write_day(json, "dc:modified", modified);
  if (options.links.licence)
    write_reference(json, "dc:license", options.links.licence->in(options.language).str());
  json.key("dialect").begin_object().member("encoding", "utf-8").member("delimiter", ",");
  json.key("header").raw("true").key("lineTerminators").begin_array().value("\r\n").end_array().end_object();
  json.key("tableSchema").begin_object().key("columns").begin_array();
  for (std::size_t i = 0; i < Codes<PublicField>::codes.size(); ++i) {
    write_csv_column(json, static_cast<PublicField>(i));
  }
  json.end_array().member("primaryKey", "id");
  json.member("aboutUrl", site_path(SiteFile::list, {.language = options.language}) + "#{id}")
      .end_object()
      .end_object();
  return out + "\n";
}

std::string dataset_description(const PageOptions& options, std::optional<Date> modified) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("@context").begin_object();
  json.member("dcat", "http://www.w3.org/ns/dcat#").member("dcatap", "http://data.europa.eu/r5r/");
  json.member("dct", "http://purl.org/dc/terms/");
  json.member("foaf", "http://xmlns.com/foaf/0.1/").member("skos", "http://www.w3.org/2004/02/skos/core#");
  json.member("vcard", "http://www.w3.org/2006/vcard/ns#");
  json.member("xsd", "http://www.w3.org/2001/XMLSchema#").end_object();
  json.member("@id", site_folder(options.base_url) + "#dataset").member("@type", "dcat:Dataset");
  write_in_languages(json, "dct:title", options, [&](const Catalogue& catalogue) {
    return std::string(catalogue.text("Associated Partners")) + " – " + site_name(catalogue, options);
  });
  write_in_languages(json, "dct:description", options,
                     [](const Catalogue& catalogue) { return lead(catalogue); });
  write_in_languages(json, "dcat:keyword", options,
                     [](const Catalogue& catalogue) { return catalogue.text("Covenant of Mayors"); });
  begin_entry(json.key("dct:spatial"), "dct:Location", "continent", "EUROPE").end_object();
  json.key("dct:temporal").begin_object().member("@type", "dct:PeriodOfTime");
  write_day(json, "dcat:startDate", first_day);
  json.end_object();
  write_day(json, "dct:modified", modified);
  begin_entry(json.key("dct:accrualPeriodicity"), "dct:Frequency", "frequency", "IRREG").end_object();
  write_languages(json, options);
  write_office(json, options);
  write_concept(json.key("dcat:theme"), "data-theme", "ENER", "Energy");
  write_typed_reference(
      json, "dcat:landingPage", "foaf:Document",
      site_folder(options.base_url) + site_path(SiteFile::list, {.language = options.language}));
  write_distributions(json, options);
  json.end_object();
  return out + "\n";
}

SitemapWriter::SitemapWriter(TextSink& sink, const PageOptions& options)
    : sink_(sink), options_(options), folder_(site_folder(options.base_url)) {
  sink_.write(
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
      "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
}

void SitemapWriter::append_address(std::string_view path) {
  out_ = "<url>\n";
  append_element(out_, "loc", folder_ + std::string(path));
}

void SitemapWriter::append_alternate(std::string_view tag, std::string_view path) {
  out_.append(R"(<xhtml:link rel="alternate" hreflang=")").append(tag).append("\" href=\"");
  append_xml(out_, folder_ + std::string(path));
  out_ += "\"/>\n";
}

void SitemapWriter::list(SiteFile file, OfficialLanguage language, std::optional<Date> modified) {
  append_address(site_path(file, {.language = language}));
  if (modified) append_element(out_, "lastmod", modified->str());
  for (const OfficialLanguage other : options_.languages)
    append_alternate(code_of(other), site_path(file, {.language = other}));
  append_alternate("x-default", site_path(file, {.language = options_.language}));
  out_ += "</url>\n";
  sink_.write(out_);
}

void SitemapWriter::page(std::string_view path) {
  append_address(path);
  out_ += "</url>\n";
  sink_.write(out_);
}

void SitemapWriter::finish() {
  sink_.write("</urlset>\n");
}

std::string sitemap_index(const PageOptions& options, const std::vector<std::string>& names) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n";
  for (const std::string& name : names) {
    out += "<sitemap>\n";
    append_element(out, "loc", site_folder(options.base_url) + name);
    out += "</sitemap>\n";
  }
  return out + "</sitemapindex>\n";
}

}  // namespace covenant
