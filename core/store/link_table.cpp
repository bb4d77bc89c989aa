#include "core/store/link_table.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "core/base/error.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

using Key = std::tuple<std::int64_t, std::string, std::string>;

std::map<Key, std::string> broken_before(Write& write) {
  std::map<Key, std::string> before;
  Query query =
      write.query("SELECT partner, field, url, broken_since FROM link WHERE broken_since IS NOT NULL");
  while (query.step()) {
    before.emplace(Key{query.integer(0), std::string(query.text(1)), std::string(query.text(2))},
                   std::string(query.text(3)));
  }
  return before;
}

}  // namespace

void replace_links(Write& write, const std::vector<CheckedLink>& links, Date today) {
  const std::map<Key, std::string> before = broken_before(write);
  write.query("DELETE FROM link").run();
  for (const CheckedLink& link : links) {
    const std::string field(code_of(link.field));
    std::optional<std::string> broken_since;
    if (link.state == LinkState::broken) {
      const auto known = before.find({link.partner.number(), field, link.url});
      broken_since = known == before.end() ? today.str() : known->second;
    }
    Query query = write.query(
        "INSERT INTO link (partner, field, url, checked_on, broken_since, status, reason, location) VALUES "
        "(:partner, :field, :url, :checked_on, :broken_since, :status, :reason, :location) ON CONFLICT DO "
        "NOTHING");
    query.bind(":partner", link.partner.number()).bind(":field", field).bind(":url", link.url);
    query.bind(":checked_on", today.str()).bind(":broken_since", broken_since).bind(":status", link.status);
    query.bind(":reason", link.reason).bind(":location", link.location).run();
  }
}

void demand_sound_links(Read& read) {
  Query query = read.query(
      "SELECT partner, field, url, checked_on, broken_since, status, reason, location FROM link "
      "ORDER BY partner, field, url");
  while (query.step()) {
    const auto is_clean = [&](int at) {
      return query.is_null(at) || is_clean_utf8(query.text(at), LineFeeds::refused);
    };
    const auto checked_on = Date::parse(query.text(3));
    const auto broken_since = query.is_null(4) ? checked_on : Date::parse(query.text(4));
    constexpr std::int64_t first_status = 100;
    constexpr std::int64_t last_status = 999;
    const bool has_status =
        query.is_null(5) || (query.integer(5) >= first_status && query.integer(5) <= last_status);
    if (!parse_code<LinkField>(query.text(1)) || !checked_on || !broken_since ||
        *broken_since > *checked_on || !has_status || !is_clean(2) || !is_clean(6) || !is_clean(7))
      damaged(fmt::format("table link: a row of {} is none that a check of the links writes",
                          PartnerId(query.integer(0)).str()));
  }
}

void forget_practice_links(Write& write, PartnerId partner) {
  write.query("DELETE FROM link WHERE partner = :partner AND field = 'practices'")
      .bind(":partner", partner.number())
      .run();
}

}  // namespace covenant
