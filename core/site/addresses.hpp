#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/language.hpp"
#include "core/model/partner.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// A kind of file that a site has. Where its files are, links to them, and which files of a folder are ours
/// all follow from one table of patterns. Source: covenant-export(1), FILES.
enum class SiteFile {
  list,            ///< of the partners, in a language
  partners_feed,   ///< Atom, in a language
  practices,       ///< the page of all practices, in a language
  practices_feed,  ///< Atom, in a language
  json_feed,       ///< in a language
  csv,
  practices_csv,
  json,
  csv_metadata,
  dataset,
  partners_schema,  ///< JSON Schema
  delta_schema,
  feed_schema,
  sitemap,
  sitemap_part,  ///< one of several, with a number from 1
  former,        ///< who is no longer listed, in a language
  certificate,   ///< of a listed partner, in a language
  partner_page,  ///< of a partner, in a language
  manifest,      ///< what the program needs to know of the others
};

/// Which of the files of a kind is meant.
struct SiteFileOf {
  std::optional<OfficialLanguage> language{};
  std::optional<PartnerId> partner{};
  std::optional<std::int64_t> number{};
};

/// The file's path in the site's folder: "partners.lv.html", "partner/AP-0031.lv.html". What the kind needs
/// must be in `of`.
std::string site_path(SiteFile file, const SiteFileOf& of = {});

/// How many of each there are in a site.
struct SiteCounts {
  std::int64_t languages;
  std::int64_t listed;  ///< partners
  std::int64_t former;  ///< likewise
};

/// How many files a site has, but for the parts of a very large sitemap.
std::int64_t site_file_count(const SiteCounts& counts);

/// Whether `path` is that of a file that a site has, of whatever kind, or, with a slash at its end, of a
/// folder that such files are in.
bool is_site_path(std::string_view path);

/// The folder of a path, ending in a slash: "partner/" of "partner/AP-0031.lv.html"; empty for a file in the
/// site's own folder.
std::string_view folder_of(std::string_view path);

/// The relative reference that leads from one path in the site's folder to another: from
/// "partner/AP-0031.lv.html" to "partners.lv.html" it is "../partners.lv.html".
std::string link_between(std::string_view from, std::string_view to);

/// The address of the site's folder, ending in a slash; empty when it is not known: then every address is
/// relative.
std::string site_folder(const std::optional<WebUrl>& base_url);

}  // namespace covenant
