#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace covenant {

/// A compiled catalogue of messages, searched in place. Nothing in the file is trusted: what points outside
/// it is not there. Source: GNU gettext manual, "The Format of GNU MO Files" (little endian, sorted).
class MessageFile {
 public:
  /// Nothing when the bytes are not such a file, or its strings are not sorted. The bytes must outlive it.
  static std::optional<MessageFile> open(std::string_view bytes);

  /// The translation of a message; of one with plural forms, its form of that number.
  std::optional<std::string_view> find(std::string_view message, std::size_t form = 0) const;

  std::size_t size() const { return count_; }
  /// The message at that place, with plural forms its singular; from 0, in the order of bytes.
  std::string_view message(std::size_t place) const;

 private:
  MessageFile(std::string_view bytes, std::uint32_t count, std::uint32_t messages, std::uint32_t translations)
      : bytes_(bytes), count_(count), messages_(messages), translations_(translations) {}

  std::optional<std::string_view> entry(std::size_t table, std::size_t place) const;

  std::string_view bytes_;
  std::uint32_t count_;
  std::uint32_t messages_;
  std::uint32_t translations_;
};

}  // namespace covenant
