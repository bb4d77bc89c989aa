#include "core/store/partner_table.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/store/bulk/partner_indexes.hpp"
#include "core/store/database.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/collator.hpp"
#include "core/text/folding.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

std::string select_where(std::string_view condition) {
  return std::string("SELECT ")
      .append(partner_columns)
      .append(" FROM ")
      .append(partner_source)
      .append(" WHERE ")
      .append(condition);
}

/// The first partner under an index key that `is_same` accepts: keys are digests, and two texts may share
/// one.
template <class IsSame>
std::optional<Partner> find_by_key(Query query, std::optional<PartnerId> except, IsSame is_same) {
  while (query.step()) {
    if (stored_id(query, 0) == except) continue;
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
  keys_in_memory(read)->find(kind, key, [&](PartnerId id) {
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
  return stored_partner(stored_id(query, 0), texts, std::move(contact));
}

std::optional<Partner> find_partner(Read& read, PartnerId id) {
  return first(std::move(read.query(select_where("p.id = ?1")).with(id.number())));
}

std::optional<Partner> find_partner(Read& read, const Reference& reference) {
  if (keys_in_memory(read) != nullptr) {
    return find_in_memory(read, KeyKind::reference, index_key(reference.str()), std::nullopt,
                          [&](const Application& other) { return other.reference == reference; });
  }
  return first(std::move(read.query(select_where("p.reference = ?1")).with(reference.str())));
}

std::optional<Partner> find_same_name(Read& read, const Name& name, std::optional<PartnerId> except) {
  const std::string key = similarity_key(name.str());
  const auto is_same = [&](const Application& other) { return similarity_key(other.name.str()) == key; };
  if (keys_in_memory(read) != nullptr)
    return find_in_memory(read, KeyKind::name, index_key(key), except, is_same);
  Query query = read.query(select_where("p.name_key = ?1 ORDER BY p.id"));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, is_same);
}

bool have_distinct_name_keys(Read& read) {
  return !read.query("SELECT 1 FROM partner GROUP BY name_key HAVING count(*) > 1 LIMIT 1").step();
}

std::optional<Partner> find_same_host(Read& read, const WebUrl& website, std::optional<PartnerId> except) {
  const std::string key = website.host_key();
  const auto is_same = [&](const Application& other) {
    return other.website && other.website->host_key() == key;
  };
  if (keys_in_memory(read) != nullptr)
    return find_in_memory(read, KeyKind::host, index_key(key), except, is_same);
  Query query = read.query(select_where("p.host_key = ?1 ORDER BY p.id"));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, is_same);
}

std::optional<Partner> find_same_acronym(Read& read, const Acronym& acronym,
                                         std::optional<PartnerId> except) {
  const std::string key = similarity_key(acronym.str());
  const auto is_same = [&](const Application& other) {
    return other.acronym && similarity_key(other.acronym->str()) == key;
  };
  if (keys_in_memory(read) != nullptr)
    return find_in_memory(read, KeyKind::acronym, index_key(key), except, is_same);
  Query query = read.query(select_where("p.acronym_key = ?1 ORDER BY p.id"));
  query.with(index_key(key));
  return find_by_key(std::move(query), except, is_same);
}

std::optional<Partner> find_next_applied(Read& read, PartnerId last) {
  return first(std::move(read.query(select_where("p.status = 'applied' AND p.id > ?1 ORDER BY p.id LIMIT 1"))
                             .with(last.number())));
}

std::optional<PartnerId> find_next_id(Read& read, PartnerId last) {
  Query query = read.query("SELECT min(id) FROM partner WHERE id > :last");
  query.bind(":last", last.number()).step();
  if (query.is_null(0)) return std::nullopt;
  return PartnerId(query.integer(0));
}

std::int64_t largest_partner_id(Read& read) {
  Query query = read.query("SELECT max(id) FROM partner");
  query.step();
  return query.is_null(0) ? 0 : stored_number(query, 0);
}

namespace {

/// The largest id, read once a transaction.
struct LargestId final : TransactionState {
  explicit LargestId(Write& write) : id(largest_partner_id(write)) {}

  std::int64_t id;
};

}  // namespace

PartnerId next_partner_id(Write& write) {
  return PartnerId(write.state<LargestId>().id + 1);
}

namespace {

std::string sort_key(std::string_view name) {
  static Collator collator("en");
  return collator.key(name);
}

RowKeys row_keys(const Partner& partner) {
  const Application& a = partner.application;
  RowKeys keys{partner.id, std::nullopt, index_key(similarity_key(a.name.str())), std::nullopt, std::nullopt};
  if (a.reference) keys.reference = index_key(a.reference->str());
  if (a.website) keys.host = index_key(a.website->host_key());
  if (a.acronym) keys.acronym = index_key(similarity_key(a.acronym->str()));
  return keys;
}

template <class T>
std::optional<Kept> kept(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return Kept{value->str()};
}

std::optional<std::string> day_text(const std::optional<Date>& day) {
  if (!day) return std::nullopt;
  return day->str();
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

/// Parameters 1 to 11: what decisions change.
void bind_decisions(Query& query, const Partner& partner, const PartnerProjection& projection) {
  query.with(partner.id.number(), code_of(partner.status), day_text(partner.verified_on),
             day_text(partner.approved_on), day_text(partner.partner_since), day_text(partner.ended_on),
             code_text(partner.end_reason), kept(partner.end_note), number_of(partner.successor),
             day_text(partner.contact_erased_on), day_text(projection.changed_on));
}

/// What else is written of a partner; it outlives the statement.
class FormRow {
 public:
  explicit FormRow(const Partner& partner)
      : form_(partner.application),
        practices_(to_text(form_.practices)),
        sort_key_(sort_key(form_.name.str())),
        keys_(row_keys(partner)) {}

  const RowKeys& keys() const { return keys_; }

  /// Parameters 12 to 31.
  void bind(Query& query, const PartnerProjection& projection) const {
    query.with_from(12, projection.contact, kept(form_.reference), Kept{form_.name.str()},
                    kept(form_.acronym), form_.categories.str(), code_of(form_.level),
                    code_text(form_.membership_based), number_of(form_.member_count), form_.country.code(),
                    kept(form_.city), kept(form_.website), Kept{form_.language.str()}, form_.applied_on.str(),
                    kept(form_.description), kept(form_.expertise),
                    practices_.empty() ? std::nullopt : std::optional(Kept{practices_}), keys_.name,
                    keys_.host, keys_.acronym, Blob{sort_key_});
  }

 private:
  const Application& form_;
  std::string practices_;
  std::string sort_key_;
  RowKeys keys_;
};

constexpr const char* insert_sql = R"(
INSERT INTO partner (id, status, verified_on, approved_on, partner_since, ended_on, end_reason, end_note, successor,
                     contact_erased_on, changed_on, contact, reference, name, acronym, categories, level,
                     membership_based, member_count, country, city, website, language, applied_on, description,
                     expertise, practices, name_key, host_key, acronym_key, sort_key)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
        ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31))";

constexpr const char* decide_sql = R"(
UPDATE partner
SET status = ?2, verified_on = ?3, approved_on = ?4, partner_since = ?5, ended_on = ?6, end_reason = ?7,
    end_note = ?8, successor = ?9, contact_erased_on = ?10, changed_on = coalesce(?11, changed_on)
WHERE id = ?1)";

constexpr const char* update_sql = R"(
UPDATE partner
SET status = ?2, verified_on = ?3, approved_on = ?4, partner_since = ?5, ended_on = ?6, end_reason = ?7,
    end_note = ?8, successor = ?9, contact_erased_on = ?10, changed_on = coalesce(?11, changed_on),
    contact = CASE WHEN ?32 THEN NULL ELSE coalesce(?12, contact) END, reference = ?13, name = ?14, acronym = ?15,
    categories = ?16, level = ?17, membership_based = ?18, member_count = ?19, country = ?20, city = ?21,
    website = ?22, language = ?23, applied_on = ?24, description = ?25, expertise = ?26, practices = ?27,
    name_key = ?28, host_key = ?29, acronym_key = ?30, sort_key = ?31
WHERE id = ?1)";

constexpr const char* match_sql = R"(
SELECT 1 FROM partner
WHERE id = ?1 AND status = ?2 AND verified_on IS ?3 AND approved_on IS ?4 AND partner_since IS ?5 AND ended_on IS ?6
  AND end_reason IS ?7 AND end_note IS ?8 AND successor IS ?9 AND contact_erased_on IS ?10 AND changed_on IS ?11
  AND contact IS ?12 AND reference IS ?13 AND name = ?14 AND acronym IS ?15 AND categories = ?16 AND level = ?17
  AND membership_based IS ?18 AND member_count IS ?19 AND country = ?20 AND city IS ?21 AND website IS ?22
  AND language = ?23 AND applied_on = ?24 AND description IS ?25 AND expertise IS ?26 AND practices IS ?27
  AND name_key = ?28 AND host_key IS ?29 AND acronym_key IS ?30 AND (sort_key = ?31 OR ?32))";

}  // namespace

void insert_partner(Write& write, const Partner& partner, const PartnerProjection& projection) {
  const FormRow form(partner);
  Query query = write.query(insert_sql);
  bind_decisions(query, partner, projection);
  form.bind(query, projection);
  query.run();
  write.state<LargestId>().id = partner.id.number();
  note_inserted(write, form.keys());
}

void update_partner(Write& write, const Partner& before, const Partner& after,
                    const PartnerProjection& projection) {
  if (before.application == after.application) {
    Query query = write.query(decide_sql);
    bind_decisions(query, after, projection);
    query.run();
    return;
  }
  const FormRow form(after);
  Query query = write.query(update_sql);
  bind_decisions(query, after, projection);
  form.bind(query, projection);
  query.bind(32, static_cast<std::int64_t>(after.application.contact ? 0 : 1));
  query.run();
  note_updated(write, form.keys());
}

bool is_stored(Read& read, const Partner& partner, const PartnerProjection& projection, SortKeys sort_keys) {
  const FormRow form(partner);
  Query query = read.query(match_sql);
  bind_decisions(query, partner, projection);
  form.bind(query, projection);
  query.bind(32, static_cast<std::int64_t>(sort_keys == SortKeys::any ? 1 : 0));
  return query.step();
}

void insert_sort_rules(Write& write) {
  write.query("INSERT INTO property (name, value) VALUES ('collation', :rules)")
      .bind(":rules", Collator::version())
      .run();
}

void renew_sort_keys(Connection& connection) {
  {
    Query rules = connection.query("SELECT value FROM property WHERE name = 'collation'");
    if (!rules.step() || rules.text(0) == Collator::version()) return;
  }
  Write write(connection);
  Query partners = write.query("SELECT id, name FROM partner");
  while (partners.step()) {
    const std::string key = sort_key(partners.text(1));
    write.query("UPDATE partner SET sort_key = ?2 WHERE id = ?1").with(partners.integer(0), Blob{key}).run();
  }
  write.query("UPDATE property SET value = ?1 WHERE name = 'collation'").with(Collator::version()).run();
  write.commit();
}

namespace {

using Cell = std::optional<std::string_view>;

template <class T>
std::optional<T> optional_value(const Cell& cell) {
  if (!cell) return std::nullopt;
  return stored(T::parse(*cell));
}

template <class E>
std::optional<E> optional_code(const Cell& cell) {
  if (!cell) return std::nullopt;
  return stored(parse_code<E>(*cell));
}

std::optional<PartnerId> optional_id(const Cell& cell) {
  if (!cell) return std::nullopt;
  const auto id = PartnerId::parse(*cell);
  if (!id) damaged("a successor is not an id");
  return id;
}

Application stored_application(const ColumnTexts& texts, std::optional<Contact> contact) {
  const auto cell = [&](Column column) -> const Cell& { return texts[static_cast<std::size_t>(column)]; };
  const auto text = [&](Column column) { return cell(column).value_or(std::string_view()); };
  return Application{
      .reference = optional_value<Reference>(cell(Column::reference)),
      .name = stored(Name::parse(text(Column::name))),
      .acronym = optional_value<Acronym>(cell(Column::acronym)),
      .categories = stored(Categories::parse(text(Column::categories))),
      .level = stored(parse_code<Level>(text(Column::level))),
      .membership_based = optional_code<MembershipBased>(cell(Column::membership_based)),
      .member_count = optional_value<MemberCount>(cell(Column::member_count)),
      .country = stored(Country::parse(text(Column::country))),
      .city = optional_value<City>(cell(Column::city)),
      .website = optional_value<WebUrl>(cell(Column::website)),
      .description = optional_value<LongText>(cell(Column::description)),
      .expertise = optional_value<LongText>(cell(Column::expertise)),
      .practices = cell(Column::practices) ? stored(parse_practices(*cell(Column::practices))) : Practices{},
      .language = stored(LanguageTag::parse(text(Column::language))),
      .contact = std::move(contact),
      .applied_on = stored(Date::parse(text(Column::applied_on))),
  };
}

}  // namespace

Partner stored_partner(PartnerId id, const ColumnTexts& texts, std::optional<Contact> contact) {
  const auto cell = [&](Column column) -> const Cell& { return texts[static_cast<std::size_t>(column)]; };
  return Partner{
      .id = id,
      .application = stored_application(texts, std::move(contact)),
      .status = stored(parse_code<Status>(cell(Column::status).value_or(std::string_view()))),
      .verified_on = optional_value<Date>(cell(Column::verified_on)),
      .approved_on = optional_value<Date>(cell(Column::approved_on)),
      .partner_since = optional_value<Date>(cell(Column::partner_since)),
      .ended_on = optional_value<Date>(cell(Column::ended_on)),
      .end_reason = optional_code<EndReason>(cell(Column::end_reason)),
      .end_note = optional_value<Note>(cell(Column::end_note)),
      .successor = optional_id(cell(Column::successor)),
      .contact_erased_on = optional_value<Date>(cell(Column::contact_erased_on)),
  };
}

}  // namespace covenant
