#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

std::string_view text_of(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

std::uint8_t Pieces::byte() {
  if (rest_.empty()) return 0;
  const auto first = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return first;
}

std::uint32_t Pieces::three_bytes() {
  std::uint32_t number = byte();
  number = number << 8U | byte();
  return number << 8U | byte();
}

std::string_view Pieces::text() {
  const std::string_view taken = rest_.substr(0, byte());
  const std::size_t count = std::min<std::size_t>(taken.size(), rest_.size());
  const std::string_view text = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return text;
}

void demand(bool is_so, std::string_view what) {
  if (is_so) return;
  std::cerr << "finding: " << what << std::endl;
  std::abort();
}

}  // namespace covenant::fuzz
