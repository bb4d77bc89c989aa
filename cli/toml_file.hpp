#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.hpp"

namespace covenant {

/// What a value of a TOML file is.
enum class TomlKind { text, integer, boolean, date, list, empty_table, other };

/// One key of a TOML file, tables joined by dots ("policy.four_eyes"), and where it is.
struct TomlEntry {
  std::string key;
  TomlKind kind;
  std::string text;                ///< the value as text; of a boolean "true" or "false"
  std::vector<std::string> items;  ///< of a list of texts
  std::string no_text;             ///< the first item of a list that is no text, as it is written
  std::string written;             ///< what is no text, as it is written
  std::uint64_t line;              ///< from 1
  std::uint64_t key_column;        ///< where the key begins, from 1
  std::uint64_t column;            ///< where the value begins, from 1
};

/// A place in a TOML file.
struct TomlPlace {
  std::uint64_t line;    ///< from 1
  std::uint64_t column;  ///< in bytes, from 1
};

/// What is wrong at a place of a TOML file: the message has file, line and column.
class TomlError : public Error {
 public:
  TomlError(ErrorKind kind, const std::string& path, TomlPlace place, std::string reason,
            std::string excerpt);

  const TomlPlace& place() const { return place_; }
  /// The message without the place.
  const std::string& reason() const { return reason_; }
  /// The line of that place, and a caret below it; each ends in a line feed.
  const std::string& excerpt() const { return excerpt_; }

 private:
  TomlPlace place_;
  std::string reason_;
  std::string excerpt_;
};

/// A TOML file that was read.
struct TomlFile {
  std::string path;
  std::string text;
  std::vector<TomlEntry> entries;  ///< in the order of their keys' places; one for a table without keys too

  [[noreturn]] void refuse(ErrorKind kind, TomlPlace place, const std::string& reason) const;
};

/// Reads a TOML file (TOML 1.0).
/// @throws Error{file} when it cannot be read, TomlError{`malformed`} when it is not TOML in UTF-8, is nested
/// more than 32 deep or has more than 256 keys and tables; Error without a place when it is larger than 1
/// MiB.
TomlFile read_toml(const std::string& path, ErrorKind malformed);

}  // namespace covenant
