#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text_sink.hpp"
#include "core/model/official_language.hpp"
#include "core/model/public_partner.hpp"
#include "core/model/public_summary.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// Whether the list stands on a page of its own or goes into one of the site's.
enum class PageExtent { whole_page, fragment };

/// Whether the page stands in a folder with all that `export --format site` writes, a page for each partner
/// among it.
enum class PagePlace { alone, in_site };

/// Pages of the site that the footer leads to.
struct SiteLinks {
  std::optional<WebUrl> legal_notice;
  std::optional<WebUrl> newsletter;
  std::optional<WebUrl> rss_help;
  std::optional<WebUrl> contact;
  std::optional<WebUrl> licence;  ///< of the published data
};

/// How the public list is published.
struct PageOptions {
  OfficialLanguage language = OfficialLanguage::en;
  PageExtent extent = PageExtent::whole_page;
  PagePlace place = PagePlace::alone;
  std::string site_name;                    ///< empty for the initiative's name in the page's language
  std::optional<WebUrl> base_url;           ///< the folder that the list's files are published in
  std::vector<OfficialLanguage> languages;  ///< those the page is published in, its own among them
  SiteLinks links;
};

/// The public list as HTML: one self-contained page, complete without scripts, or its section alone. Rows are
/// written as they come, by name. The same options, summary and rows give the same bytes.
/// Source: HTML Living Standard; WCAG 2.2, level AA.
class HtmlPage {
 public:
  HtmlPage(TextSink& sink, const PageOptions& options, const PublicSummary& summary);
  HtmlPage(const HtmlPage&) = delete;
  HtmlPage& operator=(const HtmlPage&) = delete;
  ~HtmlPage();

  void begin();
  void row(const PublicPartner& partner);
  /// @throws Error{fault} when there were not as many rows as the summary counts.
  void end();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The file that the page of a language is published in: "partners.lv.html".
std::string page_file_name(OfficialLanguage language);

/// What a web server may send as Content-Security-Policy with every page, in whatever language; it holds the
/// digests of the page's style and script. Source: Content Security Policy Level 3.
std::string content_security_policy();

/// How many partners a page or fragment that this program wrote says it has; nothing when it is none. The
/// beginning of the file (512 bytes) is enough.
std::optional<std::int64_t> partners_on_page(std::string_view page);

}  // namespace covenant
