#include "core/site/addresses.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace covenant {

namespace {

/// In the order of `SiteFile`. What is in braces is filled in, with a text without dots.
constexpr std::array patterns = std::to_array<std::string_view>({
    "partners.{language}.html",
    "partners.{language}.atom",
    "practices.{language}.html",
    "practices.{language}.atom",
    "feed.{language}.json",
    "partners.csv",
    "practices.csv",
    "partners.json",
    "partners.csv-metadata.json",
    "dataset.jsonld",
    "partners.schema.json",
    "delta.schema.json",
    "feed.schema.json",
    "sitemap.xml",
    "sitemap-{number}.xml",
    "former.{language}.html",
    "certificate/{partner}.{language}.html",
    "partner/{partner}.{language}.html",
    ".covenant-site",
});
static_assert(patterns.size() == static_cast<std::size_t>(SiteFile::manifest) + 1);

std::string text_of(std::string_view placeholder, const SiteFileOf& of) {
  if (placeholder == "language") return std::string(code_of(of.language.value()));
  if (placeholder == "partner") return of.partner.value().str();
  return std::to_string(of.number.value());
}

/// Reads what a placeholder was filled with; false when it is nothing of the kind.
bool read(std::string_view placeholder, std::string_view text, SiteFileOf& of) {
  if (placeholder == "language") return (of.language = from_code<OfficialLanguage>(text)).has_value();
  if (placeholder == "partner") {
    const auto id = PartnerId::parse(text);
    if (id) of.partner = *id;
    return id.has_value();
  }
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  of.number = number;
  return number > 0;
}

std::string filled(std::string_view pattern, const SiteFileOf& of) {
  std::string path;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{')) {
    const std::size_t close = pattern.find('}');
    path.append(pattern.substr(0, open)).append(text_of(pattern.substr(open + 1, close - open - 1), of));
    pattern.remove_prefix(close + 1);
  }
  return path.append(pattern);
}

/// Whether the pattern, filled in with what the path has in its places, is the path.
bool is_filled(std::string_view pattern, std::string_view path) {
  SiteFileOf of;
  std::string_view rest = path;
  std::string_view next = pattern;
  for (std::size_t open = next.find('{'); open != std::string_view::npos; open = next.find('{')) {
    const std::size_t close = next.find('}');
    if (!rest.starts_with(next.substr(0, open))) return false;
    rest.remove_prefix(open);
    const std::string_view text = rest.substr(0, rest.find('.'));
    const std::string_view placeholder = next.substr(open + 1, close - open - 1);
    if (!read(placeholder, text, of) || text_of(placeholder, of) != text) return false;
    rest.remove_prefix(text.size());
    next.remove_prefix(close + 1);
  }
  return next == rest;
}

}  // namespace

std::string site_path(SiteFile file, const SiteFileOf& of) {
  return filled(patterns[static_cast<std::size_t>(file)], of);
}

std::int64_t site_file_count(const SiteCounts& counts) {
  std::int64_t all = 0;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    switch (static_cast<SiteFile>(i)) {
      case SiteFile::sitemap_part:  // only very large sites have them
        break;
      case SiteFile::certificate:  // in the partner's own language
        all += counts.listed;
        break;
      case SiteFile::partner_page:
        all += counts.languages * (counts.listed + counts.former);
        break;
      case SiteFile::former:
        all += counts.former > 0 ? counts.languages : 0;
        break;
      default:
        all += patterns.at(i).find('{') == std::string_view::npos ? 1 : counts.languages;
    }
  }
  return all;
}

bool is_site_path(std::string_view path) {
  if (path.ends_with('/')) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](std::string_view pattern) { return folder_of(pattern) == path; });
  }
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](std::string_view pattern) { return is_filled(pattern, path); });
}

std::string_view folder_of(std::string_view path) {
  return path.substr(0, path.rfind('/') + 1);  // npos + 1 is 0
}

std::string link_between(std::string_view from, std::string_view to) {
  std::string_view left = folder_of(from);
  while (!left.empty()) {
    const std::size_t size = left.find('/') + 1;
    if (!to.starts_with(left.substr(0, size))) break;
    left.remove_prefix(size);
    to.remove_prefix(size);
  }
  std::string link;
  for (const char byte : left) {
    if (byte == '/') link += "../";
  }
  return link.append(to);
}

std::string site_folder(const std::optional<WebUrl>& base_url) {
  if (!base_url) return {};
  const std::string& url = base_url->str();
  return url.ends_with('/') ? url : url + '/';
}

}  // namespace covenant
