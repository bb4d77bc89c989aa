#include "core/model/code.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

Problem not_a_choice(std::string_view value, const std::string_view* codes, std::size_t count) {
  const std::vector<std::string_view> known(codes, codes + count);
  std::string message = fmt::format("'{}' is not one of {}", for_terminal(value), fmt::join(known, ", "));
  if (const auto near = nearest(value, known)) message += fmt::format("; did you mean '{}'?", *near);
  return {ProblemCode::choice, std::string(value), std::move(message), "", 0};
}

}  // namespace covenant
