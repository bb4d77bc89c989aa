#include "core/store/partner_table.hpp"

#include "core/base/bytes.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored_partner.hpp"
#include "core/text/collator.hpp"
#include "core/text/normalize.hpp"

namespace covenant {

namespace {

const char* select_where(const char* condition, std::string& kept) {
  if (kept.empty()) {
    kept.append("SELECT ").append(partner_columns).append(" FROM ").append(partner_source);
    kept.append(" WHERE ").append(condition);
  }
  return kept.c_str();
}

/// The first partner under an index key that `is_same` accepts: keys are digests, and two texts may share
/// one.
template <class IsSame>
std::optional<Partner> find_by_key(Query query, std::optional<PartnerId> except, IsSame is_same) {
  while (query.step()) {
    if (PartnerId(query.integer(0)) == except) continue;
    Partner partner = read_partner(query);
    if (is_same(partner.application)) return partner;
  }
  return std::nullopt;
}

/// The same while the table has no indexes.
template <class IsSame>
std::optional<Partner> find_in_memory(Read& read, KeyKind kind, std::int64_t key,
                                      std::optional<PartnerId> except, IsSame is_same) {
  std::optional<Partner> found;
  read.keys()->find(kind, key, [&](PartnerId id) {
    if (id == except) return false;
    auto partner = find_partner(read, id);
    if (!partner || !is_same(partner->application)) return false;
    found = std::move(partner);
    return true;
  });
  return found;
}

std::optional<Partner> first(Query query) {
  if (!query.step()) return std::nullopt;
  return read_partner(query);
}

}  // namespace

// In the order of `Column`; NULL stands where the contact's columns are, which have a column of their own.
const std::string_view partner_columns =
    "p.id, p.reference, p.name, p.acronym, p.categories, p.level, p.membership_based, p.member_count, "
    "p.country, "
    "p.city, p.website, p.description, p.expertise, p.practices, p.language, NULL, NULL, NULL, NULL, "
    "p.applied_on, "
    "p.status, p.verified_on, p.approved_on, p.ended_on, p.end_reason, p.partner_since, p.end_note, "
    "p.successor, "
    "p.contact_erased_on, c.value";

const std::string_view partner_source =
    "partner p LEFT JOIN sealed c ON c.seq = p.contact AND c.field = 'contact'";

Partner read_partner(Query& query) {
  ColumnTexts texts;
  for (std::size_t i = 0; i < column_count; ++i) {
    const int column = static_cast<int>(i);
    if (!query.is_null(column)) texts[i] = query.text(column);
  }
  std::optional<Contact> contact;
  constexpr int contact_column = column_count;
  if (!query.is_null(contact_column)) contact = contact_from_json(query.text(contact_column));
  return stored_partner(PartnerId(query.integer(0)), texts, std::move(contact));
}

std::optional<Partner> find_partner(Read& read, PartnerId id) {
  static std::string sql;
  return first(std::move(read.query(select_where("p.id = ?1", sql)).with(id.number())));
}

std::optional<Partner> find_partner(Read& read, const Reference& reference) {
  static std::string sql;
  if (read.keys() != nullptr) {
    return find_in_memory(read, KeyKind::reference, index_key(reference.str()), std::nullopt,
                          [&](const Application& other) { return other.reference == reference; });
  }
  return first(std::move(read.query(select_where("p.reference = ?1", sql)).with(reference.str())));
}

std::optional<Partner> find_same_name(Read& read, const Name& name, std::optional<PartnerId> except) {
  static std::string sql;
  const std::string key = similarity_key(name.str());
  const auto is_same = [&](const Application& other) { return similarity_key(other.name.str()) == key; };
  if (read.keys() != nullptr) return find_in_memory(read, KeyKind::name, index_key(key), except, is_same);
  Query query = read.query(select_where("p.name_key = ?1 ORDER BY p.id", sql));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, is_same);
}

bool have_distinct_name_keys(Read& read) {
  return !read.query("SELECT 1 FROM partner GROUP BY name_key HAVING count(*) > 1 LIMIT 1").step();
}

std::optional<Partner> find_same_host(Read& read, const WebUrl& website, std::optional<PartnerId> except) {
  static std::string sql;
  const std::string key = website.host_key();
  const auto is_same = [&](const Application& other) {
    return other.website && other.website->host_key() == key;
  };
  if (read.keys() != nullptr) return find_in_memory(read, KeyKind::host, index_key(key), except, is_same);
  Query query = read.query(select_where("p.host_key = ?1 ORDER BY p.id", sql));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, is_same);
}

std::optional<Partner> find_same_acronym(Read& read, const Acronym& acronym,
                                         std::optional<PartnerId> except) {
  static std::string sql;
  const std::string key = similarity_key(acronym.str());
  const auto is_same = [&](const Application& other) {
    return other.acronym && similarity_key(other.acronym->str()) == key;
  };
  if (read.keys() != nullptr) return find_in_memory(read, KeyKind::acronym, index_key(key), except, is_same);
  Query query = read.query(select_where("p.acronym_key = ?1 ORDER BY p.id", sql));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, is_same);
}

std::optional<Partner> find_next_applied(Read& read, PartnerId last) {
  static std::string sql;
  return first(
      std::move(read.query(select_where("p.status = 'applied' AND p.id > ?1 ORDER BY p.id LIMIT 1", sql))
                    .with(last.number())));
}

std::int64_t largest_partner_id(Read& read) {
  Query query = read.query("SELECT coalesce(max(id), 0) FROM partner");
  query.step();
  return query.integer(0);
}

PartnerId next_partner_id(Write& write) {
  auto& largest = write.largest_id();
  if (!largest) largest = largest_partner_id(write);
  return PartnerId(*largest + 1);
}

}  // namespace covenant
