#include "core/site/feeds.hpp"

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
      catalogue_(Catalogue::of(options.language)),
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
  append_element(out_, "updated", updated ? FeedWords::midnight(*updated) : "1970-01-01T00:00:00Z");
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
  out_ = "<entry>\n";
  append_element(out_, "id", words_.id(change));
  append_element(out_, "title", words_.title(change));
  append_element(out_, "updated", FeedWords::midnight(change.day));
  append_element(out_, "published", FeedWords::midnight(change.day));
  out_.append("<category term=\"").append(code_of(change.kind)).append("\"/>\n");
  append_links(change);
  append_content(change);
  out_ += "</entry>\n";
  sink_.write(out_);
}

void AtomFeed::append_links(const PublicChange& change) {
  if (const std::string page = words_.address(change); !page.empty())
    append_link("alternate", html_type, page);
  if (change.website) append_link("related", "", change.website->str());
}

void AtomFeed::append_content(const PublicChange& change) {
  if (change.kind == PublicChangeKind::practices) return append_practices(change);
  const bool has_text = change.kind == PublicChangeKind::joined && change.description;
  out_ += "<content type=\"text\"";
  if (has_text) out_ += " xml:lang=\"" + change.language.str() + '"';
  out_ += '>';
  append_xml(out_, has_text ? change.description->str() : words_.dated(change));
  out_ += "</content>\n";
}

void AtomFeed::append_practices(const PublicChange& change) {
  std::string list = "<ul>\n";
  for (const Practice& practice : change.practices) {
    list += "<li>";
    if (practice.url()) {
      list += "<a href=\"";
      append_html(list, practice.url()->str());
      list += "\">";
    }
    append_html(list, practice.title());
    list += practice.url() ? "</a></li>\n" : "</li>\n";
  }
  list += "</ul>";
  out_ += R"(<content type="html" xml:lang=")" + change.language.str() + "\">";
  append_xml(out_, list);
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
  json.member("language", has_text ? std::string_view(change.language.str()) : words_.tag()).end_object();
  sink_.write(out_);
}

void JsonFeed::finish() {
  sink_.write("]}\n");
}

}  // namespace covenant
