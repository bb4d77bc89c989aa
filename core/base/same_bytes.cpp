#include "core/base/same_bytes.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

namespace covenant {

bool same_bytes(const std::string& left, const std::string& right) {
  std::error_code error;
  const auto size = std::filesystem::file_size(left, error);
  if (error || size != std::filesystem::file_size(right, error) || error) return false;
  std::ifstream a(left, std::ios::binary);
  std::ifstream b(right, std::ios::binary);
  std::array<char, 65536> block_a{};
  std::array<char, 65536> block_b{};
  while (a && b) {
    a.read(block_a.data(), block_a.size());
    b.read(block_b.data(), block_b.size());
    const auto count = static_cast<std::size_t>(a.gcount());
    if (a.gcount() != b.gcount()) return false;
    if (std::string_view(block_a.data(), count) != std::string_view(block_b.data(), count)) return false;
  }
  return a.eof() && b.eof();
}

}  // namespace covenant
