#include "core/model/member_count.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/model/text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

Result<MemberCount> MemberCount::parse(std::string_view text) {
  constexpr std::int64_t most = 10'000'000;
  const std::string_view inner = trimmed(text);
  std::int64_t number = 0;
  const char* end = inner.data() + inner.size();
  const auto [rest, error] = std::from_chars(inner.data(), end, number);
  const bool is_number = !inner.empty() && inner.front() != '-' && error == std::errc() && rest == end;
  if (is_number && number <= most) return MemberCount(number);
  return Problem{ProblemCode::number, std::string(text),
                 fmt::format("'{}' is not a whole number from 0 to {}", for_terminal(text), most), "", 0};
}

}  // namespace covenant
