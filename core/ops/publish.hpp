#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/sink.hpp"
#include "core/formats/public_list.hpp"
#include "core/site/feeds.hpp"
#include "core/site/page.hpp"
#include "core/store/database.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

/// What can be exported: the list in four formats; what changed in it; a whole site; the certificate of one
/// partner; all of the registry.
/// Source: covenant-export(1), DESCRIPTION.
enum class ExportFormat { html, csv, json, delta, atom, site, certificate, bundle };

template <>
struct Codes<ExportFormat> {
  static constexpr std::array<std::string_view, 8> codes = {"html", "csv",  "json",        "delta",
                                                            "atom", "site", "certificate", "bundle"};
};

/// A public list as it is to be written.
struct Publication {
  ExportFormat format = ExportFormat::html;
  PublicQuery query;
  PageOptions page;        ///< `language` is that of the JSON's labels too
  std::int64_t since = 0;  ///< of a delta: the last event before it
  CsvReadBy csv_read_by = CsvReadBy::program;
  FeedTopic feed = FeedTopic::partners;  ///< of an Atom feed
  DataSizes sizes{};                     ///< of the data in a site, which its pages show
};

/// Writes the public list and returns how many partners it has, of a feed or a delta how many entries. The
/// same registry makes the same bytes. @throws Error{fault} for a format that is no single list (site,
/// certificate, bundle).
std::int64_t publish(Read& read, const Publication& publication, TextSink& sink);

/// What the pages and feeds of a list are made from.
struct ListSource {
  using VisitChange = std::function<void(const PublicChange&)>;

  PublicSummary summary;
  std::vector<PublicChange> changes;  ///< the last, newest first
  bool has_former = false;
  /// Visits the partners by name in the order of a language.
  std::function<void(OfficialLanguage, const PageSource::VisitPartner&)> partners;
  /// Visits them by id.
  std::function<void(const PageSource::VisitPartner&)> partners_by_id;
  /// Visits what the feed of a topic has: the changes of the 24 months before the last of them, and at
  /// least 20.
  std::function<void(FeedTopic, const VisitChange&)> entries;
};

/// That of a registry, which is read at each visit.
ListSource list_source(Read& read, const PublicQuery& query);

/// Writes the list as CSV or as JSON.
void publish_data(Read& read, const ListSource& source, const Publication& publication, TextSink& sink);

/// Writes the page of the list.
void publish_page(const ListSource& source, const Publication& publication, TextSink& sink);
/// Writes the page of all practices and tools in a site; `practices` counts them as partners are.
void publish_practices_page(const ListSource& source, const PublicSummary& practices,
                            const Publication& publication, TextSink& sink);

/// Writes the feed of a topic, and returns how many entries it has.
std::int64_t publish_feed(const ListSource& source, FeedTopic topic, const Publication& publication,
                          TextSink& sink);

/// Writes that of joinings and endings as a JSON Feed.
std::int64_t publish_json_feed(const ListSource& source, const Publication& publication, TextSink& sink);

/// Whether a file that was published earlier in that format lists partners, judged by its first 64 KiB; of a
/// site, its JSON file.
bool lists_partners(ExportFormat format, std::string_view head);

}  // namespace covenant
