#pragma once

#include <optional>
#include <string>

#include "core/model/email.hpp"

namespace covenant {

/// The office as its letters name it. Source: covenant.toml(5), The office.
struct Office {
  std::optional<std::string> name;     ///< one line; nothing: what the catalogue of the language calls it
  std::optional<Email> email;          ///< the sender of letters, to which replies go
  std::optional<std::string> address;  ///< one line
  std::optional<std::string> phone;    ///< as people write it; it is a telephone number
};

}  // namespace covenant
