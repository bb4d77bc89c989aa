#include "core/base/problem.hpp"

namespace covenant {

std::string_view to_string(ProblemCode code) {
  switch (code) {
    case ProblemCode::required:
      return "required";
    case ProblemCode::too_long:
      return "too-long";
    case ProblemCode::too_short:
      return "too-short";
    case ProblemCode::encoding:
      return "encoding";
    case ProblemCode::control_character:
      return "control-character";
    case ProblemCode::choice:
      return "choice";
    case ProblemCode::country:
      return "country";
    case ProblemCode::number:
      return "number";
    case ProblemCode::date:
      return "date";
    case ProblemCode::url:
      return "url";
    case ProblemCode::email:
      return "email";
    case ProblemCode::phone:
      return "phone";
    case ProblemCode::reference:
      return "reference";
    case ProblemCode::practice:
      return "practice";
    case ProblemCode::duplicate:
      return "duplicate";
    case ProblemCode::similar:
      return "similar";
    case ProblemCode::conflict:
      return "conflict";
    case ProblemCode::columns:
      return "columns";
    case ProblemCode::quote:
      return "quote";
    case ProblemCode::partner:
      return "partner";
    case ProblemCode::status:
      return "status";
    case ProblemCode::commitment:
      return "commitment";
    case ProblemCode::rule:
      return "rule";
  }
  return "fault";
}

}  // namespace covenant
