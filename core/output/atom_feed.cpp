#include "core/output/atom_feed.hpp"

#include "core/output/html_head.hpp"
#include "core/output/html_text.hpp"
#include "core/output/site_metadata.hpp"
#include "core/output/xml_text.hpp"

namespace covenant {

namespace {

constexpr std::string_view html_type = "text/html";

/// Who mints the ids. Without a site's own address the initiative's domain stands for it.
std::string authority_of(const PageOptions& options) {
  return "tag:" + (options.base_url ? options.base_url->host_key() : "eumayors.eu") + ",2026:";
}

std::string midnight(Date day) {
  return day.str() + "T00:00:00Z";
}

/// The local part of an entry's id: permanent, since history is only ever added to.
std::string name_of(const PublicChange& change) {
  std::string name = change.partner.str() + '/' + std::string(code_of(change.kind)) + '/' + change.day.str();
  if (change.ordinal > 1) name += '/' + std::to_string(change.ordinal);
  return name;
}

}  // namespace

std::string feed_title(FeedTopic topic, const Catalogue& catalogue) {
  std::string title(catalogue.text("Associated Partners"));
  if (topic == FeedTopic::practices) title.append(" – ").append(catalogue.text("Practices and tools"));
  return title;
}

std::string feed_file_name(FeedTopic topic, OfficialLanguage language) {
  return (topic == FeedTopic::partners ? "partners." : "practices.") + std::string(code_of(language)) +
         ".atom";
}

std::string partner_page_path(PartnerId partner, OfficialLanguage language) {
  return std::string(partner_page_folder) + partner.str() + '.' + std::string(code_of(language)) + ".html";
}

AtomFeed::AtomFeed(TextSink& sink, FeedTopic topic, const PageOptions& options, std::optional<Date> updated)
    : sink_(sink),
      options_(options),
      catalogue_(Catalogue::of(options.language)),
      locale_(options.language),
      authority_(authority_of(options)),
      folder_(site_folder(options)) {
  append_head(topic, updated);
}

void AtomFeed::append_head(FeedTopic topic, std::optional<Date> updated) {
  const std::string file = feed_file_name(topic, options_.language);
  const std::string site = site_name(catalogue_, options_);
  out_ =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"";
  out_.append(catalogue_.code()).append("\">\n");
  append_element(out_, "id", authority_ + file);
  append_element(out_, "title", feed_title(topic, catalogue_));
  append_element(out_, "subtitle", site);
  append_element(out_, "updated", updated ? midnight(*updated) : "1970-01-01T00:00:00Z");
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
  append_element(out_, "id", authority_ + name_of(change));
  append_title(change);
  append_element(out_, "updated", midnight(change.day));
  append_element(out_, "published", midnight(change.day));
  out_.append("<category term=\"").append(code_of(change.kind)).append("\"/>\n");
  append_links(change);
  append_content(change);
  out_ += "</entry>\n";
  sink_.write(out_);
}

void AtomFeed::append_title(const PublicChange& change) {
  std::string_view message;
  switch (change.kind) {
    case PublicChangeKind::joined:
      message = catalogue_.text("Joined: {name}");
      break;
    case PublicChangeKind::ended:
      message = catalogue_.text("No longer a partner: {name}");
      break;
    case PublicChangeKind::practices:
      message = catalogue_.text("New practices and tools: {name}");
      break;
  }
  const std::size_t place = message.find("{name}");
  std::string title(message);
  title.replace(place, std::string_view("{name}").size(), change.name.str());
  append_element(out_, "title", title);
}

void AtomFeed::append_links(const PublicChange& change) {
  if (options_.place == PagePlace::in_site) {
    append_link("alternate", html_type, folder_ + partner_page_path(change.partner, options_.language));
  } else if (options_.base_url) {
    const std::string page = folder_ + page_file_name(options_.language);
    append_link("alternate", html_type,
                change.listed == IsListed::yes ? page + '#' + change.partner.str() : page);
  }
  if (change.website) append_link("related", "", change.website->str());
}

void AtomFeed::append_content(const PublicChange& change) {
  if (change.kind == PublicChangeKind::practices) return append_practices(change);
  if (change.kind == PublicChangeKind::ended)
    return append_dated_content(catalogue_.text("Partner until: {date}"), change.day);
  if (!change.description) return append_dated_content(catalogue_.text("Partner since: {date}"), change.day);
  out_ += "<content type=\"text\" xml:lang=\"" + change.language.str() + "\">";
  append_xml(out_, change.description->str());
  out_ += "</content>\n";
}

void AtomFeed::append_practices(const PublicChange& change) {
  std::string list = "<ul>\n";
  for (const Practice& practice : change.practices) {
    list += "<li>";
    if (practice.url()) {
      list += "<a";
      append_attribute(list, "href", practice.url()->str());
      list += '>';
    }
    list += html(practice.title()) + (practice.url() ? "</a></li>\n" : "</li>\n");
  }
  list += "</ul>";
  out_ += "<content type=\"html\" xml:lang=\"" + change.language.str() + "\">";
  append_xml(out_, list);
  out_ += "</content>\n";
}

void AtomFeed::append_dated_content(std::string_view message, Date day) {
  const std::string date(locale_.long_date(day));
  out_ += "<content type=\"text\">";
  append_message(out_, message, {{"date", date}});
  out_ += "</content>\n";
}

void AtomFeed::append_link(std::string_view relation, std::string_view type, std::string_view url) {
  out_.append("<link rel=\"").append(relation).append("\"");
  if (!type.empty()) out_.append(" type=\"").append(type).append("\"");
  if (type == html_type) out_.append(" hreflang=\"").append(catalogue_.code()).append("\"");
  out_ += " href=\"";
  append_xml(out_, url);
  out_ += "\"/>\n";
}

void AtomFeed::finish() {
  sink_.write("</feed>\n");
}

}  // namespace covenant
