#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/result.hpp"

namespace covenant {

/// The four kinds of organisation that may join.
/// Source: the scheme, "Who can become an Associated Partner?".
enum class Category { financial, industrial, civil_society, other };

template <>
struct Codes<Category> {
  static constexpr std::array<std::string_view, 4> codes = {"financial", "industrial", "civil-society",
                                                            "other"};
};

/// At least one category, each once, always in the order of the enumeration.
class Categories {
 public:
  /// Reads codes joined by ';', blanks around them aside. Fails with `required` on none, `choice` on another
  /// word.
  static Result<Categories> parse(std::string_view text);

  bool has(Category category) const;
  /// Codes joined by ';'.
  std::string str() const;
  std::vector<Category> list() const;
  friend bool operator==(const Categories&, const Categories&) = default;

 private:
  explicit Categories(std::uint8_t bits) : bits_(bits) {}

  std::uint8_t bits_;
};

}  // namespace covenant
