#include "core/store/partner_list.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/folding.hpp"
#include "core/text/suggest.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

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
  if (!query.search.empty()) {
    // The contact is read as JSON only where its text as a whole has the term.
    conditions.add(
        "(matches(?, p.name, p.acronym, p.reference, p.city, p.website, p.description, p.expertise, "
        "p.practices) OR p.id IN (SELECT owner(f.partner, e.body ->> '$.partner') FROM former_name f "
        "JOIN event e ON e.seq = f.seq WHERE matches(?, f.name)) OR "
        "EXISTS (SELECT 1 FROM sealed s WHERE s.seq = p.contact AND s.field = 'contact' AND "
        "matches(?, s.value) AND matches(?, s.value ->> '$.name', s.value ->> '$.role', "
        "s.value ->> '$.email', s.value ->> '$.phone')))",
        query.search, query.search, query.search, query.search);
  }
  return conditions;
}

bool is_contact(Column column) {
  return info_of(column).is_of_contact;
}

/// The column as a text or a number; the id as its number. A contact's fields are in one sealed value.
std::string expression_of(Column column) {
  const std::string name(code_of(column));
  if (is_derived(column)) return contact_since_sql();
  if (!is_contact(column)) return "p." + name;
  return contact_value + " ->> '$." + name.substr(name.find('_') + 1) + "'";
}

std::string order_by(const PartnerQuery& query) {
  const std::string direction = query.order == Order::descending ? " DESC" : "";
  // All rows sorted cost less than all rows looked up in the index's order, which is no order of the table's.
  const std::string sorted = query.limit ? "" : "+";
  const std::string by_id = query.sort == "id"_column ? "" : ", p.id" + direction;
  return " ORDER BY " + sorted + (query.sort == "name"_column ? "p.sort_key" : expression_of(query.sort)) +
         direction + by_id;
}

std::string select_rows(const PartnerQuery& query, const std::vector<Column>& columns,
                        const Conditions& conditions) {
  std::string sql = "SELECT p.status";
  for (const Column column : columns) sql.append(", ").append(expression_of(column));
  sql.append(" FROM partner p");
  if (is_contact(query.sort) || std::any_of(columns.begin(), columns.end(), is_contact)) {
    sql.append(" LEFT JOIN sealed c ON c.seq = p.contact AND c.field = 'contact'");
  }
  sql.append(conditions.sql()).append(order_by(query));
  if (query.limit) sql.append(" LIMIT ").append(std::to_string(*query.limit));
  return sql;
}

bool is_id(Column column) {
  return column == "id"_column || column == "successor"_column;
}

}  // namespace

void for_each_row(Read& read, const PartnerQuery& query, const std::vector<Column>& columns,
                  const std::function<void(const ListedRow&)>& visit) {
  const Conditions conditions = conditions_of(query);
  Query rows = read.query(select_rows(query, columns, conditions));
  conditions.bind(rows);
  std::vector<std::string> ids(columns.size());
  std::vector<std::string_view> texts(columns.size());
  while (rows.step()) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      if (is_id(columns[i])) {
        texts[i] = rows.is_null(at) ? "" : std::string_view(ids[i] = stored_id(rows, at).str());
      } else {
        texts[i] = stored_text(rows, at, columns[i]);
      }
    }
    visit({stored(parse_code<Status>(rows.text(0))), texts});
  }
}

namespace {

/// "ca" of "Climate Alliance".
std::string initials(std::string_view name) {
  const std::string words = search_key(name);
  std::string letters;
  for (std::string_view rest = words; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find(' '));
    std::string_view after = word;
    if (!word.empty()) take_code_point(after);
    letters += word.substr(0, word.size() - after.size());
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
  }
  return letters;
}

}  // namespace

std::vector<NamedPartner> find_partners_named_like(Read& read, std::string_view text, std::size_t most) {
  const SearchTerm term(text);
  const std::string key = similarity_key(text);
  std::vector<NamedPartner> found;
  Query rows = read.query("SELECT id, name, acronym, reference FROM partner ORDER BY id");
  while (found.size() < most && rows.step()) {
    const std::string_view name = stored_text(rows, 1, "name"_column);
    const std::string_view acronym = stored_text(rows, 2, "acronym"_column);
    const std::string_view reference = stored_text(rows, 3, "reference"_column);
    if (term.is_in(name) || term.is_in(acronym) || are_near(key, similarity_key(name)) ||
        (!acronym.empty() && are_near(key, similarity_key(acronym))) || key == initials(name) ||
        (!reference.empty() && key == similarity_key(reference)))
      found.push_back({stored_id(rows, 0), std::string(name)});
  }
  return found;
}

std::int64_t count_partners(Read& read, const PartnerQuery& query) {
  const Conditions conditions = conditions_of(query);
  Query rows = read.query("SELECT count(*) FROM partner p" + conditions.sql());
  conditions.bind(rows);
  rows.step();
  const std::int64_t count = rows.integer(0);
  return query.limit ? std::min(count, *query.limit) : count;
}

}  // namespace covenant
