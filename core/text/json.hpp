#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace covenant {

/// Appends JSON to a string, without blanks; puts the commas. Members come out in the order of the calls:
/// whoever wants the canonical form (RFC 8785) calls with sorted keys.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(std::int64_t number);
  JsonWriter& null();
  /// An array of the texts between the semicolons of `joined`, which has none when that is empty.
  JsonWriter& array_of(std::string_view joined);
  /// A value that is JSON already.
  JsonWriter& raw(std::string_view json);

  JsonWriter& member(std::string_view name, std::string_view text) { return key(name).value(text); }
  JsonWriter& member(std::string_view name, std::int64_t number) { return key(name).value(number); }
  /// Null when there is no text.
  JsonWriter& member_or_null(std::string_view name, const std::optional<std::string>& text);

 private:
  void separate();

  std::string& out_;
  bool first_ = true;
};

/// Reads canonical JSON (RFC 8785) of strings and whole numbers from the front, piece by piece, by whoever
/// knows what is where. What is not canonical is not read.
class CanonicalReader {
 public:
  explicit CanonicalReader(std::string_view json) : rest_(json) {}

  bool is_at_end() const { return rest_.empty(); }
  /// How many bytes are still to be read.
  std::size_t size() const { return rest_.size(); }

  /// Passes over these bytes, if they are next.
  bool take(std::string_view bytes);
  /// A string of well-formed UTF-8.
  std::optional<std::string> string();
  /// A number from 0 to 10^15.
  std::optional<std::int64_t> number();
  /// Any whole number of 64 bits.
  std::optional<std::int64_t> integer();

 private:
  std::string_view rest_;
};

}  // namespace covenant
