#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace covenant {

/// Why a field or a row does not hold; the code a machine reads in `error_code` and in the JSON report.
enum class ProblemCode {
  required,
  too_long,
  too_short,
  encoding,
  control_character,
  choice,
  country,
  number,
  date,
  url,
  email,
  phone,
  reference,
  practice,
  duplicate,
  similar,
  conflict,
  columns,
  quote,
  partner,     ///< there is no such partner
  status,      ///< the lifecycle refuses the move
  commitment,  ///< the commitment file cannot be read, or is not one
  rule,        ///< another rule of the scheme refuses it
};

/// The code as it is written out: lower case, words joined by hyphens ("too-long").
std::string_view to_string(ProblemCode code);

/// One thing that is wrong with the input. A value type's parser leaves `line` and `column` empty; whoever
/// knows the place fills them in.
struct Problem {
  ProblemCode code = ProblemCode::required;
  std::string value;       ///< the offending text as it was given
  std::string message;     ///< for people, without the place: "'XX' is not a country code …"
  std::string column;      ///< the field's name, empty when it is about the whole row
  std::uint64_t line = 0;  ///< line of the file, from 1; 0 when the input was not a file
};

}  // namespace covenant
