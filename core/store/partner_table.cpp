#include "core/store/partner_table.hpp"

#include "core/base/digest.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored_partner.hpp"
#include "core/text/collator.hpp"
#include "core/text/normalize.hpp"

namespace covenant {

namespace {

std::int64_t name_key(const Name& name) {
  return index_key(similarity_key(name.str()));
}

std::optional<std::int64_t> host_key(const std::optional<WebUrl>& website) {
  if (!website) return std::nullopt;
  return index_key(website->host_key());
}

std::optional<std::int64_t> acronym_key(const std::optional<Acronym>& acronym) {
  if (!acronym) return std::nullopt;
  return index_key(similarity_key(acronym->str()));
}

std::string sort_key(const Name& name) {
  static Collator collator("en");
  return collator.key(name.str());
}

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
    Partner partner = read_partner(query);
    if (partner.id != except && is_same(partner.application)) return partner;
  }
  return std::nullopt;
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
  return first(std::move(read.query(select_where("p.reference = ?1", sql)).with(reference.str())));
}

std::optional<Partner> find_same_name(Read& read, const Name& name, std::optional<PartnerId> except) {
  static std::string sql;
  const std::string key = similarity_key(name.str());
  Query query = read.query(select_where("p.name_key = ?1 ORDER BY p.id", sql));
  query.with(index_key(key));
  return find_by_key(std::move(query), except,
                     [&](const Application& other) { return similarity_key(other.name.str()) == key; });
}

std::optional<Partner> find_same_host(Read& read, const WebUrl& website, std::optional<PartnerId> except) {
  static std::string sql;
  const std::string key = website.host_key();
  Query query = read.query(select_where("p.host_key = ?1 ORDER BY p.id", sql));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, [&](const Application& other) {
    return other.website && other.website->host_key() == key;
  });
}

std::optional<Partner> find_same_acronym(Read& read, const Acronym& acronym,
                                         std::optional<PartnerId> except) {
  static std::string sql;
  const std::string key = similarity_key(acronym.str());
  Query query = read.query(select_where("p.acronym_key = ?1 ORDER BY p.id", sql));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, [&](const Application& other) {
    return other.acronym && similarity_key(other.acronym->str()) == key;
  });
}

std::optional<Partner> find_next_applied(Read& read, PartnerId last) {
  static std::string sql;
  return first(
      std::move(read.query(select_where("p.status = 'applied' AND p.id > ?1 ORDER BY p.id LIMIT 1", sql))
                    .with(last.number())));
}

PartnerId next_partner_id(Read& read) {
  Query query = read.query("SELECT coalesce(max(id), 0) + 1 FROM partner");
  query.step();
  return PartnerId(query.integer(0));
}

namespace {

template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return value->str();
}

template <class E>
std::optional<std::string_view> code_text(const std::optional<E>& value) {
  if (!value) return std::nullopt;
  return code_of(*value);
}

template <class T>
std::optional<std::int64_t> number_of(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return value->number();
}

/// Parameters 1 to 31, the same for both statements below.
void bind_partner(Query& query, const Partner& partner, const PartnerProjection& projection) {
  const Application& a = partner.application;
  const std::string practices = to_text(a.practices);
  const std::string key = sort_key(a.name);
  query.with(partner.id.number(), code_of(partner.status), text_of(a.reference), a.name.str(),
             text_of(a.acronym), a.categories.str(), code_of(a.level), code_text(a.membership_based),
             number_of(a.member_count), a.country.code(), text_of(a.city), text_of(a.website),
             a.language.str(), a.applied_on.str(), text_of(partner.verified_on), text_of(partner.approved_on),
             text_of(partner.partner_since), text_of(partner.ended_on), code_text(partner.end_reason),
             number_of(partner.successor), projection.contact, text_of(partner.contact_erased_on),
             text_of(projection.changed_on), name_key(a.name), host_key(a.website), acronym_key(a.acronym),
             Blob{key}, text_of(a.description), text_of(a.expertise),
             practices.empty() ? std::nullopt : std::optional(practices), text_of(partner.end_note));
}

constexpr const char* insert_sql = R"(
INSERT INTO partner (id, status, reference, name, acronym, categories, level, membership_based, member_count,
                     country, city, website, language, applied_on, verified_on, approved_on, partner_since,
                     ended_on, end_reason, successor, contact, contact_erased_on, changed_on, name_key, host_key,
                     acronym_key, sort_key, description, expertise, practices, end_note)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
        ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31))";

constexpr const char* update_sql = R"(
UPDATE partner
SET status = ?2, reference = ?3, name = ?4, acronym = ?5, categories = ?6, level = ?7, membership_based = ?8,
    member_count = ?9, country = ?10, city = ?11, website = ?12, language = ?13, applied_on = ?14,
    verified_on = ?15, approved_on = ?16, partner_since = ?17, ended_on = ?18, end_reason = ?19, successor = ?20,
    contact = CASE WHEN ?32 THEN NULL ELSE coalesce(?21, contact) END, contact_erased_on = ?22,
    changed_on = coalesce(?23, changed_on), name_key = ?24, host_key = ?25, acronym_key = ?26, sort_key = ?27,
    description = ?28, expertise = ?29, practices = ?30, end_note = ?31
WHERE id = ?1)";

}  // namespace

void insert_partner(Write& write, const Partner& partner, const PartnerProjection& projection) {
  Query query = write.query(insert_sql);
  bind_partner(query, partner, projection);
  query.run();
}

void update_partner(Write& write, const Partner& partner, const PartnerProjection& projection) {
  Query query = write.query(update_sql);
  bind_partner(query, partner, projection);
  query.bind(32, static_cast<std::int64_t>(partner.application.contact ? 0 : 1));
  query.run();
}

}  // namespace covenant
