#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Which way a list is sorted.
enum class Order { ascending, descending };

/// Which partners a list has, and in which order. An empty filter lets everything pass; days are inclusive.
struct PartnerQuery {
  std::vector<Status> statuses;
  std::vector<Category> categories;
  std::vector<Country> countries;
  std::vector<Level> levels;
  std::string search;  ///< what a text, the contact, a former name or the reference contains (`SearchTerm`)
  std::optional<Date> applied_since;
  std::optional<Date> applied_until;
  std::optional<Date> joined_since;
  std::optional<Date> joined_until;
  Column sort = "name"_column;  ///< names in English alphabetical order, all else by its text; ties by id
  Order order = Order::ascending;
  std::optional<std::int64_t> limit;
};

/// Visits the partners one at a time, of each the columns.
void for_each_row(Read& read, const PartnerQuery& query, const std::vector<Column>& columns,
                  const std::function<void(const ListedRow&)>& visit);

/// A partner and its name.
struct NamedPartner {
  PartnerId id;
  std::string name;
};

/// The first partners, at most so many, whose name or acronym has the text in it or is nearly the text.
std::vector<NamedPartner> find_partners_named_like(Read& read, std::string_view text, std::size_t most);

/// How many partners `for_each_row` would visit.
std::int64_t count_partners(Read& read, const PartnerQuery& query);

}  // namespace covenant
