#include "core/store/due_list.hpp"

#include <cstdint>
#include <string>

#include "core/base/error.hpp"
#include "core/model/criteria.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

// What is of no status, or since no day, is damage, and found to be that when it is read.
constexpr std::string_view due_sql = R"(
SELECT id, name, what, since FROM (
  SELECT id, name, iif(status = 'applied', 'verification', status) AS what, applied_on AS since, 0 AS term FROM partner
  WHERE status NOT IN ('eligible', 'ineligible', 'approved', 'revoked', 'withdrawn')
  UNION ALL
  SELECT id, name, 'renewal', max(approved_on, coalesce(renewed_on, '')), :renewal FROM partner
  WHERE status = 'approved'
  UNION ALL
  SELECT id, name, 'practices', approved_on, :practices FROM partner
  WHERE status = 'approved' AND practices IS NULL
  UNION ALL
  SELECT id, name, 'contact', coalesce(contact_erased_on, approved_on), 0 FROM partner
  WHERE status = 'approved' AND contact IS NULL
  UNION ALL
  SELECT p.id, p.name, 'website', l.broken_since, 0
  FROM partner p JOIN link l ON l.partner = p.id AND l.field = 'website' AND l.url = p.website
  WHERE p.status = 'approved' AND l.broken_since IS NOT NULL
)
WHERE coalesce(date(since, '+' || term || ' days') <= :until, 1))";

constexpr std::string_view decided_sql = R"(
SELECT id, name, status, verified_on, contact IS NULL FROM partner WHERE status IN ('eligible', 'ineligible') ORDER BY id)";

}  // namespace

void for_each_due_row(Read& read, Date until, const DueTerms& terms,
                      const std::function<void(const DueItem&)>& visit) {
  Query query = read.query(due_sql);
  query.bind(":renewal", std::int64_t{terms.renewal.count()});
  query.bind(":practices", std::int64_t{terms.practices.count()});
  query.bind(":until", until.str());
  while (query.step()) {
    visit({stored_id(query, 0), stored_name(query, 1), stored(parse_code<Due>(query.text(2))),
           stored(Date::parse(query.text(3)))});
  }
}

void for_each_decided(Read& read, const std::function<void(const DecidedPartner&)>& visit) {
  Query query = read.query(decided_sql);
  while (query.step()) {
    visit({stored_id(query, 0), stored_name(query, 1), stored(parse_code<Status>(query.text(2))),
           stored(Date::parse(query.text(3))),
           query.integer(4) == 0 ? DueContact::present : DueContact::none});
  }
}

void for_each_listed(Read& read, const std::function<void(const Partner&, LastCheck)>& visit) {
  Query query =
      read.query("SELECT " + partner_columns +
                 ", (SELECT count(*) FROM finding f WHERE f.partner = p.id)"
                 ", EXISTS (SELECT 1 FROM finding f WHERE f.partner = p.id AND f.result = 'fail') FROM " +
                 partner_source + " WHERE p.status = 'approved' ORDER BY p.id");
  constexpr int after_the_contact = column_count + 1;
  while (query.step()) {
    const Partner partner = read_partner(query);
    // One that another partner was given may be the one that failed.
    if (query.integer(after_the_contact) != std::int64_t{criterion_count})
      damaged(partner.id.str() + " is listed and lacks findings");
    visit(partner, query.integer(after_the_contact + 1) != 0 ? LastCheck::failed : LastCheck::passed);
  }
}

}  // namespace covenant
