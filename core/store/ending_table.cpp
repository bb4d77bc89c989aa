#include "core/store/ending_table.hpp"

#include <string_view>

#include "core/text/suggest.hpp"

namespace covenant {

namespace {

constexpr std::string_view last_ending_sql = R"(
SELECT ended_on FROM ending
WHERE partner = :partner AND end_reason IS NOT 'entered-in-error'
ORDER BY seq DESC LIMIT 1)";

constexpr std::string_view is_stored_sql = R"(
SELECT 1 FROM ending
WHERE seq = :seq AND partner = :partner AND was = :was AND ended_on = :ended_on AND end_reason IS :end_reason)";

constexpr std::string_view insert_sql = R"(
INSERT INTO ending (seq, partner, was, ended_on, end_reason)
VALUES (:seq, :partner, :was, :ended_on, :end_reason))";

Query& bind_ending(Query& query, std::int64_t seq, PartnerId partner, const PastEnding& ending) {
  const auto& reason = ending.ended.reason;
  return query.bind(":seq", seq)
      .bind(":partner", partner.number())
      .bind(":was", code_of(ending.was))
      .bind(":ended_on", ending.ended.on.str())
      .bind(":end_reason", reason ? std::optional(code_of(*reason)) : std::nullopt);
}

}  // namespace

std::optional<Date> find_last_ending(Read& read, PartnerId partner) {
  Query query = read.query(last_ending_sql);
  if (!query.bind(":partner", partner.number()).step()) return std::nullopt;
  return stored(Date::parse(query.text(0)));
}

std::optional<Status> find_ended_status(Read& read, PartnerId partner) {
  Query query = read.query("SELECT was FROM ending WHERE partner = :partner ORDER BY seq DESC LIMIT 1");
  if (!query.bind(":partner", partner.number()).step()) return std::nullopt;
  return stored(parse_code<Status>(query.text(0)));
}

bool is_stored(Read& read, std::int64_t seq, PartnerId partner, const PastEnding& ending) {
  Query query = read.query(is_stored_sql);
  return bind_ending(query, seq, partner, ending).step();
}

void insert_ending(Write& write, std::int64_t seq, PartnerId partner, const PastEnding& ending) {
  Query query = write.query(insert_sql);
  bind_ending(query, seq, partner, ending).run();
}

void insert_past_ending(Read& read, std::int64_t seq, PartnerId partner, const PastEnding& ending) {
  Query query = read.query(
      "INSERT INTO temp.past_ending (seq, partner, was, ended_on, end_reason) "
      "VALUES (:seq, :partner, :was, :ended_on, :end_reason)");
  bind_ending(query, seq, partner, ending).run();
}

void delete_endings(Write& write, PartnerId partner) {
  write.query("DELETE FROM ending WHERE partner = :partner").bind(":partner", partner.number()).run();
}

}  // namespace covenant
