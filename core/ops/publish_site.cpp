#include "core/ops/publish_site.hpp"

#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "core/site/addresses.hpp"
#include "core/site/feeds.hpp"
#include "core/site/manifest.hpp"
#include "core/site/metadata.hpp"
#include "core/site/record.hpp"

namespace covenant {

namespace {

/// More than the manifest of a million partners has.
constexpr std::size_t most_bytes_of_manifest = std::size_t{128} * 1024 * 1024;

/// What the registry shows in a site, and of each partner.
SiteManifest manifest_of(Read& read, const PublicQuery& query, const PublicSummary& summary) {
  SiteManifest manifest;
  MadeFrom all;
  const auto add_page = [&](PartnerId id, const auto& partner) {
    manifest.pages.emplace_back(id, MadeFrom().add(partner).finish());
    all.add(id).add(bytes_of(manifest.pages.back().second));
  };
  all.add(summary);
  for_each_public_row_by_id(read, query, [&](const PublicTexts& partner) {
    add_page(PartnerId::parse(partner.front()).value(), partner);
  });
  for_each_former_partner(read, query, [&](const FormerPartner& partner) { add_page(partner.id, partner); });
  for (const FeedTopic topic : {FeedTopic::partners, FeedTopic::practices})
    for_each_entry(read, topic, query, [&](const PublicChange& change) { all.add(change); });
  std::sort(manifest.pages.begin(), manifest.pages.end());
  manifest.shown = all.finish();
  return manifest;
}

/// Publishes in the languages of a site.
class SitePublisher {
 public:
  SitePublisher(Read& read, const Publication& publication, StagedFolder& folder)
      : read_(read),
        publication_(publication),
        folder_(folder),
        summary_(summarise(read, publication.query)),
        manifest_(manifest_of(read, publication.query, summary_)) {}

  SiteOutcome run(SiteExtent extent) {
    const auto made = made_by(publication_.page);
    if (made) manifest_.made = *made;
    if (made && extent == SiteExtent::changed) find_standing();
    if (standing_ && standing_->shown == manifest_.shown) return {summary_.count, standing_->files};
    for (const OfficialLanguage language : publication_.page.languages) write_lists(language);
    write_data();
    write_partner_pages();
    write_sitemaps();
    if (made) write_manifest();
    return {summary_.count};
  }

 private:
  /// The manifest of the target, if the same program made it with the same options.
  void find_standing() {
    const auto text = folder_.standing_text(site_path(SiteFile::manifest), most_bytes_of_manifest);
    if (text) standing_ = SiteManifest::parse(*text);
    if (standing_ && standing_->made != manifest_.made) standing_.reset();
  }

  void write_manifest() {
    manifest_.files = folder_.written() + 1;
    folder_.write_seal(site_path(SiteFile::manifest), manifest_.str());
  }

  /// Whether the pages of a partner are what they would be if they were written.
  bool is_standing(PartnerId partner) const {
    const Digest* const page = standing_ ? standing_->page_of(partner) : nullptr;
    return page != nullptr && *page == *manifest_.page_of(partner);
  }

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
      const bool is_same = is_standing(id);
      for (PartnerPage& page : pages) {
        const std::string path =
            site_path(SiteFile::partner_page, {.language = page.language(), .partner = id});
        if (is_same && folder_.keep(path)) continue;
        folder_.write(path, [&](TextSink& sink) { page.write(sink, partner); });
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
  SiteManifest manifest_;
  std::optional<SiteManifest> standing_;
  std::vector<PartnerId> listed_;
};

}  // namespace

SiteOutcome publish_site(Read& read, const Publication& publication, SiteExtent extent,
                         StagedFolder& folder) {
  return SitePublisher(read, publication, folder).run(extent);
}

}  // namespace covenant
