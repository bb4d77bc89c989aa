#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/model/public_list.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Which listed partners to visit: those of any of the categories, with their seat in any of the countries.
/// An empty filter lets everything pass.
class PublicQuery {
 public:
  PublicQuery() = default;
  PublicQuery(const std::vector<Category>& categories, const std::vector<Country>& countries);

  /// What a partner's row must satisfy.
  const Conditions& conditions() const { return conditions_; }

 private:
  Conditions conditions_;
};

/// What a list of those partners shows in sum. `modified` also counts the endings of those who are no longer
/// there.
PublicSummary summarise(Read& read, const PublicQuery& query);

/// Visits the listed partners by id.
void for_each_public_row_by_id(Read& read, const PublicQuery& query,
                               const std::function<void(const PublicTexts&)>& visit);

/// Visits the texts of the listed partners by name, in the alphabetical order of a language (a BCP 47 tag),
/// ties by id.
void for_each_public_row_by_name(Read& read, const PublicQuery& query, const std::string& language,
                                 const std::function<void(const PublicTexts&)>& visit);

/// Visits the texts of one partner; returns whether it is on the list.
bool find_public_row(Read& read, PartnerId id, const std::function<void(const PublicTexts&)>& visit);

/// Visits those who were listed once and ended, by id.
/// The partner that this one is, or into which it merged, by as many mergers as it takes, if that one is
/// listed.
std::optional<Successor> find_listed_successor(Read& read, PartnerId partner);

void for_each_former_partner(Read& read, const PublicQuery& query,
                             const std::function<void(const FormerPartner&)>& visit);

}  // namespace covenant
