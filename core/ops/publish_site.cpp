#include "core/ops/publish_site.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "core/site/feeds.hpp"
#include "core/site/metadata.hpp"
#include "core/site/record.hpp"

namespace covenant {

namespace {

/// Publishes in the languages of a site.
class SitePublisher {
 public:
  SitePublisher(Read& read, const Publication& publication, StagedFolder& folder)
      : read_(read),
        publication_(publication),
        folder_(folder),
        summary_(summarise(read, publication.query)) {}

  std::int64_t run() {
    for (const OfficialLanguage language : publication_.page.languages) write_lists(language);
    write_data();
    write_partner_pages();
    write_sitemaps();
    return summary_.count;
  }

 private:
  Publication in(OfficialLanguage language, ExportFormat format) const {
    Publication publication = publication_;
    publication.format = format;
    publication.page.language = language;
    return publication;
  }

  void write_lists(OfficialLanguage language) {
    const Publication list = in(language, ExportFormat::html);
    folder_.write(page_file_name(language), [&](TextSink& sink) { publish(read_, list, sink); });
    for (const FeedTopic topic : {FeedTopic::partners, FeedTopic::practices}) {
      folder_.write(feed_file_name(topic, language),
                    [&](TextSink& sink) { publish_feed(read_, topic, list, sink); });
    }
    folder_.write(json_feed_file_name(language),
                  [&](TextSink& sink) { publish_json_feed(read_, list, sink); });
  }

  void write_text(const std::string& path, const std::string& text) {
    folder_.write(path, [&](TextSink& sink) { sink.write(text); });
  }

  void write_data() {
    const OfficialLanguage language = publication_.page.language;
    for (const ExportFormat format : {ExportFormat::csv, ExportFormat::json}) {
      const Publication data = in(language, format);
      folder_.write("partners." + std::string(code_of(format)),
                    [&](TextSink& sink) { publish(read_, data, sink); });
    }
    write_text("partners.csv-metadata.json", csv_metadata(publication_.page, summary_.modified));
    write_text("dataset.jsonld", dataset_description(publication_.page, summary_.modified));
  }

  void write_partner_pages() {
    std::deque<PartnerPage> pages;
    for (const OfficialLanguage language : publication_.page.languages) {
      pages.emplace_back(in(language, ExportFormat::html).page);
    }
    const auto write = [&](PartnerId id, const auto& partner) {
      for (PartnerPage& page : pages) {
        folder_.write(partner_page_path(id, page.language()),
                      [&](TextSink& sink) { page.write(sink, partner); });
      }
    };
    for_each_public_row_by_id(read_, publication_.query, [&](const PublicTexts& partner) {
      const PartnerId id = PartnerId::parse(partner.front()).value();
      write(id, partner);
      listed_.push_back(id);
    });
    for_each_former_partner(read_, publication_.query,
                            [&](const FormerPartner& partner) { write(partner.id, partner); });
  }

  std::int64_t addresses() const {
    return static_cast<std::int64_t>((listed_.size() + 1) * publication_.page.languages.size());
  }

  void write_address(SitemapWriter& sitemap, std::int64_t number) const {
    const std::vector<OfficialLanguage>& languages = publication_.page.languages;
    const auto [page, language] = std::ldiv(number, static_cast<std::int64_t>(languages.size()));
    const OfficialLanguage in_language = languages[static_cast<std::size_t>(language)];
    if (page == 0) return sitemap.list(in_language, summary_.modified);
    sitemap.page(partner_page_path(listed_[static_cast<std::size_t>(page - 1)], in_language));
  }

  void write_sitemap(const std::string& name, std::int64_t first) {
    const std::int64_t end = std::min(addresses(), first + SitemapWriter::most_addresses);
    folder_.write(name, [&](TextSink& sink) {
      SitemapWriter sitemap(sink, publication_.page);
      for (std::int64_t number = first; number < end; ++number) write_address(sitemap, number);
      sitemap.finish();
    });
  }

  void write_sitemaps() {
    if (addresses() <= SitemapWriter::most_addresses) return write_sitemap("sitemap.xml", 0);
    std::vector<std::string> names;
    for (std::int64_t first = 0; first < addresses(); first += SitemapWriter::most_addresses) {
      names.push_back("sitemap-" + std::to_string(names.size() + 1) + ".xml");
      write_sitemap(names.back(), first);
    }
    write_text("sitemap.xml", sitemap_index(publication_.page, names));
  }

  Read& read_;
  const Publication& publication_;
  StagedFolder& folder_;
  const PublicSummary summary_;
  std::vector<PartnerId> listed_;
};

/// Takes a prefix and a suffix off; nothing when they are not there.
std::optional<std::string_view> between(std::string_view text, std::string_view prefix,
                                        std::string_view suffix) {
  if (text.size() < prefix.size() + suffix.size()) return std::nullopt;
  if (!text.starts_with(prefix) || !text.ends_with(suffix)) return std::nullopt;
  return text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
}

bool is_language(std::optional<std::string_view> text) {
  return text && from_code<OfficialLanguage>(*text);
}

bool is_number(std::optional<std::string_view> text) {
  return text && !text->empty() && text->find_first_not_of("0123456789") == std::string_view::npos;
}

/// "AP-0031.lv"
bool is_partner_page(std::optional<std::string_view> text) {
  if (!text) return false;
  const std::size_t dot = text->find('.');
  if (dot == std::string_view::npos || !is_language(text->substr(dot + 1))) return false;
  const auto id = PartnerId::parse(text->substr(0, dot));
  return id && id->str() == text->substr(0, dot);
}

}  // namespace

std::int64_t publish_site(Read& read, const Publication& publication, StagedFolder& folder) {
  return SitePublisher(read, publication, folder).run();
}

bool is_site_file(std::string_view path) {
  constexpr std::array<std::string_view, 5> names = {"partners.csv", "partners.csv-metadata.json",
                                                     "partners.json", "dataset.jsonld", "sitemap.xml"};
  return std::find(names.begin(), names.end(), path) != names.end() ||
         is_language(between(path, "partners.", ".html")) ||
         is_language(between(path, "partners.", ".atom")) ||
         is_language(between(path, "practices.", ".atom")) || is_language(between(path, "feed.", ".json")) ||
         is_number(between(path, "sitemap-", ".xml")) || is_partner_page(between(path, "partner/", ".html"));
}

}  // namespace covenant
