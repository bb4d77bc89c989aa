#pragma once

#include <optional>
#include <string>

#include "core/base/text_sink.hpp"
#include "core/model/public_change.hpp"
#include "core/site/feed_words.hpp"

namespace covenant {

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

/// The file that the feed of a language is published in: "feed.lv.json".
std::string json_feed_file_name(OfficialLanguage language);

}  // namespace covenant
