#include "core/store/partner_list.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/sealed_table.hpp"
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
        "EXISTS (SELECT 1 FROM sealed s WHERE s.id = " +
            sealed_id("p.contact", "contact") +
            " AND matches(?, s.value) AND matches(?, s.value ->> '$.name', s.value ->> '$.role', "
            "s.value ->> '$.email', s.value ->> '$.phone')))",
        query.search, query.search, query.search, query.search);
  }
  return conditions;
}

bool is_contact(Column column) {
  return info_of(column).is_of_contact;
}

/// Whether the column may name a person: such texts are sorted in memory alone.
bool may_name_person(Column column) {
  return is_contact(column) || info_of(column).is_free_text;
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

std::string from_partner(bool with_contact) {
  return " FROM " + (with_contact ? partner_source : "partner p");
}

std::string select_columns(const std::vector<Column>& columns) {
  std::string sql = "SELECT p.status";
  for (const Column column : columns) sql.append(", ").append(expression_of(column));
  return sql;
}

/// What `select` names of the partners asked for, in their order.
std::string sorted(const std::string& select, bool with_contact, const PartnerQuery& query,
                   const Conditions& conditions) {
  std::string sql = select + from_partner(with_contact || is_contact(query.sort)) + conditions.sql();
  sql.append(order_by(query));
  if (query.limit) sql.append(" LIMIT ").append(std::to_string(*query.limit));
  return sql;
}

bool is_id(Column column) {
  return column == "id"_column || column == "successor"_column;
}

/// Whether whole rows of all partners are more than memory is to have.
bool is_long(Read& read) {
  constexpr std::int64_t most = 40'000;
  Query last = read.query("SELECT max(id) FROM main.partner");
  return last.step() && last.integer(0) > most;
}

/// Visits rows of `select_columns`.
class VisitRow {
 public:
  VisitRow(const std::vector<Column>& columns, const std::function<void(const ListedRow&)>& visit)
      : columns_(columns), visit_(visit), ids_(columns.size()), texts_(columns.size()) {}

  void operator()(Query& row) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const int at = static_cast<int>(i) + 1;
      if (is_id(columns_[i])) {
        texts_[i] = row.is_null(at) ? "" : std::string_view(ids_[i] = stored_id(row, at).str());
      } else {
        texts_[i] = stored_text(row, at, columns_[i]);
      }
    }
    visit_({stored(parse_code<Status>(row.text(0))), texts_});
  }

 private:
  const std::vector<Column>& columns_;
  const std::function<void(const ListedRow&)>& visit_;
  std::vector<std::string> ids_;
  std::vector<std::string_view> texts_;
};

}  // namespace

// Of a long list nothing may be in memory but the row at hand: it is sorted in files, where no text of a
// person may be. Then ids alone are sorted, and each row is looked up, which takes a few times as long.
void for_each_row(Read& read, const PartnerQuery& query, const std::vector<Column>& columns,
                  const std::function<void(const ListedRow&)>& visit) {
  const bool with_contact = std::any_of(columns.begin(), columns.end(), is_contact);
  const bool has_persons = std::any_of(columns.begin(), columns.end(), may_name_person);
  const bool is_looked_up = has_persons && !query.limit && is_long(read);
  const bool is_in_files = !query.limit && !may_name_person(query.sort) && (!has_persons || is_looked_up);
  const Conditions conditions = conditions_of(query);
  VisitRow visit_row(columns, visit);
  if (is_in_files) read.sort_in(SortingPlace::files);
  if (is_looked_up) {
    read.keep_more_pages();
    const std::string select = select_columns(columns) + from_partner(with_contact) + " WHERE p.id = :id";
    Query ids = read.query(sorted("SELECT p.id", false, query, conditions));
    conditions.bind(ids);
    while (ids.step()) {
      Query row = read.query(select);
      if (row.bind(":id", ids.integer(0)).step()) visit_row(row);
    }
  } else {
    Query rows = read.query(sorted(select_columns(columns), with_contact, query, conditions));
    conditions.bind(rows);
    while (rows.step()) visit_row(rows);
  }
  if (is_in_files) read.sort_in(SortingPlace::memory);
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
