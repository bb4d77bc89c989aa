#include "core/ops/publish_site.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "core/site/addresses.hpp"
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
    const SiteFileOf in_language{.language = language};
    folder_.write(site_path(SiteFile::list, in_language),
                  [&](TextSink& sink) { publish(read_, list, sink); });
    for (const FeedTopic topic : {FeedTopic::partners, FeedTopic::practices}) {
      folder_.write(site_path(feed_of(topic), in_language),
                    [&](TextSink& sink) { publish_feed(read_, topic, list, sink); });
    }
    folder_.write(site_path(SiteFile::json_feed, in_language),
                  [&](TextSink& sink) { publish_json_feed(read_, list, sink); });
  }

  void write_text(SiteFile file, const std::string& text) {
    folder_.write(site_path(file), [&](TextSink& sink) { sink.write(text); });
  }

  void write_data() {
    write_data(SiteFile::csv, ExportFormat::csv);
    write_data(SiteFile::json, ExportFormat::json);
    write_text(SiteFile::csv_metadata, csv_metadata(publication_.page, summary_.modified));
    write_text(SiteFile::dataset, dataset_description(publication_.page, summary_.modified));
  }

  void write_data(SiteFile file, ExportFormat format) {
    const Publication data = in(publication_.page.language, format);
    folder_.write(site_path(file), [&](TextSink& sink) { publish(read_, data, sink); });
  }

  void write_partner_pages() {
    std::deque<PartnerPage> pages;
    for (const OfficialLanguage language : publication_.page.languages) {
      pages.emplace_back(in(language, ExportFormat::html).page);
    }
    const auto write = [&](PartnerId id, const auto& partner) {
      for (PartnerPage& page : pages) {
        folder_.write(site_path(SiteFile::partner_page, {.language = page.language(), .partner = id}),
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
    const PartnerId partner = listed_[static_cast<std::size_t>(page - 1)];
    sitemap.page(site_path(SiteFile::partner_page, {.language = in_language, .partner = partner}));
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
    if (addresses() <= SitemapWriter::most_addresses) return write_sitemap(site_path(SiteFile::sitemap), 0);
    std::vector<std::string> names;
    for (std::int64_t first = 0; first < addresses(); first += SitemapWriter::most_addresses) {
      names.push_back(
          site_path(SiteFile::sitemap_part, {.number = static_cast<std::int64_t>(names.size()) + 1}));
      write_sitemap(names.back(), first);
    }
    write_text(SiteFile::sitemap, sitemap_index(publication_.page, names));
  }

  Read& read_;
  const Publication& publication_;
  StagedFolder& folder_;
  const PublicSummary summary_;
  std::vector<PartnerId> listed_;
};

}  // namespace

std::int64_t publish_site(Read& read, const Publication& publication, StagedFolder& folder) {
  return SitePublisher(read, publication, folder).run();
}

}  // namespace covenant
