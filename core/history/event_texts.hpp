#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/code.hpp"
#include "core/documents/judgement.hpp"
#include "core/model/partner.hpp"

namespace covenant {

struct Change;

/// A text that a person wrote, by the name under which events of version 2 seal it: a column in which people
/// may write anything, or a text of the event itself. `"name"_text` is one by its name.
enum class EventText : std::uint8_t {};

/// The texts that are of an event itself.
inline constexpr std::array<std::string_view, 13> own_text_names = {
    "accept_invalid", "because",   "exception",  "file_name", "mail",    "message_id", "note",
    "reading_notes",  "recipient", "signatures", "signed_by", "sources", "unread"};

/// The names, sorted: the order of the members of a canonical object.
template <>
struct Codes<EventText> {
  static constexpr auto codes = [] {
    constexpr auto is_text = [](Column column) { return info_of(column).is_free_text; };
    constexpr auto count =
        static_cast<std::size_t>(std::count_if(all_columns.begin(), all_columns.end(), is_text));
    std::array<std::string_view, count + own_text_names.size()> names{};
    auto next = std::copy(own_text_names.begin(), own_text_names.end(), names.begin());
    for (const Column column : all_columns) {
      if (is_text(column)) *next++ = code_of(column);
    }
    std::sort(names.begin(), names.end());
    return names;
  }();
};

inline constexpr std::size_t event_text_count = code_count<EventText>;

consteval EventText operator""_text(const char* name, std::size_t size) {
  return static_cast<EventText>(place_of({name, size}, Codes<EventText>::codes));
}

/// Every text, in the order of the names.
inline constexpr std::array<EventText, event_text_count> all_event_texts = [] {
  std::array<EventText, event_text_count> all{};
  for (std::size_t i = 0; i < event_text_count; ++i) all[i] = static_cast<EventText>(i);
  return all;
}();

inline constexpr std::array<std::optional<Column>, event_text_count> columns_of_texts = [] {
  std::array<std::optional<Column>, event_text_count> columns{};
  for (const EventText text : all_event_texts)
    columns[static_cast<std::size_t>(text)] = from_code<Column>(code_of(text));
  return columns;
}();

/// The column that the text is of; nothing for one of the event itself.
constexpr std::optional<Column> column_of(EventText text) {
  return columns_of_texts[static_cast<std::size_t>(text)];
}

/// Whether the text is of what was read in a document.
constexpr bool is_of_judgement(EventText text) {
  return is_judgement_text(code_of(text));
}

/// Whether the text has several parts: an array in JSON.
constexpr bool is_list(EventText text) {
  const auto column = column_of(text);
  return column ? shape_of(*column) == ColumnShape::practices
                : text == "sources"_text || text == "signatures"_text || text == "reading_notes"_text;
}

/// Texts by name, in the order of the names: each with its parts, or with one where it is no list. A text
/// that was emptied is empty, or has no parts.
using TextValues = std::vector<std::pair<EventText, std::vector<std::string>>>;

/// The texts that an event seals.
struct TextsToSeal {
  std::string names;  ///< a JSON array; empty when there are none
  std::string value;  ///< canonical JSON, an object
};

/// The texts that a change sets or empties, or those that remain after an erasure.
TextsToSeal texts_of(const Change& change);

/// Reads what `texts_of` made. @throws Error{damaged} when it is not that
TextValues parse_texts(std::string_view json);

}  // namespace covenant
