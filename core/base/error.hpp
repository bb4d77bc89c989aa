#pragma once

#include <stdexcept>
#include <string>

namespace covenant {

/// Whose move an error is; `cli/exit_code.hpp` maps each kind to the exit code of the same row.
enum class ErrorKind {
  usage,      ///< an option, an argument or a setting is wrong
  refused,    ///< the rules of the scheme refuse
  clock,      ///< the clock contradicts the history
  not_found,  ///< no such partner, or no such registry
  conflict,   ///< it already exists, or a possible duplicate does
  bad_input,  ///< a field or a row is not valid
  busy,       ///< the registry stayed locked
  damaged,    ///< the registry is damaged, is not one, or is of a newer version
  file,       ///< a file cannot be read or written
  fault,      ///< a fault of the program itself
};

/// What core throws when it cannot go on: a kind, and a message of one line for people.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

/// An `Error` about the registry that is in use, `busy` or `damaged`: the message says what is wrong with it,
/// without its name.
class RegistryError : public Error {
 public:
  using Error::Error;
};

/// Throws that what the registry has is not what the program wrote.
[[noreturn]] inline void damaged(const std::string& what) {
  throw RegistryError(ErrorKind::damaged, what);
}

}  // namespace covenant
