#pragma once

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

}  // namespace covenant
