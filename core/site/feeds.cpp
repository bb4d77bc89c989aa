#include "core/site/feeds.hpp"

#include <fmt/format.h>

#include "core/site/head.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// Who mints the ids. Without a site's own address it is the initiative's domain.
std::string authority_of(const PageOptions& options) {
  return "tag:" + (options.base_url ? options.base_url->host_key() : "eumayors.eu") + ",2026:";
}

/// A message with a text in its one placeholder.
std::string filled(std::string_view message, std::string_view text) {
  const std::size_t open = message.find('{');
  return std::string(message.substr(0, open))
      .append(text)
      .append(message.substr(message.find('}', open) + 1));
}

}  // namespace

std::string feed_title(FeedTopic topic, const Catalogue& catalogue) {
  std::string title(catalogue.text("Associated Partners"));
  if (topic == FeedTopic::practices) title.append(" – ").append(catalogue.text("Practices and tools"));
  return title;
}

FeedWords::FeedWords(const PageOptions& options)
    : options_(options),
      catalogue_(options.catalogue()),
      locale_(options.language),
      authority_(authority_of(options)) {}

std::string FeedWords::site() const {
  return site_name(catalogue_, options_);
}

std::string FeedWords::title(FeedTopic topic) const {
  return feed_title(topic, catalogue_);
}

std::string FeedWords::id(const PublicChange& change) const {
  std::string id = authority_ + change.partner.str() + '/' + std::string(code_of(change.kind)) + '/' +
                   change.first_day.value_or(change.day).str();
  if (change.ordinal > 1) id += '/' + std::to_string(change.ordinal);
  return id;
}

std::string FeedWords::title(const PublicChange& change) const {
  switch (change.kind) {
    case PublicChangeKind::joined:
      return filled(catalogue_.text("New partner: {name}"), change.name.str());
    case PublicChangeKind::ended:
      return filled(catalogue_.text("No longer a partner: {name}"), change.name.str());
    case PublicChangeKind::practices:
      break;
  }
  return filled(catalogue_.text("New practices and tools: {name}"), change.name.str());
}

std::string FeedWords::dated(const PublicChange& change) {
  return filled(change.kind == PublicChangeKind::ended ? catalogue_.text("Partner until: {date}")
                                                       : catalogue_.text("Partner since: {date}"),
                locale_.long_date(change.day));
}

std::string FeedWords::address(const PublicChange& change) const {
  const std::string folder = site_folder(options_.base_url);
  const OfficialLanguage language = options_.language;
  if (options_.place == PagePlace::in_site)
    return folder + site_path(SiteFile::partner_page, {.language = language, .partner = change.partner});
  if (!options_.base_url) return {};
  const std::string page = folder + site_path(SiteFile::list, {.language = language});
  return change.listed == IsListed::yes ? page + '#' + change.partner.str() : page;
}

namespace {

constexpr std::string_view html_type = "text/html";

/// What a feed was last updated on that never had an entry: its ids are of that year.
constexpr std::string_view before_all = "2026-01-01T00:00:00Z";

}  // namespace

AtomFeed::AtomFeed(TextSink& sink, FeedTopic topic, const PageOptions& options, std::optional<Date> updated)
    : sink_(sink), options_(options), words_(options), folder_(site_folder(options.base_url)) {
  append_head(topic, updated);
}

void AtomFeed::append_head(FeedTopic topic, std::optional<Date> updated) {
  const std::string file = site_path(feed_of(topic), {.language = options_.language});
  const std::string site = words_.site();
  out_ =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"";
  out_.append(words_.tag()).append("\">\n");
  append_element(out_, "id", words_.id(file));
  append_element(out_, "title", words_.title(topic));
  append_element(out_, "subtitle", site);
  append_element(out_, "updated", updated ? FeedWords::midnight(*updated) : std::string(before_all));
  out_ += "<author><name>";
  append_xml(out_, site);
  out_ += "</name></author>\n";
  const bool in_site = options_.place == PagePlace::in_site;
  if (options_.base_url) append_link("self", "application/atom+xml", folder_ + file);
  if (options_.base_url || in_site)
    append_link("alternate", html_type, folder_ + site_path(SiteFile::list, {.language = options_.language}));
  if (options_.links.licence) append_link("license", "", options_.links.licence->in(options_.language).str());
  sink_.write(out_);
}

void AtomFeed::entry(const PublicChange& change) {
  if (change.kind == PublicChangeKind::practices) return practices(change);
  append_beginning(change, words_.id(change));
  append_element(out_, "title", words_.title(change));
  append_page(change);
  if (change.website) append_link("related", "", change.website->str());
  append_content(change);
  out_ += "</entry>\n";
  sink_.write(out_);
}

/// Each is a thing of its own: an entry with its title. The first has the id of the change.
void AtomFeed::practices(const PublicChange& change) {
  const std::string id = words_.id(change);
  const std::string_view language = published_tag(change.language.str());
  std::size_t number = 0;
  for (const Practice& practice : change.practices) {
    append_beginning(change, ++number == 1 ? id : id + '/' + std::to_string(number));
    out_ += fmt::format("<title xml:lang=\"{}\">", language);
    append_xml(out_, practice.title());
    out_ += "</title>\n";
    append_page(change);
    if (practice.url()) append_link("related", "", practice.url()->str());
    out_ += "<content type=\"text\">";
    append_xml(out_, words_.title(change));
    out_ += "</content>\n</entry>\n";
    sink_.write(out_);
  }
}

void AtomFeed::append_beginning(const PublicChange& change, std::string_view id) {
  out_ = "<entry>\n";
  append_element(out_, "id", id);
  append_element(out_, "updated", FeedWords::midnight(change.day));
  append_element(out_, "published", FeedWords::midnight(change.day));
  out_.append("<category term=\"").append(code_of(change.kind)).append("\"/>\n");
}

void AtomFeed::append_page(const PublicChange& change) {
  if (const std::string page = words_.address(change); !page.empty())
    append_link("alternate", html_type, page);
}

void AtomFeed::append_content(const PublicChange& change) {
  const bool has_text = change.kind == PublicChangeKind::joined && change.description;
  out_ += "<content type=\"text\"";
  if (has_text) out_ += fmt::format(" xml:lang=\"{}\"", published_tag(change.language.str()));
  out_ += '>';
  append_xml(out_, has_text ? change.description->str() : words_.dated(change));
  out_ += "</content>\n";
}

void AtomFeed::append_link(std::string_view relation, std::string_view type, std::string_view url) {
  out_.append("<link rel=\"").append(relation).append("\"");
  if (!type.empty()) out_.append(" type=\"").append(type).append("\"");
  if (type == html_type) out_.append(" hreflang=\"").append(words_.tag()).append("\"");
  out_ += " href=\"";
  append_xml(out_, url);
  out_ += "\"/>\n";
}

void AtomFeed::finish() {
  sink_.write("</feed>\n");
}

JsonFeed::JsonFeed(TextSink& sink, FeedTopic topic, const PageOptions& options,
                   std::optional<Date> /*updated*/)
    : sink_(sink), words_(options) {
  JsonWriter json(out_);
  json.begin_object().member("version", "https://jsonfeed.org/version/1.1");
  json.member("title", words_.title(topic)).member("language", words_.tag());
  if (options.base_url) {
    json.member("home_page_url",
                site_folder(options.base_url) + site_path(SiteFile::list, {.language = options.language}));
    json.member("feed_url", site_folder(options.base_url) +
                                site_path(SiteFile::json_feed, {.language = options.language}));
  }
  json.key("authors").begin_array().begin_object().member("name", words_.site()).end_object().end_array();
  json.key("items").begin_array();
  sink_.write(out_);
}

void JsonFeed::entry(const PublicChange& change) {
  out_ = is_first_ ? "\n" : ",\n";
  is_first_ = false;
  const bool has_text = change.kind == PublicChangeKind::joined && change.description;
  JsonWriter json(out_);
  json.begin_object().member("id", words_.id(change));
  if (words_.options().base_url) json.member("url", words_.address(change));
  if (change.website) json.member("external_url", change.website->str());
  json.member("title", words_.title(change));
  json.member("content_text", has_text ? change.description->str() : words_.dated(change));
  json.member("date_published", FeedWords::midnight(change.day));
  json.key("tags").begin_array().value(code_of(change.kind)).end_array();
  json.member("language", has_text ? published_tag(change.language.str()) : words_.tag()).end_object();
  sink_.write(out_);
}

void JsonFeed::finish() {
  sink_.write("]}\n");
}

}  // namespace covenant
