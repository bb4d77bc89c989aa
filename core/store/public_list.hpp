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

  /// The same of one partner alone.
  PublicQuery only(PartnerId partner) const;

  /// What a partner's row must satisfy.
  const Conditions& conditions() const { return conditions_; }

 private:
  Conditions conditions_;
};

/// What a list of those partners shows in sum; `modified` is the day of the last change, whether it is seen
/// or not.
PublicSummary summarise(Read& read, const PublicQuery& query);

/// Visits the listed partners by id.
void for_each_public_row_by_id(Read& read, const PublicQuery& query,
                               const std::function<void(const PublicTexts&)>& visit);

/// Visits the texts of the listed partners by name, in the alphabetical order of a language (a BCP 47 tag),
/// ties by id.
void for_each_public_row_by_name(Read& read, const PublicQuery& query, const std::string& language,
                                 const std::function<void(const PublicTexts&)>& visit);

/// The ids of the listed partners in that order.
std::vector<PartnerId> public_ids_by_name(Read& read, const PublicQuery& query, const std::string& language);

/// Visits the texts of one partner; returns whether it is on the list.
bool find_public_row(Read& read, PartnerId id, const std::function<void(const PublicTexts&)>& visit);

/// The partner that this one is, or into which it merged, by as many mergers as it takes, if that one is
/// listed.
std::optional<Successor> find_listed_successor(Read& read, PartnerId partner);

/// Whether some were listed once and ended.
bool has_former_partners(Read& read, const PublicQuery& query);

/// Visits those who were listed once and ended, by id.
void for_each_former_partner(Read& read, const PublicQuery& query,
                             const std::function<void(const FormerPartner&)>& visit);

/// Visits the last change of each partner in public, the latest first, until one returns false.
void for_each_public_change(Read& read, const std::function<bool(PartnerId, std::int64_t seq)>& visit);

/// The partners of which the public sees something else than before the event after `since`, by id: by an
/// event of their own, or as one of those into which they merged changed.
std::vector<PartnerId> find_changed_in_public(Read& read, std::int64_t since);

}  // namespace covenant
