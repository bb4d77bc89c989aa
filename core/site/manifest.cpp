#include "core/site/manifest.hpp"

#include <unicode/uversion.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/build_id.hpp"
#include "core/base/bytes.hpp"

namespace covenant {

namespace {

constexpr std::string_view first_line = "covenant site 3\n";
constexpr std::string_view made_label = "made ";
constexpr std::string_view shown_label = "shown ";
constexpr std::string_view files_label = "files ";
constexpr std::string_view names_label = "names ";
constexpr std::string_view end_label = "end ";

void append_line(std::string& out, std::string_view label, std::string_view value) {
  out.append(label).append(value).append("\n");
}

/// Takes a line that begins with a label off the front, and returns the rest of it.
std::optional<std::string_view> take_line(std::string_view& text, std::string_view label) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(label)) return std::nullopt;
  const std::string_view value = text.substr(label.size(), end - label.size());
  text.remove_prefix(end + 1);
  return value;
}

std::optional<Digest> digest_of(std::string_view hex) {
  Digest digest{};
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

std::optional<Digest> take_digest(std::string_view& text, std::string_view label) {
  const auto hex = take_line(text, label);
  return hex ? digest_of(*hex) : std::nullopt;
}

std::optional<std::int64_t> take_number(std::string_view& text, std::string_view label) {
  const auto digits = take_line(text, label);
  std::int64_t number = 0;
  if (!digits) return std::nullopt;
  std::from_chars(digits->data(), digits->data() + digits->size(), number);
  return number;
}

/// The lines of the partners; empty at the first that is none.
std::vector<std::pair<PartnerId, Digest>> take_pages(std::string_view& text) {
  std::vector<std::pair<PartnerId, Digest>> pages;
  while (!text.starts_with(end_label)) {
    const auto line = take_line(text, "");
    if (!line) return {};
    const std::size_t blank = line->find(' ');
    const auto partner = PartnerId::parse(line->substr(0, blank));
    const auto digest = blank == std::string_view::npos ? std::nullopt : digest_of(line->substr(blank + 1));
    if (!partner || !digest) return {};
    pages.emplace_back(*partner, *digest);
  }
  return pages;
}

std::string part_label(std::size_t part) {
  return std::string(Codes<SitePart>::codes.at(part)) + " ";
}

std::string end_line(std::string_view before) {
  return std::string(end_label) + to_hex(bytes_of(sha256({before}))) + "\n";
}

}  // namespace

MadeFrom& MadeFrom::add(std::string_view text) {
  std::array<char, sizeof(std::uint64_t)> size{};
  for (std::size_t i = 0; i < size.size(); ++i) size[i] = static_cast<char>(text.size() >> (8 * i));
  sha256_.add({size.data(), size.size()});
  sha256_.add(text);
  return *this;
}

// What has members is taken apart by name here: a member that is added to it does not compile until it is
// part of the digest.

MadeFrom& MadeFrom::add(const Successor& successor) {
  const auto& [id, name] = successor;
  return add(id).add(name.str());
}

MadeFrom& MadeFrom::add(const PublicTexts& partner) {
  for (const std::string_view text : partner) add(text);
  return *this;
}

MadeFrom& MadeFrom::add(const FormerPartner& partner) {
  const auto& [id, name, joined, ended, successor] = partner;
  return add(id).add(name.str()).add(joined).add(ended).add(successor);
}

MadeFrom& MadeFrom::add(const PublicSummary& summary) {
  const auto& [count, by_category, by_country, sequence, modified] = summary;
  add(count).add(sequence).add(modified);
  for (const std::int64_t partners : by_category) add(partners);
  add(static_cast<std::int64_t>(by_country.size()));
  for (const auto& [country, partners] : by_country) add(country.code()).add(partners);
  return *this;
}

MadeFrom& MadeFrom::add(const PublicChange& change) {
  const auto& [kind, day, ordinal, partner, name, language, listed, website, description, practices,
               recorded_day] = change;
  add(code_of(kind)).add(day).add(recorded_day).add(ordinal).add(partner).add(name.str()).add(language.str());
  add(listed == IsListed::yes ? "listed" : "").add(website);
  add(description ? description->str() : "");
  add(static_cast<std::int64_t>(practices.size()));
  for (const Practice& practice : practices) add(practice.title()).add(practice.url());
  return *this;
}

MadeFrom& MadeFrom::add(const PageOptions& options) {
  // A site has no template of the web master's.
  const auto& [language, extent, place, site_name, site_names, base_url, languages, kosovo, links, selection,
               layout, reworded] = options;
  add(code_of(language)).add(site_name).add(base_url);
  add(static_cast<std::int64_t>(site_names.size()));
  for (const auto& [of, name] : site_names) add(code_of(of)).add(name);
  add(extent == PageExtent::fragment ? "fragment" : "").add(place == PagePlace::in_site ? "in site" : "");
  add(kosovo == KosovoName::with_footnote ? "footnote" : "");
  add(static_cast<std::int64_t>(languages.size()));
  for (const OfficialLanguage published : languages) add(code_of(published));
  for (const Category category : selection.categories) add(code_of(category));
  for (const Country& country : selection.countries) add(country.code());
  for (const auto& [of, catalogue] : reworded) {
    for (const auto& [message, forms] : catalogue->wording().messages) {
      add(code_of(of)).add(message);
      for (const std::string& form : forms) add(form);
    }
  }
  const auto& [home, join, contact, newsletter, rss_help, licence, accessibility, privacy, legal_notice,
               sitemap] = links;
  for (const auto* const link : {&home, &join, &contact, &newsletter, &rss_help, &licence, &accessibility,
                                 &privacy, &legal_notice, &sitemap})
    add(*link);
  return *this;
}

std::optional<Digest> made_by(const PageOptions& options) {
  const std::string_view id = build_id();
  if (id.empty()) return std::nullopt;
  UVersionInfo icu{};
  u_getVersion(icu);
  MadeFrom made;
  made.add(id);
  for (const std::uint8_t part : icu) made.add(std::int64_t{part});
  return made.add(options).finish();
}

std::string SiteManifest::str() const {
  std::string text(first_line);
  append_line(text, made_label, to_hex(bytes_of(made)));
  append_line(text, shown_label, to_hex(bytes_of(shown)));
  for (std::size_t i = 0; i < parts.size(); ++i)
    append_line(text, part_label(i), to_hex(bytes_of(parts.at(i))));
  append_line(text, files_label, std::to_string(files));
  append_line(text, names_label, to_hex(bytes_of(names)));
  for (const auto& [partner, digest] : pages)
    append_line(text, partner.str() + " ", to_hex(bytes_of(digest)));
  return text + end_line(text);
}

std::optional<SiteManifest> SiteManifest::parse(std::string_view text) {
  std::string_view rest = text;
  if (!take_line(rest, first_line.substr(0, first_line.size() - 1))) return std::nullopt;
  const auto made = take_digest(rest, made_label);
  const auto shown = take_digest(rest, shown_label);
  std::array<Digest, code_count<SitePart>> parts{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = take_digest(rest, part_label(i));
    if (!part) return std::nullopt;
    parts.at(i) = *part;
  }
  const auto files = take_number(rest, files_label);
  const auto names = take_digest(rest, names_label);
  if (!made || !shown || !files || !names) return std::nullopt;
  SiteManifest manifest{*made, *shown, parts, *files, *names, take_pages(rest)};
  if (manifest.str() != text) return std::nullopt;
  return manifest;
}

const Digest* SiteManifest::page_of(PartnerId partner) const {
  const auto place = std::lower_bound(pages.begin(), pages.end(), partner,
                                      [](const auto& page, PartnerId id) { return page.first < id; });
  return place != pages.end() && place->first == partner ? &place->second : nullptr;
}

}  // namespace covenant
