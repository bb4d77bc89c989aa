#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace covenant {

/// Reads canonical JSON (RFC 8785) of strings and whole numbers from the front, piece by piece, by whoever
/// knows what stands where. What is not canonical is not read.
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

 private:
  std::string_view rest_;
};

}  // namespace covenant
