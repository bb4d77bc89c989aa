#pragma once

#include <cstdint>
#include <string>
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
  std::uint64_t line;              ///< from 1
  std::uint64_t key_column;        ///< where the key begins, from 1
  std::uint64_t column;            ///< where the value begins, from 1
};

/// Reads a TOML file (TOML 1.0), in the order of its keys' places. A table without keys is an entry as well.
/// @throws Error{file} when it cannot be read, Error{`malformed`} with file, line and column when it is not
/// TOML in UTF-8, is nested more than 32 deep or has more than 256 keys and tables; without a place when it
/// is larger than 1 MiB.
std::vector<TomlEntry> read_toml(const std::string& path, ErrorKind malformed);

}  // namespace covenant
