#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/sink.hpp"
#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/language.hpp"
#include "core/model/language_url.hpp"
#include "core/model/public_list.hpp"
#include "core/model/web_url.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/locale.hpp"
#include "core/template/template.hpp"

namespace covenant {

/// Whether the list is a page of its own or goes into one of the site's.
enum class PageExtent { whole_page, fragment };

/// Whether the page is in a folder with all that `export --format site` writes, a page for each partner
/// among it.
enum class PagePlace { alone, in_site };

/// Pages of the website around the list that its header and footer lead to.
struct SiteLinks {
  std::optional<LanguageUrl> home;
  std::optional<LanguageUrl> join;  ///< how to become a partner
  std::optional<LanguageUrl> contact;
  std::optional<LanguageUrl> newsletter;
  std::optional<LanguageUrl> rss_help;
  std::optional<LanguageUrl> licence;  ///< of the published data
  std::optional<LanguageUrl> accessibility;
  std::optional<LanguageUrl> privacy;
  std::optional<LanguageUrl> legal_notice;
  std::optional<LanguageUrl> sitemap;
};

/// The part of the list that is published: partners of any of the categories, with their seat in any of the
/// countries. Empty for all of it.
struct PageSelection {
  std::vector<Category> categories;
  std::vector<Country> countries;

  bool empty() const { return categories.empty() && countries.empty(); }
};

/// How the public list is published.
struct PageOptions {
  OfficialLanguage language = OfficialLanguage::en;
  PageExtent extent = PageExtent::whole_page;
  PagePlace place = PagePlace::alone;
  std::string site_name;  ///< empty for the initiative's name in the page's language
  std::map<OfficialLanguage, std::string> site_names;  ///< where they differ by language
  std::optional<WebUrl> base_url;                      ///< the folder that the list's files are published in
  std::vector<OfficialLanguage> languages;             ///< those the page is published in, its own among them
  KosovoName kosovo = KosovoName::plain;
  SiteLinks links;
  PageSelection selection;
  std::shared_ptr<const Template> layout;  ///< the web master's own template; empty for the built-in one
  std::map<OfficialLanguage, std::shared_ptr<const Catalogue>> reworded;  ///< in place of the program's own

  /// The messages in the page's language.
  const Catalogue& catalogue() const { return catalogue_of(language); }
  const Catalogue& catalogue_of(OfficialLanguage of) const;
};

/// The one that represents several languages: English if it is among them.
OfficialLanguage leading_language(const std::vector<OfficialLanguage>& languages);

/// How many bytes the files of data have that a site publishes beside its pages; 0 where that is not known.
struct DataSizes {
  std::uint64_t csv = 0;
  std::uint64_t json = 0;
  std::uint64_t practices_csv = 0;
};

/// What a page is written from.
struct PageSource {
  using VisitPartner = std::function<void(const PublicTexts&)>;

  PublicSummary summary;
  std::function<void(const VisitPartner&)> partners;  ///< visits them by name; may be called again
  std::vector<PublicChange> changes;                  ///< the last of each kind, newest first
  DataSizes sizes{};
  bool has_former = false;  ///< whether some who were listed no longer are
};

/// The templates that come with the program.
enum class BuiltInTemplate { page, fragment, ecl, partner, former, certificate, practices };

template <>
struct Codes<BuiltInTemplate> {
  static constexpr std::array<std::string_view, 7> codes = {"page",   "fragment",    "ecl",      "partner",
                                                            "former", "certificate", "practices"};
};

/// A style sheet for pages of the website's own that have the fragment in them.
std::string_view fragment_style();

/// The text of a built-in template, which is a beginning for one of the web master's own.
std::string_view template_text(BuiltInTemplate name);
/// The same, compiled once.
const Template& built_in_template(BuiltInTemplate name);

/// A template of the public list, checked. @throws as `Template` does.
Template page_template(std::string_view text, std::string_view file);

/// Writes the public list as HTML, through a template or the built-in one of the page's extent: one
/// self-contained page, complete without scripts, or its section alone. Rows are written as they come. The
/// same options and source make the same bytes. @throws Error{fault} when there are not as many rows as the
/// summary counts. Source: HTML Living Standard; WCAG 2.2, level AA.
void write_page(const PageOptions& options, const PageSource& source, TextSink& sink);

/// How many partners a page or fragment that this program wrote says it has; nothing when it is none, or of a
/// template of the web master's. The beginning of the file (512 bytes) is enough.
std::optional<std::int64_t> partners_on_page(std::string_view page);

}  // namespace covenant
