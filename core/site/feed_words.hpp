#pragma once

#include <string>
#include <string_view>

#include "core/model/public_change.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/locale.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// What a feed is about.
enum class FeedTopic { partners, practices };

/// What feeds say, in whatever format, in the language of the page. Ids are permanent, and the same in every
/// language. Source: RFC 4151 (ids).
class FeedWords {
 public:
  /// The options must live as long as the words.
  explicit FeedWords(const PageOptions& options);

  const PageOptions& options() const { return options_; }
  std::string_view code() const { return catalogue_.code(); }
  std::string site() const;
  std::string title(FeedTopic topic) const;
  /// Of the feed that is published in that file.
  std::string id(std::string_view file) const { return authority_ + std::string(file); }
  std::string id(const PublicChange& change) const;
  std::string title(const PublicChange& change) const;
  /// The day of a joining or ending, in a sentence.
  std::string dated(const PublicChange& change);
  /// Where the change is to be seen; empty where that is not known.
  std::string address(const PublicChange& change) const;

  static std::string midnight(Date day) { return day.str() + "T00:00:00Z"; }

 private:
  const PageOptions& options_;
  const Catalogue& catalogue_;
  Locale locale_;
  std::string authority_;
};

/// What a feed is called in a language.
std::string feed_title(FeedTopic topic, const Catalogue& catalogue);

/// Where the pages of partners stand in a site's folder.
inline constexpr std::string_view partner_page_folder = "partner/";

/// Where the page of a partner stands in a site's folder: "partner/AP-0031.lv.html".
std::string partner_page_path(PartnerId partner, OfficialLanguage language);

}  // namespace covenant
