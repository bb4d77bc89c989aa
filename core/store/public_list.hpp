#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/model/public_list.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Which listed partners to give. An empty filter lets everything pass.
struct PublicQuery {
  std::vector<Category> categories;
  std::vector<Country> countries;
};

/// What a list of those partners shows in sum. `modified` also counts the endings of those who are no longer
/// there.
PublicSummary summarise(Read& read, const PublicQuery& query);

/// Gives the listed partners by id.
void for_each_public_partner_by_id(Read& read, const PublicQuery& query,
                                   const std::function<void(const PublicPartner&)>& give);

/// The same, as the texts that are stored.
void for_each_public_row_by_id(Read& read, const PublicQuery& query,
                               const std::function<void(const PublicTexts&)>& give);

/// Gives the texts of the listed partners by name, in the alphabetical order of a language (a BCP 47 tag),
/// ties by id.
void for_each_public_row_by_name(Read& read, const PublicQuery& query, const std::string& language,
                                 const std::function<void(const PublicTexts&)>& give);

/// Gives the texts of one partner; tells whether it is on the list.
bool find_public_row(Read& read, PartnerId id, const std::function<void(const PublicTexts&)>& give);

/// Gives those who were listed once and ended, by id.
void for_each_former_partner(Read& read, const PublicQuery& query,
                             const std::function<void(const FormerPartner&)>& give);

/// What a partner's row must hold to pass the filters of a public list.
inline Conditions conditions_of(const PublicQuery& query) {
  Conditions conditions;
  conditions.add_any("instr(';' || categories || ';', ';' || ? || ';') > 0", query.categories,
                     [](Category category) { return code_of(category); });
  conditions.add_any("country = ?", query.countries, [](const Country& country) { return country.code(); });
  return conditions;
}

}  // namespace covenant
