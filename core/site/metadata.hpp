#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sink.hpp"
#include "core/model/date.hpp"
#include "core/site/addresses.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// What each column of partners.csv contains. Source: W3C Metadata Vocabulary for Tabular Data (CSVW), 2015.
std::string csv_metadata(const PageOptions& options, std::optional<Date> modified);

/// The list as a data set of a portal. Source: DCAT-AP 3.0; codes of the Publications Office of the Union.
std::string dataset_description(const PageOptions& options, std::optional<Date> modified);

/// Writes the addresses of a site's pages for search engines. Source: sitemaps.org protocol 0.9, whose files
/// have at most 50,000 addresses: the lists are in the first, and an index leads to them all.
class SitemapWriter {
 public:
  static constexpr std::int64_t most_addresses = 50'000;

  /// The sink and the options must live as long as the writer.
  SitemapWriter(TextSink& sink, const PageOptions& options);

  /// A page that is there once a language; the others are its alternates.
  void list(SiteFile file, OfficialLanguage language, std::optional<Date> modified);
  void page(std::string_view path);
  void finish();

 private:
  void append_address(std::string_view path);
  void append_alternate(std::string_view tag, std::string_view path);

  TextSink& sink_;
  const PageOptions& options_;
  std::string folder_;
  std::string out_;
};

/// An index of sitemaps, by their names in the site's folder.
std::string sitemap_index(const PageOptions& options, const std::vector<std::string>& names);

}  // namespace covenant
