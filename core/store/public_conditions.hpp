#pragma once

#include "core/store/conditions.hpp"
#include "core/store/public_list.hpp"

namespace covenant {

/// What a partner's row must hold to pass the filters of a public list.
inline Conditions conditions_of(const PublicQuery& query) {
  Conditions conditions;
  conditions.add_any("instr(';' || categories || ';', ';' || ? || ';') > 0", query.categories,
                     [](Category category) { return code_of(category); });
  conditions.add_any("country = ?", query.countries, [](const Country& country) { return country.code(); });
  return conditions;
}

}  // namespace covenant
