#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace covenant {

/// The country of a seat.
/// Source: ISO 3166-1 alpha-2, officially assigned codes (iso-codes 4.15), and the user-assigned XK for
/// Kosovo.
class Country {
 public:
  /// Reads an upper-case code; the EU's own EL and UK are read as GR and GB. Fails with `country`, and
  /// suggests the code where `suggest` knows it.
  static Result<Country> parse(std::string_view text);

  /// Every country, in the order of the codes.
  static std::vector<Country> all();

  /// Whether a text is an upper-case code as `code` has it.
  static bool is_code(std::string_view text);

  /// The code of a country that is named by an alpha-3 code, in small letters, or by a name in any of the
  /// official languages or one that is old or common in English; nothing where more than one may be meant.
  static std::optional<std::string> suggest(std::string_view text);

  bool is_kosovo() const { return code() == "XK"; }
  std::string_view code() const { return {letters_.data(), letters_.size()}; }
  friend bool operator==(const Country&, const Country&) = default;

 private:
  explicit Country(std::string_view code) : letters_{code[0], code[1]} {}

  std::array<char, 2> letters_;
};

}  // namespace covenant
