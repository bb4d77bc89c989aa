#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/code.hpp"
#include "core/model/partner.hpp"
#include "core/model/public_list.hpp"
#include "core/site/page.hpp"

namespace covenant {

// What a site keeps in its folder, so that the next run knows what can have changed. A page is made from the
// program, the options and what the registry shows, and from nothing else: where the digests of the three are
// as they were, so is the page.

/// The digest of what pages are made from, one part after another. Two sequences of parts that differ have
/// different digests.
class MadeFrom {
 public:
  MadeFrom& add(std::string_view text);
  MadeFrom& add(std::int64_t number) { return add(std::to_string(number)); }
  MadeFrom& add(Date day) { return add(day.str()); }
  MadeFrom& add(PartnerId partner) { return add(partner.str()); }
  MadeFrom& add(const Digest& digest) { return add(bytes_of(digest)); }
  /// Absent is another than empty.
  template <class Value>
  MadeFrom& add(const std::optional<Value>& value) {
    add(value ? std::int64_t{1} : std::int64_t{0});
    return value ? add(*value) : *this;
  }
  MadeFrom& add(const WebUrl& url) { return add(url.str()); }
  MadeFrom& add(const LanguageUrl& url) { return add(url.str()); }
  MadeFrom& add(const Successor& successor);
  MadeFrom& add(const PublicTexts& partner);
  MadeFrom& add(const FormerPartner& partner);
  MadeFrom& add(const PublicSummary& summary);
  MadeFrom& add(const PublicChange& change);
  MadeFrom& add(const PageOptions& options);

  Digest finish() { return sha256_.finish(); }

 private:
  Sha256 sha256_;
};

/// The digest of the program itself and of the options. Nothing when the program does not know what it was
/// built from.
std::optional<Digest> made_by(const PageOptions& options);

/// What is made from a part of what the registry shows, in each language.
enum class SitePart {
  partners_feed,   ///< the feeds of joinings and endings
  practices_feed,  ///< that of practices
  practices,       ///< the page of all practices
  former,          ///< the page of all who left
  addresses,       ///< the sitemap
};

template <>
struct Codes<SitePart> {
  static constexpr std::array<std::string_view, 5> codes = {"partners-feed", "practices-feed", "practices",
                                                            "former", "addresses"};
};

/// What a folder has of a site.
struct SiteManifest {
  Digest made{};                                     ///< the program and the options
  Digest shown{};                                    ///< all that the registry shows
  std::array<Digest, code_count<SitePart>> parts{};  ///< what each part shows
  std::int64_t files = 0;                            ///< how many there are, the manifest among them
  Digest names{};                                    ///< their paths
  std::vector<std::pair<PartnerId, Digest>> pages;   ///< what each partner's pages show, by id

  /// The manifest as text.
  std::string str() const;
  /// Nothing when the text is not exactly what `str` writes.
  static std::optional<SiteManifest> parse(std::string_view text);

  /// What the pages of a partner show, if it has any.
  const Digest* page_of(PartnerId partner) const;
  Digest& of(SitePart part) { return parts.at(static_cast<std::size_t>(part)); }
  const Digest& of(SitePart part) const { return parts.at(static_cast<std::size_t>(part)); }
};

}  // namespace covenant
