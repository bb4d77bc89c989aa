#include "core/store/public_changes.hpp"

#include <string>
#include <utility>

#include "core/model/status.hpp"
#include "core/store/database.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

// The statements return the day, the event, the ordinal, and what is to be said of
// the partner. CROSS JOIN keeps the index by day in front, however many partners there are.
constexpr const char* joinings =
    "SELECT c.received_on, coalesce(c.corrects, c.seq), "
    "(SELECT count(*) FROM commitment d WHERE d.partner = c.partner AND d.seq <= coalesce(c.corrects, c.seq) "
    "AND d.kind = 'joining' AND d.corrects IS NULL), "
    "p.id, p.name, p.language, p.status, p.website, p.description, "
    "(SELECT o.received_on FROM commitment o WHERE o.seq = c.corrects) "
    "FROM commitment c CROSS JOIN partner p ON p.id = c.partner";
constexpr const char* joinings_condition = "c.kind = 'joining' AND c.annulled_by IS NULL";
constexpr const char* joinings_order = " ORDER BY c.received_on DESC, coalesce(c.corrects, c.seq) DESC";

constexpr const char* endings =
    "SELECT n.ended_on, n.seq, "
    "(SELECT count(*) FROM commitment d WHERE d.partner = n.partner AND d.seq < n.seq AND d.kind = 'joining' "
    "AND d.corrects IS NULL), "
    "p.id, p.name, p.language, p.status, p.website, p.description, "
    "(SELECT e.body ->> '$.new.ended_on' FROM event e WHERE e.seq = n.seq) "
    "FROM ending n CROSS JOIN partner p ON p.id = n.partner";
constexpr const char* endings_condition = "n.was = 'approved' AND n.end_reason IS NOT 'entered-in-error'";
constexpr const char* endings_order = " ORDER BY n.ended_on DESC, n.seq DESC";

constexpr const char* amendments =
    "SELECT substr(coalesce(body ->> '$.clock', body ->> '$.at'), 1, 10), e.seq, e.seq, p.id, p.name, "
    "p.language, p.status, p.website, "
    "p.description, NULL, e.body "
    "FROM event e CROSS JOIN partner p ON p.id = body ->> '$.partner'";
constexpr const char* amendments_condition =
    "substr(body, 12, 6) = 'update' AND instr(body, '\"practices\"') > 0 AND p.status = 'approved' "
    "AND e.seq > (SELECT max(coalesce(c.corrects, c.seq)) FROM commitment c WHERE c.partner = p.id AND "
    "c.kind = "
    "'joining' AND c.annulled_by IS NULL) "
    "AND NOT EXISTS (SELECT 1 FROM partner_event u WHERE u.partner = p.id AND u.seq = e.seq AND u.undone_by "
    "> 0)";
constexpr const char* amendments_order = " ORDER BY e.seq DESC";

// Of who is listed and has practices: the joining that counts; whether they were amended since, then they are
// not those that came with it.
constexpr const char* joinings_with_practices =
    "SELECT substr(coalesce(e.body ->> '$.clock', e.body ->> '$.at'), 1, 10), c.seq, c.seq, p.id, p.name, "
    "p.language, p.status, p.website, p.description, NULL, p.practices, EXISTS "
    "(SELECT 1 FROM partner_event m JOIN event a ON a.seq = m.seq WHERE m.partner = p.id AND m.seq > c.seq "
    "AND substr(a.body, 12, 6) = 'update' AND instr(a.body, '\"practices\"') > 0) "
    "FROM commitment c CROSS JOIN partner p ON p.id = c.partner CROSS JOIN event e ON e.seq = c.seq";
constexpr const char* joinings_with_practices_condition =
    "p.status = 'approved' AND p.practices IS NOT NULL AND c.seq = "
    "(SELECT max(coalesce(d.corrects, d.seq)) FROM commitment d WHERE d.partner = p.id AND d.kind = "
    "'joining' "
    "AND d.annulled_by IS NULL)";
constexpr const char* joinings_with_practices_order = " ORDER BY c.seq DESC";

PublicChange read_change(Query& row, PublicChangeKind kind) {
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
  Changes(Read& read, const Conditions& conditions, const char* select, const char* order)
      : rows_(read.query(select + conditions.sql() + order)) {
    conditions.bind(rows_);
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
  Query rows_;
  bool any_ = false;
};

Conditions with(const PublicQuery& query, std::string_view condition) {
  Conditions conditions = query.conditions();
  conditions.add(condition);
  return conditions;
}

}  // namespace

void for_each_joining_and_ending(Read& read, const PublicQuery& query, const VisitChange& visit) {
  Changes joined(read, with(query, joinings_condition), joinings, joinings_order);
  Changes ended(read, with(query, endings_condition), endings, endings_order);
  while (joined.any() || ended.any()) {
    const bool is_ending = ended.any() && (!joined.any() || ended.place() > joined.place());
    Changes& newest = is_ending ? ended : joined;
    const auto kind = is_ending ? PublicChangeKind::ended : PublicChangeKind::joined;
    if (!visit(read_change(newest.row(), kind))) return;
    newest.next();
  }
}

void for_each_arrival_of_practices(Read& read, const PublicQuery& query, const VisitArrival& visit) {
  Changes amended(read, with(query, amendments_condition), amendments, amendments_order);
  Changes joined(read, with(query, joinings_with_practices_condition), joinings_with_practices,
                 joinings_with_practices_order);
  while (amended.any() || joined.any()) {
    const bool is_amendment =
        amended.any() && (!joined.any() || amended.row().integer(1) > joined.row().integer(1));
    Changes& newest = is_amendment ? amended : joined;
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
