#include "core/store/public_changes.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/error.hpp"
#include "core/model/status.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

/// One kind of change: its SELECT returns the day, the event, the ordinal, and what is to be said of the
/// partner. CROSS JOIN keeps the index by day in front, however many partners there are.
struct Statement {
  std::string select;
  std::string condition;
  std::string order;
};

Statement joinings() {
  return {R"(
SELECT c.received_on, coalesce(c.corrects, c.seq),
       (SELECT count(*) FROM commitment d
        WHERE d.partner = c.partner AND d.seq <= coalesce(c.corrects, c.seq) AND d.kind = 'joining'
          AND d.corrects IS NULL),
       p.id, p.name, p.language, p.status, p.website, p.description,
       (SELECT o.received_on FROM commitment o WHERE o.seq = c.corrects)
FROM commitment c CROSS JOIN event e ON e.seq = c.seq
CROSS JOIN partner p ON p.id = owner(c.partner, e.body ->> '$.partner'))",
          "c.kind = 'joining' AND c.annulled_by IS NULL",
          " ORDER BY c.received_on DESC, coalesce(c.corrects, c.seq) DESC"};
}

Statement endings() {
  return {R"(
SELECT n.ended_on, n.seq,
       (SELECT count(*) FROM commitment d
        WHERE d.partner = n.partner AND d.seq < n.seq AND d.kind = 'joining' AND d.corrects IS NULL),
       p.id, p.name, p.language, p.status, p.website, p.description,
       e.body ->> '$.new.ended_on'
FROM ending n CROSS JOIN event e ON e.seq = n.seq
CROSS JOIN partner p ON p.id = owner(n.partner, e.body ->> '$.partner'))",
          "n.was = 'approved' AND n.end_reason IS NOT 'entered-in-error'",
          " ORDER BY n.ended_on DESC, n.seq DESC"};
}

/// Whether an event is an amendment of practices.
std::string amends_practices(std::string_view event) {
  return fmt::format(R"(substr({0}.body, 12, 6) = 'update' AND instr({0}.body, '"practices"') > 0)", event);
}

Statement amendments() {
  return {fmt::format(R"(
SELECT {}, e.seq, e.seq, p.id, p.name, p.language, p.status, p.website, p.description, NULL, e.body
FROM event e CROSS JOIN partner p ON p.id = e.body ->> '$.partner')",
                      day_of_event("e")),
          amends_practices("e") + R"(
  AND p.status = 'approved'
  AND e.seq > (SELECT max(coalesce(c.corrects, c.seq)) FROM commitment c
               WHERE c.partner = p.id AND c.kind = 'joining' AND c.annulled_by IS NULL)
  AND NOT EXISTS (SELECT 1 FROM partner_event u
                  WHERE u.partner = p.id AND u.seq = e.seq AND u.undone_by > 0))",
          " ORDER BY e.seq DESC"};
}

/// Of who is listed and has practices: the joining that counts, and whether they were amended since, so that
/// they are not those that came with it.
Statement joinings_with_practices() {
  return {fmt::format(R"(
SELECT {}, c.seq, c.seq, p.id, p.name, p.language, p.status, p.website, p.description, NULL, p.practices,
       EXISTS (SELECT 1 FROM partner_event m JOIN event a ON a.seq = m.seq
               WHERE m.partner = p.id AND m.seq > c.seq AND {})
FROM commitment c CROSS JOIN event e ON e.seq = c.seq
CROSS JOIN partner p ON p.id = owner(c.partner, e.body ->> '$.partner'))",
                      day_of_event("e"), amends_practices("a")),
          R"(p.status = 'approved' AND p.practices IS NOT NULL
  AND c.seq = (SELECT max(coalesce(d.corrects, d.seq)) FROM commitment d
               WHERE d.partner = p.id AND d.kind = 'joining' AND d.annulled_by IS NULL))",
          " ORDER BY c.seq DESC"};
}

PublicChange read_change(Query& row, PublicChangeKind kind) {
  if (row.integer(2) < 1) damaged("a joining is missing");
  const bool listed = stored(parse_code<Status>(row.text(6))) == Status::approved;
  const std::string_view website = stored_text(row, 7, "website"_column);
  const std::string_view description = stored_text(row, 8, "description"_column);
  return PublicChange{
      .kind = kind,
      .day = stored(Date::parse(row.text(0))),
      .ordinal = row.integer(2),
      .partner = stored_id(row, 3),
      .name = stored(read_back<Name>(stored_text(row, 4, "name"_column))),
      .language = stored(LanguageTag::parse(stored_text(row, 5, "language"_column))),
      .listed = listed ? IsListed::yes : IsListed::no,
      .website =
          listed && !website.empty() ? std::optional(stored(read_back<WebUrl>(website))) : std::nullopt,
      .description = listed && !description.empty() ? std::optional(stored(read_back<LongText>(description)))
                                                    : std::nullopt,
      .practices = {},
      .first_day = stored_optional<Date>(row, 9),
  };
}

/// The rows of one statement, the next of them at hand.
class Changes {
 public:
  Changes(Read& read, const PublicQuery& query, const Statement& statement)
      : rows_(rows(read, query, statement)) {
    next();
  }

  bool any() const { return any_; }
  void next() { any_ = rows_.step(); }
  Query& row() { return rows_; }
  /// What the rows are ordered by, the greatest first.
  std::pair<std::string, std::int64_t> place() const {
    return {std::string(rows_.text(0)), rows_.integer(1)};
  }

 private:
  static Query rows(Read& read, const PublicQuery& query, const Statement& statement) {
    Conditions conditions = query.conditions();
    conditions.add(statement.condition);
    Query rows = read.query(statement.select + conditions.sql() + statement.order);
    conditions.bind(rows);
    return rows;
  }

  Query rows_;
  bool any_ = false;
};

}  // namespace

void for_each_joining_and_ending(Read& read, const PublicQuery& query, const VisitChange& visit) {
  Changes joined(read, query, joinings());
  Changes ended(read, query, endings());
  while (joined.any() || ended.any()) {
    const bool is_ending = ended.any() && (!joined.any() || ended.place() > joined.place());
    Changes& newest = is_ending ? ended : joined;
    const auto kind = is_ending ? PublicChangeKind::ended : PublicChangeKind::joined;
    if (!visit(read_change(newest.row(), kind))) return;
    newest.next();
  }
}

void for_each_arrival_of_practices(Read& read, const PublicQuery& query, WithJoinings joinings,
                                   const VisitArrival& visit) {
  Changes amended(read, query, amendments());
  std::optional<Changes> joined;
  if (joinings == WithJoinings::yes) joined.emplace(read, query, joinings_with_practices());
  while (amended.any() || (joined && joined->any())) {
    const bool is_amendment =
        amended.any() && (!joined || !joined->any() || amended.row().integer(1) > joined->row().integer(1));
    Changes& newest = is_amendment ? amended : *joined;
    Query& row = newest.row();
    const bool is_as_it_was = !is_amendment && row.integer(11) == 0;
    const PracticesIn where = is_amendment   ? PracticesIn::event
                              : is_as_it_was ? PracticesIn::text
                                             : PracticesIn::history;
    if (!visit(read_change(row, PublicChangeKind::practices), where, row.text(10))) return;
    newest.next();
  }
}

}  // namespace covenant
