#include "core/site/atom_feed.hpp"

#include "core/site/metadata.hpp"
#include "core/text/escape.hpp"
#include "core/text/xml_text.hpp"

namespace covenant {

namespace {

constexpr std::string_view html_type = "text/html";

}  // namespace

std::string feed_file_name(FeedTopic topic, OfficialLanguage language) {
  return (topic == FeedTopic::partners ? "partners." : "practices.") + std::string(code_of(language)) +
         ".atom";
}

AtomFeed::AtomFeed(TextSink& sink, FeedTopic topic, const PageOptions& options, std::optional<Date> updated)
    : sink_(sink), options_(options), words_(options), folder_(site_folder(options)) {
  append_head(topic, updated);
}

void AtomFeed::append_head(FeedTopic topic, std::optional<Date> updated) {
  const std::string file = feed_file_name(topic, options_.language);
  const std::string site = words_.site();
  out_ =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"";
  out_.append(words_.code()).append("\">\n");
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
    append_link("alternate", html_type, folder_ + page_file_name(options_.language));
  if (options_.links.licence) append_link("license", "", options_.links.licence->str());
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
  if (type == html_type) out_.append(" hreflang=\"").append(words_.code()).append("\"");
  out_ += " href=\"";
  append_xml(out_, url);
  out_ += "\"/>\n";
}

void AtomFeed::finish() {
  sink_.write("</feed>\n");
}

}  // namespace covenant
