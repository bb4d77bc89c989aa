#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/base/sink.hpp"
#include "core/formats/public_csv.hpp"
#include "core/site/feeds.hpp"
#include "core/site/page.hpp"
#include "core/store/database.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

/// In which form the public list is written. Source: covenant-export(1).
enum class ExportFormat { html, csv, json, atom };

template <>
struct Codes<ExportFormat> {
  static constexpr std::array<std::string_view, 4> codes = {"html", "csv", "json", "atom"};
};

/// A public list as somebody asks for it.
struct Publication {
  ExportFormat format = ExportFormat::html;
  PublicQuery query;
  PageOptions page;  ///< `language` is that of the JSON's labels too
  CsvReadBy csv_read_by = CsvReadBy::program;
};

/// Writes the public list and returns how many partners it has, of a feed how many entries. The same registry
/// makes the same bytes.
std::int64_t publish(Read& read, const Publication& publication, TextSink& sink);

/// Writes the feed of a topic: the changes of the 24 months before the last of them, and at least 20.
std::int64_t publish_feed(Read& read, FeedTopic topic, const Publication& publication, TextSink& sink);

/// The joinings and endings of the same time as a JSON Feed.
std::int64_t publish_json_feed(Read& read, const Publication& publication, TextSink& sink);

/// Whether a file that was published earlier in that form has partners, by its first 64 KiB.
bool holds_partners(ExportFormat format, std::string_view head);

}  // namespace covenant
