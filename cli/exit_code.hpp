#pragma once

#include <array>
#include <string_view>

#include "core/base/error.hpp"
#include "core/base/result.hpp"

namespace covenant {

/// What the program returns to its caller. Source: covenant(1), EXIT STATUS.
enum class ExitCode {
  done = 0,
  fault = 1,
  usage = 2,
  refused = 3,
  not_found = 4,
  conflict = 5,
  bad_input = 6,
  busy = 7,
  damaged = 8,
  file = 9,
  due = 10,
};

/// What an exit code says.
struct ExitMeaning {
  ExitCode code;
  std::string_view meaning;
};

/// All of them, for people.
inline constexpr std::array<ExitMeaning, 11> exit_meanings = {{
    {ExitCode::done, "done"},
    {ExitCode::fault, "a fault of the program itself"},
    {ExitCode::usage, "usage: an option, an argument or a setting is wrong"},
    {ExitCode::refused, "the rules refuse: wrong status, not eligible, evidence missing, four eyes"},
    {ExitCode::not_found, "no such partner, or no such registry"},
    {ExitCode::conflict, "conflict: it already exists, or a possible duplicate does"},
    {ExitCode::bad_input, "bad input: a field or a row is not valid"},
    {ExitCode::busy, "the registry is busy: still locked after --wait SECONDS"},
    {ExitCode::damaged, "the registry is damaged, is not one, or is of a newer version"},
    {ExitCode::file, "a file cannot be read or written"},
    {ExitCode::due, "'due', 'duplicates' or 'links' found something"},
}};

constexpr ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return ExitCode::usage;
    case ErrorKind::refused:
    case ErrorKind::clock:
      return ExitCode::refused;
    case ErrorKind::not_found:
      return ExitCode::not_found;
    case ErrorKind::conflict:
      return ExitCode::conflict;
    case ErrorKind::bad_input:
      return ExitCode::bad_input;
    case ErrorKind::busy:
      return ExitCode::busy;
    case ErrorKind::damaged:
      return ExitCode::damaged;
    case ErrorKind::file:
      return ExitCode::file;
    case ErrorKind::fault:
      return ExitCode::fault;
  }
  return ExitCode::fault;
}

/// The exit code when one partner's change has that problem. In a spreadsheet every problem is `bad_input`.
constexpr ExitCode exit_code(ProblemCode code) {
  switch (code) {
    case ProblemCode::status:
    case ProblemCode::rule:
      return ExitCode::refused;
    case ProblemCode::partner:
      return ExitCode::not_found;
    case ProblemCode::duplicate:
    case ProblemCode::similar:
    case ProblemCode::conflict:
      return ExitCode::conflict;
    default:
      return ExitCode::bad_input;
  }
}

}  // namespace covenant
