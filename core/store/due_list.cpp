#include "core/store/due_list.hpp"

#include <fmt/format.h>

#include "core/store/database.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

constexpr const char* due_sql = R"(
SELECT id, name, what, since FROM (
  SELECT id, name, 'verification' AS what, applied_on AS since FROM partner WHERE status = 'applied'
  UNION ALL
  SELECT id, name, 'commitment', verified_on FROM partner WHERE status = 'eligible'
  UNION ALL
  SELECT id, name, 'renewal', date(max(approved_on, coalesce(renewed_on, '')), ?2) FROM partner
  WHERE status = 'approved'
  UNION ALL
  SELECT id, name, 'eligibility', verified_on FROM partner
  WHERE status = 'approved' AND EXISTS (SELECT 1 FROM finding WHERE partner = id AND result = 'fail')
)
WHERE since <= ?1
ORDER BY since, id, what)";

}  // namespace

void for_each_due(Read& read, Date until, const std::function<void(const DueItem&)>& visit) {
  const std::string days = fmt::format("+{} days", confirmed_for_days);
  Query query = read.query(due_sql);
  query.with(until.str(), days);
  while (query.step()) {
    visit({stored_id(query, 0), stored(read_back<Name>(query.text(1))),
           stored(parse_code<Due>(query.text(2))), stored(Date::parse(query.text(3)))});
  }
}

}  // namespace covenant
