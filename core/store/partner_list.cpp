#include "core/store/partner_list.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/store/conditions.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

namespace {

constexpr std::string_view searched =
    "matches(p.name || char(10) || coalesce(p.acronym, '') || char(10) || coalesce(p.reference, '') || "
    "char(10) || "
    "coalesce(p.city, '') || char(10) || coalesce(p.website, '') || char(10) || coalesce(p.description, '') "
    "|| "
    "char(10) || coalesce(p.expertise, '') || char(10) || coalesce(p.practices, ''), ?)";

Conditions conditions_of(const PartnerQuery& query) {
  Conditions conditions;
  const auto code = [](auto value) { return code_of(value); };
  conditions.add_any("p.status = ?", query.statuses, code);
  conditions.add_any("instr(';' || p.categories || ';', ';' || ? || ';') > 0", query.categories, code);
  conditions.add_any("p.country = ?", query.countries, [](const Country& country) { return country.code(); });
  conditions.add_any("p.level = ?", query.levels, code);
  if (query.applied_since) conditions.add("p.applied_on >= ?", query.applied_since->str());
  if (query.applied_until) conditions.add("p.applied_on <= ?", query.applied_until->str());
  if (query.joined_since) conditions.add("p.approved_on >= ?", query.joined_since->str());
  if (query.joined_until) conditions.add("p.approved_on <= ?", query.joined_until->str());
  if (!query.search.empty()) conditions.add(searched, query.search);
  return conditions;
}

std::string sort_expression(Column column) {
  switch (column) {
    case Column::id:
      return "p.id";
    case Column::name:
      return "p.sort_key";
    case Column::contact_name:
      return "c.value ->> '$.name'";
    case Column::contact_role:
      return "c.value ->> '$.role'";
    case Column::contact_email:
      return "c.value ->> '$.email'";
    case Column::contact_phone:
      return "c.value ->> '$.phone'";
    default:
      return "p." + std::string(code_of(column));
  }
}

std::string order_by(const PartnerQuery& query) {
  const std::string direction = query.order == Order::descending ? " DESC" : "";
  const std::string by_id = query.sort == Column::id ? "" : ", p.id" + direction;
  return " ORDER BY " + sort_expression(query.sort) + direction + by_id;
}

}  // namespace

void for_each_partner(Read& read, const PartnerQuery& query,
                      const std::function<void(const Partner&)>& give) {
  const Conditions conditions = conditions_of(query);
  std::string sql = "SELECT ";
  sql.append(partner_columns)
      .append(" FROM ")
      .append(partner_source)
      .append(conditions.sql())
      .append(order_by(query));
  if (query.limit) sql.append(" LIMIT ").append(std::to_string(*query.limit));
  SQLite::Statement statement = read.prepare(sql);
  Query rows(statement);
  conditions.bind(rows);
  while (rows.step()) give(read_partner(rows));
}

std::int64_t count_partners(Read& read, const PartnerQuery& query) {
  const Conditions conditions = conditions_of(query);
  SQLite::Statement statement = read.prepare("SELECT count(*) FROM partner p" + conditions.sql());
  Query rows(statement);
  conditions.bind(rows);
  rows.step();
  const std::int64_t count = rows.integer(0);
  return query.limit ? std::min(count, *query.limit) : count;
}

}  // namespace covenant
