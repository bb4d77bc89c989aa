#pragma once

#include <optional>
#include <string>

#include "core/base/text_sink.hpp"
#include "core/model/public_change.hpp"
#include "core/site/feed_words.hpp"

namespace covenant {

/// Writes an Atom feed of the public list's changes, in the language of the page. Ids are permanent, and the
/// same in every language. Source: RFC 4287; RFC 4151 (ids).
class AtomFeed {
 public:
  /// Writes all that comes before the entries; `updated` is the day of the newest one. The sink and the
  /// options must live as long as the feed.
  AtomFeed(TextSink& sink, FeedTopic topic, const PageOptions& options, std::optional<Date> updated);

  void entry(const PublicChange& change);
  void finish();

 private:
  void append_head(FeedTopic topic, std::optional<Date> updated);
  void append_links(const PublicChange& change);
  void append_content(const PublicChange& change);
  void append_practices(const PublicChange& change);
  void append_link(std::string_view relation, std::string_view type, std::string_view url);

  TextSink& sink_;
  const PageOptions& options_;
  FeedWords words_;
  std::string folder_;  ///< of the site, ending in a slash; empty where it is not known
  std::string out_;
};

/// The file that the feed of a language is published in: "partners.lv.atom", "practices.lv.atom".
std::string feed_file_name(FeedTopic topic, OfficialLanguage language);

}  // namespace covenant
