#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/model/figures.hpp"

namespace covenant {

/// The figures as CSV (RFC 4180): year, measure, group, value.
std::string figures_as_csv(const Figures& figures);

/// The same as one JSON array of objects and a line feed; the group of a total is an empty text.
std::string figures_as_json(const Figures& figures);

/// How figures are drawn for people.
struct BarLook {
  std::size_t width = 80;      ///< columns for a line
  std::string_view bar = "█";  ///< one column of a bar
};

/// The figures for people, year by year: a line each, those of groups indented and with bars.
std::string figures_as_text(const Figures& figures, const BarLook& look);

}  // namespace covenant
