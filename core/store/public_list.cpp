#include "core/store/public_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/model/status.hpp"
#include "core/store/database.hpp"
#include "core/store/ending_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/past_tables.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

/// Runs "SELECT … WHERE <conditions> …" and visits each row.
template <class Visit>
void each_row(Read& read, const Conditions& conditions, const std::string& head, const std::string& tail,
              Visit visit) {
  Query rows = read.query(head + conditions.sql() + tail);
  conditions.bind(rows);
  while (rows.step()) visit(rows);
}

/// Selects the public fields, in their order.
const std::string select_public = [] {
  std::string sql = "SELECT ";
  for (const std::string_view name : Codes<PublicField>::codes)
    sql.append(sql.ends_with(' ') ? "" : ", ").append(name);
  return sql + " FROM partner";
}();

/// Of listed partners alone.
Conditions listed(const PublicQuery& query) {
  Conditions conditions = query.conditions();
  conditions.add("status = ?", std::string(code_of(Status::approved)));
  return conditions;
}

using Counts = std::map<std::string, std::int64_t, std::less<>>;

void count(Counts& counts, std::string_view what) {
  const auto at = counts.find(what);
  ++(at != counts.end() ? at : counts.emplace(what, 0).first)->second;
}

}  // namespace

PublicQuery::PublicQuery(const std::vector<Category>& categories, const std::vector<Country>& countries) {
  conditions_.add_any("instr(';' || categories || ';', ';' || ? || ';') > 0", categories,
                      [](Category category) { return code_of(category); });
  conditions_.add_any("country = ?", countries, [](const Country& country) { return country.code(); });
}

PublicQuery PublicQuery::only(PartnerId partner) const {
  PublicQuery query = *this;
  query.conditions_.add("id = ?", std::to_string(partner.number()));
  return query;
}

PublicSummary summarise(Read& read, const PublicQuery& query) {
  PublicSummary summary;
  Counts categories;
  Counts countries;
  each_row(read, listed(query), "SELECT categories, country FROM partner", "", [&](const Query& row) {
    ++summary.count;
    count(categories, row.text(0));
    count(countries, row.text(1));
  });
  for (const auto& [codes, partners] : categories) {
    for (const Category category : stored(Categories::parse(codes)).list())
      summary.by_category[static_cast<std::size_t>(category)] += partners;
  }
  for (const auto& [code, partners] : countries)
    summary.by_country.emplace_back(stored(Country::parse(code)), partners);
  // Of the whole list, whatever part of it is asked for: a partner that leaves the part changes it too.
  Query last = read.query(fmt::format(
      "SELECT seq, {} FROM event WHERE seq = (SELECT max(changed) FROM partner WHERE changed IS NOT NULL)",
      day_of_event("event")));
  if (last.step()) {
    summary.sequence = stored_number(last, 0);
    summary.modified = stored(Date::parse(last.text(1)));
  }
  return summary;
}

namespace {

/// Visits rows of `select_public` as they are stored.
class VisitTexts {
 public:
  explicit VisitTexts(const std::function<void(const PublicTexts&)>& visit) : visit_(visit) {}

  void operator()(const Query& row) {
    const std::string id = stored_id(row, 0).str();
    texts_.front() = id;
    for (std::size_t i = 1; i < texts_.size(); ++i) {
      texts_[i] = stored_text(row, static_cast<int>(i), public_columns[i]);
    }
    if (texts_.back().empty()) damaged(id + " is listed without a day of joining");
    visit_(texts_);
  }

 private:
  const std::function<void(const PublicTexts&)>& visit_;
  PublicTexts texts_;
};

}  // namespace

void for_each_public_row_by_id(Read& read, const PublicQuery& query,
                               const std::function<void(const PublicTexts&)>& visit) {
  each_row(read, listed(query), select_public, " ORDER BY id", VisitTexts(visit));
}

namespace {

/// Visits rows of the listed partners by name, in the alphabetical order of a language.
template <class Visit>
void each_row_by_name(Read& read, const PublicQuery& query, const std::string& select,
                      const std::string& language, Visit visit) {
  const bool stored_order = language == "en" || language.starts_with("en-");
  const Conditions conditions = listed(query);
  if (stored_order) return each_row(read, conditions, select, " ORDER BY +sort_key, id", visit);
  Query rows = read.query(select + conditions.sql() + " ORDER BY collation_key(:language, name), id");
  conditions.bind(rows);
  rows.bind(":language", language);
  while (rows.step()) visit(rows);
}

}  // namespace

void for_each_public_row_by_name(Read& read, const PublicQuery& query, const std::string& language,
                                 const std::function<void(const PublicTexts&)>& visit) {
  if (!shows_past(read)) return each_row_by_name(read, query, select_public, language, VisitTexts(visit));
  // What was public once may not be any more, and is sorted in no file: its ids are.
  for (const PartnerId id : public_ids_by_name(read, query, language)) find_public_row(read, id, visit);
}

std::vector<PartnerId> public_ids_by_name(Read& read, const PublicQuery& query, const std::string& language) {
  std::vector<PartnerId> ids;
  each_row_by_name(read, query, "SELECT id FROM partner", language,
                   [&](const Query& row) { ids.push_back(stored_id(row, 0)); });
  return ids;
}

bool find_public_row(Read& read, PartnerId id, const std::function<void(const PublicTexts&)>& visit) {
  Query query = read.query(select_public + " WHERE id = :id AND status = 'approved'");
  query.bind(":id", id.number());
  if (!query.step()) return false;
  VisitTexts visit_texts(visit);
  visit_texts(query);
  return true;
}

std::optional<Successor> find_listed_successor(Read& read, PartnerId partner) {
  std::set<PartnerId> seen;
  for (std::optional<PartnerId> next = partner; next && seen.insert(*next).second;) {
    Query query = read.query("SELECT status, name, successor FROM partner WHERE id = :id");
    if (!query.bind(":id", next->number()).step()) return std::nullopt;
    if (query.text(0) == code_of(Status::approved)) return Successor{*next, stored_name(query, 1)};
    next = query.is_null(2) ? std::nullopt : std::optional(stored_id(query, 2));
  }
  return std::nullopt;
}

namespace {

// What was entered in error never was: its joining does not count, nor does its ending.
constexpr const char* select_former = R"(
SELECT id, name,
  (SELECT c.received_on FROM commitment c WHERE c.partner = partner.id AND c.kind = 'joining'
   AND c.annulled_by IS NULL ORDER BY coalesce(c.corrects, c.seq) LIMIT 1) AS joined, ended_on, end_reason, successor,
  partner_since, EXISTS (SELECT 1 FROM ending n WHERE n.partner = partner.id) AS has_ending
FROM partner)";

const std::string former_rows =
    " AND ended_on IS NOT NULL AND (joined IS NOT NULL OR partner_since IS NOT NULL)";

Conditions among_former(const PublicQuery& query) {
  Conditions conditions = query.conditions();
  conditions.add("status <> ?", std::string(code_of(Status::approved)));
  return conditions;
}

/// The partner on the present row.
FormerPartner read_former(Read& read, const Query& row) {
  if (row.is_null(2) || row.is_null(6) || row.text(2) != row.text(6) || row.integer(7) == 0)
    damaged(fmt::format("{}: its joining or its ending is missing", stored_id(row, 0).str()));
  FormerPartner partner{stored_id(row, 0), stored_name(row, 1), stored(Date::parse(row.text(2))),
                        stored(Date::parse(row.text(3)))};
  const bool is_in_error = row.text(4) == code_of(EndReason::entered_in_error);
  if (is_in_error) partner.ended = find_last_ending(read, partner.id).value_or(partner.ended);
  if (!row.is_null(5)) partner.successor = find_listed_successor(read, stored_id(row, 5));
  return partner;
}

}  // namespace

bool has_former_partners(Read& read, const PublicQuery& query) {
  bool has_some = false;
  each_row(read, among_former(query), select_former, former_rows + " LIMIT 1",
           [&](const Query&) { has_some = true; });
  return has_some;
}

void for_each_former_partner(Read& read, const PublicQuery& query,
                             const std::function<void(const FormerPartner&)>& visit) {
  each_row(read, among_former(query), select_former, former_rows + " ORDER BY id",
           [&](const Query& row) { visit(read_former(read, row)); });
}

void for_each_public_change(Read& read, const std::function<bool(PartnerId, std::int64_t seq)>& visit) {
  Query rows = read.query("SELECT id, changed FROM partner WHERE changed IS NOT NULL ORDER BY changed DESC");
  while (rows.step() && visit(stored_id(rows, 0), stored_number(rows, 1))) {
  }
}

std::vector<PartnerId> find_changed_in_public(Read& read, std::int64_t since) {
  std::vector<PartnerId> found;
  Query changed = read.query("SELECT id FROM partner WHERE changed > :since ORDER BY id");
  changed.bind(":since", since);
  while (changed.step()) found.push_back(stored_id(changed, 0));

  std::vector<std::pair<PartnerId, PartnerId>> mergers;
  Query merged = read.query("SELECT id, successor FROM partner WHERE successor IS NOT NULL");
  while (merged.step()) mergers.emplace_back(stored_id(merged, 0), stored_id(merged, 1));
  for (bool is_growing = true; is_growing;) {
    is_growing = false;
    for (const auto& [id, successor] : mergers) {
      const auto place = std::lower_bound(found.begin(), found.end(), id);
      if (place != found.end() && *place == id) continue;
      if (!std::binary_search(found.begin(), found.end(), successor)) continue;
      found.insert(place, id);
      is_growing = true;
    }
  }
  return found;
}

}  // namespace covenant
