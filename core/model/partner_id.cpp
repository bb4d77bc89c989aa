#include "core/model/partner_id.hpp"

#include <charconv>
#include <string>

namespace covenant {

std::optional<PartnerId> PartnerId::parse(std::string_view text) {
  if (text.size() > 3 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'P' || text[1] == 'p') &&
      text[2] == '-') {
    text.remove_prefix(3);
  }
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return PartnerId(number);
}

std::string PartnerId::str() const {
  std::string digits = std::to_string(number_);
  constexpr std::size_t fewest = 4;
  if (digits.size() < fewest) digits.insert(0, fewest - digits.size(), '0');
  return digits.insert(0, "AP-");
}

}  // namespace covenant
