#include "core/model/status.hpp"

#include <fmt/format.h>

namespace covenant {

std::string refusal(std::string_view partner, Status from, Move move) {
  std::string legal;
  for (std::size_t i = 0; i < Codes<Move>::codes.size(); ++i) {
    const auto other = static_cast<Move>(i);
    if (is_legal(from, other)) legal.append(legal.empty() ? "" : ", ").append(code_of(other));
  }
  return fmt::format("{}: is {}, cannot {}; possible: {}", partner, code_of(from), code_of(move), legal);
}

}  // namespace covenant
