#include "core/ops/publish_site.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/site/addresses.hpp"
#include "core/site/feeds.hpp"
#include "core/site/json_schema.hpp"
#include "core/site/manifest.hpp"
#include "core/site/metadata.hpp"
#include "core/site/practices.hpp"
#include "core/site/record.hpp"

namespace covenant {

namespace {

/// More than the manifest of a million partners has.
constexpr std::size_t most_bytes_of_manifest = std::size_t{128} * 1024 * 1024;

/// Counts what goes on to another sink.
class CountingSink final : public TextSink {
 public:
  CountingSink(TextSink& sink, std::uint64_t& bytes) : sink_(sink), bytes_(bytes) {}

  void write(std::string_view text) override {
    bytes_ += text.size();
    sink_.write(text);
  }
  void flush() override { sink_.flush(); }

 private:
  TextSink& sink_;
  std::uint64_t& bytes_;
};

/// The listed partners and the entries of the feeds, read once.
class HeldList {
 public:
  /// More are read again for each page.
  static constexpr std::int64_t most = 20'000;

  HeldList(Read& read, const PublicQuery& query, const ListSource& source) : read_(read), query_(query) {
    for_each_public_row_by_id(read, query, [&](const PublicTexts& partner) {
      std::copy(partner.begin(), partner.end(), rows_.emplace_back().begin());
      ids_.push_back(PartnerId::parse(partner.front()).value());
    });
    for (const FeedTopic topic : topics) {
      auto& entries = entries_.at(static_cast<std::size_t>(topic));
      source.entries(topic, [&](const PublicChange& change) { entries.push_back(change); });
    }
  }

  static constexpr std::array topics = {FeedTopic::partners, FeedTopic::practices};

  void partners(OfficialLanguage language, const PageSource::VisitPartner& visit) {
    if (language_ != language) set_order(language);
    PublicTexts texts;
    for (const std::size_t place : order_) {
      std::copy(rows_[place].begin(), rows_[place].end(), texts.begin());
      visit(texts);
    }
  }

  void partners_by_id(const PageSource::VisitPartner& visit) const {
    PublicTexts texts;
    for (const auto& row : rows_) {
      std::copy(row.begin(), row.end(), texts.begin());
      visit(texts);
    }
  }

  void entries(FeedTopic topic, const ListSource::VisitChange& visit) const {
    for (const PublicChange& change : entries_.at(static_cast<std::size_t>(topic))) visit(change);
  }

 private:
  void set_order(OfficialLanguage language) {
    order_.clear();
    for (const PartnerId id : public_ids_by_name(read_, query_, std::string(code_of(language)))) {
      const auto place = std::lower_bound(ids_.begin(), ids_.end(), id);
      order_.push_back(static_cast<std::size_t>(place - ids_.begin()));
    }
    language_ = language;
  }

  Read& read_;
  const PublicQuery& query_;
  std::vector<std::array<std::string, std::tuple_size_v<PublicTexts>>> rows_;
  std::vector<PartnerId> ids_;
  std::array<std::vector<PublicChange>, topics.size()> entries_;
  std::optional<OfficialLanguage> language_;
  std::vector<std::size_t> order_;  ///< of the rows by name in that language
};

constexpr SitePart part_of(FeedTopic topic) {
  return topic == FeedTopic::partners ? SitePart::partners_feed : SitePart::practices_feed;
}

Digest made_from_entries(const ListSource& source, FeedTopic topic) {
  MadeFrom entries;
  std::int64_t count = 0;
  source.entries(topic, [&](const PublicChange& change) {
    entries.add(change);
    ++count;
  });
  if (count == 0) entries.add(source.summary.modified);
  return entries.finish();
}

/// What the registry shows in a site, in parts of it and of each partner.
SiteManifest manifest_of(Read& read, const PublicQuery& query, const ListSource& source) {
  SiteManifest manifest;
  MadeFrom all;
  MadeFrom practices;
  MadeFrom former;
  MadeFrom addresses;
  for (MadeFrom* const part : {&practices, &addresses}) part->add(source.summary.modified);
  const auto add_page = [&](PartnerId id, const auto& partner) {
    manifest.pages.emplace_back(id, MadeFrom().add(partner).finish());
    all.add(id).add(manifest.pages.back().second);
    addresses.add(id);
  };
  all.add(source.summary);
  for_each_public_row_by_id(read, query, [&](const PublicTexts& partner) {
    add_page(PartnerId::parse(partner.front()).value(), partner);
    if (!partner[index_of("practices"_public)].empty()) practices.add(shown_with_practices(partner));
  });
  for_each_former_partner(read, query, [&](const FormerPartner& partner) {
    add_page(partner.id, partner);
    former.add(partner);
    addresses.add("former");
  });
  manifest.of(SitePart::practices) = practices.finish();
  manifest.of(SitePart::former) = former.finish();
  manifest.of(SitePart::addresses) = addresses.finish();
  for (const FeedTopic topic : HeldList::topics)
    manifest.of(part_of(topic)) = made_from_entries(source, topic);
  for (const Digest& part : manifest.parts) all.add(part);
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
        source_(list_source(read, publication.query)),
        manifest_(manifest_of(read, publication.query, source_)) {}

  SiteOutcome run(SiteExtent extent) {
    const auto made = made_by(publication_.page);
    if (made) manifest_.made = *made;
    if (made && extent == SiteExtent::changed) find_standing();
    const std::int64_t count = source_.summary.count;
    if (is_up_to_date()) return {count, standing_->files};
    if (count <= HeldList::most) hold();
    write_data();
    for (const OfficialLanguage language : publication_.page.languages) write_lists(language);
    write_descriptions();
    write_partner_pages();
    write_former_pages();
    write_sitemaps();
    if (made) write_manifest();
    return {count};
  }

 private:
  /// From here on the registry is not read again for what all pages have.
  void hold() {
    held_.emplace(read_, publication_.query, source_);
    source_.partners = [&](OfficialLanguage language, const PageSource::VisitPartner& visit) {
      held_->partners(language, visit);
    };
    source_.partners_by_id = [&](const PageSource::VisitPartner& visit) { held_->partners_by_id(visit); };
    source_.entries = [&](FeedTopic topic, const ListSource::VisitChange& visit) {
      held_->entries(topic, visit);
    };
  }

  /// The manifest of the target, if the same program made it with the same options.
  void find_standing() {
    const auto text = folder_.standing_text(site_path(SiteFile::manifest), most_bytes_of_manifest);
    if (text) standing_ = SiteManifest::parse(*text);
    if (standing_ && standing_->made != manifest_.made) standing_.reset();
  }

  /// Whether each file would be written as it was, and is there.
  bool is_up_to_date() const {
    return standing_ && standing_->shown == manifest_.shown && standing_->names == folder_.standing_names();
  }

  void write_manifest() {
    const std::string name = site_path(SiteFile::manifest);
    manifest_.files = folder_.written() + 1;
    manifest_.names = folder_.names_with(name);
    folder_.write_seal(name, manifest_.str());
  }

  /// Whether the pages of a partner are what they would be if they were written.
  bool is_standing(PartnerId partner) const {
    const Digest* const page = standing_ ? standing_->page_of(partner) : nullptr;
    return page != nullptr && *page == *manifest_.page_of(partner);
  }

  bool is_standing(SitePart part) const { return standing_ && standing_->of(part) == manifest_.of(part); }

  /// Writes a file, unless it is what it would be.
  template <class Write>
  void write_unless(bool is_standing, const std::string& path, Write write) {
    if (!is_standing || !folder_.keep(path)) folder_.write(path, write);
  }

  Publication in(OfficialLanguage language) const {
    Publication publication = publication_;
    publication.page.language = language;
    publication.sizes = sizes_;
    return publication;
  }

  void write_lists(OfficialLanguage language) {
    const Publication list = in(language);
    const SiteFileOf in_language{.language = language};
    folder_.write(site_path(SiteFile::list, in_language),
                  [&](TextSink& sink) { publish_page(source_, list, sink); });
    write_unless(is_standing(SitePart::practices), site_path(SiteFile::practices, in_language),
                 [&](TextSink& sink) { publish_practices_page(source_, practices_, list, sink); });
    for (const FeedTopic topic : HeldList::topics) {
      write_unless(is_standing(part_of(topic)), site_path(feed_of(topic), in_language),
                   [&](TextSink& sink) { publish_feed(source_, topic, list, sink); });
    }
    write_unless(is_standing(SitePart::partners_feed), site_path(SiteFile::json_feed, in_language),
                 [&](TextSink& sink) { publish_json_feed(source_, list, sink); });
  }

  void write_text(SiteFile file, const std::string& text) {
    folder_.write(site_path(file), [&](TextSink& sink) { sink.write(text); });
  }

  void write_data() {
    write_data(SiteFile::csv, ExportFormat::csv, sizes_.csv);
    write_data(SiteFile::json, ExportFormat::json, sizes_.json);
    folder_.write(site_path(SiteFile::practices_csv), [&](TextSink& sink) {
      CountingSink counting(sink, sizes_.practices_csv);
      PracticesCsvWriter writer(counting);
      PracticeCount practices;
      source_.partners_by_id([&](const PublicTexts& partner) {
        practices.add(partner);
        writer.rows(partner);
      });
      practices_ = practices.summary(source_.summary.modified);
    });
  }

  void write_data(SiteFile file, ExportFormat format, std::uint64_t& size) {
    Publication data = publication_;
    data.format = format;
    folder_.write(site_path(file), [&](TextSink& sink) {
      CountingSink counting(sink, size);
      publish_data(read_, source_, data, counting);
    });
  }

  void write_descriptions() {
    write_text(SiteFile::csv_metadata, csv_metadata(publication_.page, source_.summary.modified));
    write_text(SiteFile::partners_schema, partners_schema(publication_.page));
    write_text(SiteFile::delta_schema, delta_schema(publication_.page));
    write_text(SiteFile::feed_schema, feed_schema(publication_.page));
    write_text(SiteFile::dataset, dataset_description(publication_.page, source_.summary.modified));
  }

  /// The language of a partner's certificate: its own if the site has it, else the leading one.
  OfficialLanguage certificate_language(std::string_view language) const {
    const auto own = from_code<OfficialLanguage>(language);
    const std::vector<OfficialLanguage>& languages = publication_.page.languages;
    const bool is_of_site = own && std::count(languages.begin(), languages.end(), *own) > 0;
    return is_of_site ? *own : publication_.page.language;
  }

  /// Writes a file that is about a partner, unless it is what it would be.
  template <class Write>
  void write_of_partner(SiteFile file, const SiteFileOf& of, Write write) {
    write_unless(is_standing(*of.partner), site_path(file, of), write);
  }

  void write_partner_pages() {
    std::deque<PartnerPage> pages;
    std::map<OfficialLanguage, CertificatePage> certificates;
    for (const OfficialLanguage language : publication_.page.languages) {
      const PageOptions options = in(language).page;
      pages.emplace_back(options);
      certificates.try_emplace(language, options);
    }
    const auto write = [&](PartnerId id, const auto& write_page) {
      for (PartnerPage& page : pages) {
        write_of_partner(SiteFile::partner_page, {.language = page.language(), .partner = id},
                         [&](TextSink& sink) { write_page(page, sink); });
      }
    };
    source_.partners_by_id([&](const PublicTexts& partner) {
      const PartnerId id = PartnerId::parse(partner.front()).value();
      const OfficialLanguage language = certificate_language(partner[index_of("language"_public)]);
      write(id, [&](PartnerPage& page, TextSink& sink) { page.write(sink, partner, language); });
      write_of_partner(SiteFile::certificate, {.language = language, .partner = id},
                       [&](TextSink& sink) { certificates.at(language).write(sink, partner); });
      listed_.push_back(id);
    });
    for_each_former_partner(read_, publication_.query, [&](const FormerPartner& partner) {
      write(partner.id, [&](PartnerPage& page, TextSink& sink) { page.write(sink, partner); });
      former_.push_back(partner);
    });
  }

  void write_former_pages() {
    if (former_.empty()) return;
    std::stable_sort(former_.begin(), former_.end(),
                     [](const FormerPartner& a, const FormerPartner& b) { return b.ended < a.ended; });
    for (const OfficialLanguage language : publication_.page.languages) {
      FormerPage page(in(language).page, former_);
      write_unless(is_standing(SitePart::former), site_path(SiteFile::former, {.language = language}),
                   [&](TextSink& sink) { page.write(sink); });
    }
  }

  /// The pages that are there once a language.
  static constexpr std::array lists = {SiteFile::list, SiteFile::practices};

  /// The lists, the pages of partners, the page of all who left.
  std::size_t pages() const {
    return lists.size() + (former_.empty() ? 0 : 1 + former_.size()) + listed_.size();
  }

  std::int64_t addresses() const {
    return static_cast<std::int64_t>(pages() * publication_.page.languages.size());
  }

  /// The path of a page, counted after the lists.
  std::string page_path(std::size_t page, OfficialLanguage language) const {
    const auto of_partner = [&](PartnerId partner) {
      return site_path(SiteFile::partner_page, {.language = language, .partner = partner});
    };
    if (page < listed_.size()) return of_partner(listed_[page]);
    const std::size_t after = page - listed_.size();
    return after == 0 ? site_path(SiteFile::former, {.language = language})
                      : of_partner(former_[after - 1].id);
  }

  void write_address(SitemapWriter& sitemap, std::int64_t number) const {
    const std::vector<OfficialLanguage>& languages = publication_.page.languages;
    const auto [page, language] = std::ldiv(number, static_cast<std::int64_t>(languages.size()));
    const OfficialLanguage in_language = languages[static_cast<std::size_t>(language)];
    const auto place = static_cast<std::size_t>(page);
    if (place < lists.size()) return sitemap.list(lists[place], in_language, source_.summary.modified);
    sitemap.page(page_path(place - lists.size(), in_language));
  }

  void write_sitemap(const std::string& name, std::int64_t first) {
    const std::int64_t end = std::min(addresses(), first + SitemapWriter::most_addresses);
    write_unless(is_standing(SitePart::addresses), name, [&](TextSink& sink) {
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
  ListSource source_;
  PublicSummary practices_;
  SiteManifest manifest_;
  DataSizes sizes_;
  std::optional<SiteManifest> standing_;
  std::optional<HeldList> held_;
  std::vector<PartnerId> listed_;
  std::vector<FormerPartner> former_;
};

}  // namespace

SiteOutcome publish_site(Read& read, const Publication& publication, SiteExtent extent,
                         StagedFolder& folder) {
  return SitePublisher(read, publication, folder).run(extent);
}

}  // namespace covenant
