#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"

namespace covenant {

/// What a figure of the annual report counts. Source: covenant-report(1).
enum class Measure {
  listed,
  joined,
  ended,
  applied,
  refused,
  practices,
  without_practices,
  former,
  days_to_decision_median,
  days_to_decision_max,
  days_to_commitment_median,
  days_to_commitment_max,
  renewals_due
};

template <>
struct Codes<Measure> {
  static constexpr std::array<std::string_view, 13> codes = {"listed",
                                                             "joined",
                                                             "ended",
                                                             "applied",
                                                             "refused",
                                                             "practices",
                                                             "without-practices",
                                                             "former",
                                                             "days-to-decision-median",
                                                             "days-to-decision-max",
                                                             "days-to-commitment-median",
                                                             "days-to-commitment-max",
                                                             "renewals-due"};
};

/// What the partners of a group have in common.
enum class GroupKind { none, category, level, country, reason };

template <>
struct Codes<GroupKind> {
  static constexpr std::array<std::string_view, 5> codes = {"", "category", "level", "country", "reason"};
};

/// Some of the partners: "category:financial"; without a kind all of them.
struct FigureGroup {
  GroupKind kind = GroupKind::none;
  std::string
      code{};  ///< of a category, a level, a country or a reason; "withdrawn" where there is no reason

  /// Empty for all.
  std::string str() const {
    return kind == GroupKind::none ? std::string() : std::string(code_of(kind)).append(":").append(code);
  }
};

/// A whole number or one and a half.
struct Halves {
  std::int64_t twice;

  std::string str() const { return std::to_string(twice / 2) + (twice % 2 == 0 ? "" : ".5"); }
  friend auto operator<=>(const Halves&, const Halves&) = default;
};

/// One figure of a year.
struct Figure {
  int year;
  Measure measure;
  FigureGroup group;
  Halves value;
};

/// By year and measure, of each the total first, then by groups: categories and levels in the order of the
/// scheme, countries and reasons by their codes. A group that nothing is in is left out, and so are days of
/// which there are none.
using Figures = std::vector<Figure>;

}  // namespace covenant
