#include "core/model/reference.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::size_t longest = 64;

bool is_allowed(char c) {
  return is_digit(c) || is_letter(c) || std::string_view("._/-").find(c) != std::string_view::npos;
}

bool is_like_an_id(std::string_view text) {
  const bool has_prefix = text.size() > 3 && (text.starts_with("AP-") || text.starts_with("ap-") ||
                                              text.starts_with("Ap-") || text.starts_with("aP-"));
  if (has_prefix) text.remove_prefix(3);
  return std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

Result<Reference> Reference::parse(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (inner.empty() || inner.size() > longest || !std::all_of(inner.begin(), inner.end(), is_allowed)) {
    return Problem::of(
        ProblemCode::reference, text,
        fmt::format("{} is not a reference; use up to 64 of A-Z a-z 0-9 . _ / -", revealed_in_quotes(text)));
  }
  if (is_like_an_id(inner)) {
    return Problem::of(ProblemCode::reference, text,
                       fmt::format("{} looks like an id; did you mean 'CoM-{}'?", in_quotes(inner), inner));
  }
  return Reference(std::string(inner));
}

}  // namespace covenant
