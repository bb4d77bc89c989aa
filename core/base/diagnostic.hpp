#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace covenant {

/// Something that a person or a program learns about the input. Whoever finds it leaves `line` and often
/// `column` empty; whoever knows the place fills them in.
template <class Code>
struct Diagnostic {
  Code code{};
  std::string value;       ///< the text in question as it was given
  std::string message;     ///< for people, without the place: "'XX' is not a country code …"
  std::string column;      ///< the field's name, empty when it is about the whole row
  std::uint64_t line = 0;  ///< line of the file, from 1; 0 when the input was not a file

  /// One whose line is not known yet, and whose column may not be.
  static Diagnostic of(Code code, std::string_view value, std::string message, std::string_view column = {}) {
    return {code, std::string(value), std::move(message), std::string(column), 0};
  }
};

}  // namespace covenant
