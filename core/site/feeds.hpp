#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/base/sink.hpp"
#include "core/model/public_list.hpp"
#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/locale.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// What a feed is about.
enum class FeedTopic { partners, practices };

template <>
struct Codes<FeedTopic> {
  static constexpr std::array<std::string_view, 2> codes = {"partners", "practices"};
};

/// The kind of file that the Atom feed about a topic is.
constexpr SiteFile feed_of(FeedTopic topic) {
  return topic == FeedTopic::partners ? SiteFile::partners_feed : SiteFile::practices_feed;
}

/// What feeds say, in whatever format, in the language of the page. Ids are permanent, and the same in every
/// language. Source: RFC 4151 (ids).
class FeedWords {
 public:
  /// The options must live as long as the words.
  explicit FeedWords(const PageOptions& options);

  const PageOptions& options() const { return options_; }
  std::string_view tag() const { return catalogue_.tag(); }
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

/// Writes an Atom feed of the public list's changes, in the language of the page. Ids are permanent, and the
/// same in every language. Source: RFC 4287; RFC 4151 (ids).
class AtomFeed {
 public:
  /// Writes all that comes before the entries; `updated` is the day of the newest one, else of the list. The
  /// sink and the options must live as long as the feed.
  AtomFeed(TextSink& sink, FeedTopic topic, const PageOptions& options, std::optional<Date> updated);

  void entry(const PublicChange& change);
  void finish();

 private:
  void append_head(FeedTopic topic, std::optional<Date> updated);
  void practices(const PublicChange& change);
  void append_beginning(const PublicChange& change, std::string_view id);
  void append_page(const PublicChange& change);
  void append_content(const PublicChange& change);
  void append_link(std::string_view relation, std::string_view type, std::string_view url);

  TextSink& sink_;
  const PageOptions& options_;
  FeedWords words_;
  std::string folder_;  ///< of the site, ending in a slash; empty where it is not known
  std::string out_;
};

/// Writes the joinings and endings for programs that read JSON rather than XML. An item has an address only
/// where the site's own is known. Source: JSON Feed 1.1.
class JsonFeed {
 public:
  /// The sink and the options must live as long as the feed.
  JsonFeed(TextSink& sink, FeedTopic topic, const PageOptions& options, std::optional<Date> updated);

  void entry(const PublicChange& change);
  void finish();

 private:
  TextSink& sink_;
  FeedWords words_;
  std::string out_;
  bool is_first_ = true;
};

}  // namespace covenant
