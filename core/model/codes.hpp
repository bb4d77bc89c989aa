#pragma once

#include <array>
#include <cstdint>
#include <optional>
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
  static constexpr std::string_view noun = "a category";
  static constexpr std::array<std::string_view, 4> codes = {"financial", "industrial", "civil-society",
                                                            "other"};
};

/// At least one category, each once, always in the order of the enumeration.
class Categories {
 public:
  /// Reads codes joined by ';', blanks around them aside. Fails with `required` on none, `choice` on another
  /// word.
  static Result<Categories> parse(std::string_view text);

  /// The codes that a text names in another form: joined by commas or blanks, or in capitals.
  static std::optional<std::string> suggest(std::string_view text);

  bool has(Category category) const;
  /// Codes joined by ';'.
  std::string str() const;
  std::vector<Category> list() const;
  friend bool operator==(const Categories&, const Categories&) = default;

 private:
  explicit Categories(std::uint8_t bits) : bits_(bits) {}

  std::uint8_t bits_;
};

/// The reach of an organisation; the scheme asks for one of the first two.
enum class Level { european, international, national, local };

template <>
struct Codes<Level> {
  static constexpr std::string_view noun = "a level";
  static constexpr std::array<std::string_view, 4> codes = {"european", "international", "national", "local"};
};

/// Whether an organisation says that it is made of members.
enum class MembershipBased { no, yes };

template <>
struct Codes<MembershipBased> {
  static constexpr std::array<std::string_view, 2> codes = {"no", "yes"};
};

/// Why the Commission ended a partnership. Source: covenant-lifecycle(7), ENDING.
enum class EndReason {
  commission_decision,
  no_longer_eligible,
  commitments_not_met,
  inactive,
  ceased,
  merged,
  entered_in_error,
};

template <>
struct Codes<EndReason> {
  static constexpr std::string_view noun = "a reason";
  static constexpr std::array<std::string_view, 7> codes = {
      "commission-decision", "no-longer-eligible", "commitments-not-met", "inactive", "ceased", "merged",
      "entered-in-error"};
};

}  // namespace covenant
