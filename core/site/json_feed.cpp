#include "core/site/json_feed.hpp"

#include "core/site/metadata.hpp"
#include "core/text/json.hpp"

namespace covenant {

std::string json_feed_file_name(OfficialLanguage language) {
  return "feed." + std::string(code_of(language)) + ".json";
}

JsonFeed::JsonFeed(TextSink& sink, FeedTopic topic, const PageOptions& options,
                   std::optional<Date> /*updated*/)
    : sink_(sink), words_(options) {
  JsonWriter json(out_);
  json.begin_object().member("version", "https://jsonfeed.org/version/1.1");
  json.member("title", words_.title(topic)).member("language", words_.code());
  if (options.base_url) {
    json.member("home_page_url", site_folder(options) + page_file_name(options.language));
    json.member("feed_url", site_folder(options) + json_feed_file_name(options.language));
  }
  json.key("authors").begin_array().begin_object().member("name", words_.site()).end_object().end_array();
  json.key("items").begin_array();
  sink_.write(out_);
}

void JsonFeed::entry(const PublicChange& change) {
  out_ = is_first_ ? "\n" : ",\n";
  is_first_ = false;
  const bool has_text = change.kind == PublicChangeKind::joined && change.description;
  JsonWriter json(out_);
  json.begin_object().member("id", words_.id(change));
  if (words_.options().base_url) json.member("url", words_.address(change));
  if (change.website) json.member("external_url", change.website->str());
  json.member("title", words_.title(change));
  json.member("content_text", has_text ? change.description->str() : words_.dated(change));
  json.member("date_published", FeedWords::midnight(change.day));
  json.key("tags").begin_array().value(code_of(change.kind)).end_array();
  json.member("language", has_text ? std::string_view(change.language.str()) : words_.code()).end_object();
  sink_.write(out_);
}

void JsonFeed::finish() {
  sink_.write("]}\n");
}

}  // namespace covenant
