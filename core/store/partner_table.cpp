#include "core/store/partner_table.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/store/bulk/partner_indexes.hpp"
#include "core/store/database.hpp"
#include "core/store/event_table.hpp"
#include "core/store/sealed_table.hpp"
#include "core/store/set_columns.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/collator.hpp"
#include "core/text/folding.hpp"
#include "core/text/lookalike.hpp"
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
    if (is_same(partner)) return partner;
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
    if (!partner || !is_same(*partner)) return false;
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

// A contact that is erased is none; one that is missing is damage, as an empty text is.
const std::string contact_value = "iif(p.contact IS NULL, NULL, coalesce(c.value, ''))";

// The contact's columns are one sealed value, which has a column of its own after all others. What is derived
// is left out: it costs a look at the event.
const std::string partner_columns = [] {
  std::string sql;
  for (const Column column : all_columns) {
    if (info_of(column).is_of_contact || is_derived(column)) {
      sql += "NULL, ";
    } else {
      sql.append("p.").append(code_of(column)).append(", ");
    }
  }
  return sql + contact_value;
}();

const std::string partner_source =
    "partner p LEFT JOIN sealed c ON c.id = " + sealed_id("p.contact", "contact");

namespace {

bool is_id(Column column) {
  return column == "id"_column || column == "successor"_column;
}

}  // namespace

Partner read_partner(Query& query) {
  const PartnerId id = stored_id(query, 0);
  try {
    ColumnTexts texts;
    for (const Column column : all_columns) {
      const auto at = static_cast<int>(index_of(column));
      if (query.is_null(at)) continue;
      texts[index_of(column)] = is_id(column) ? query.bytes(at) : text_of_type(query, at, column);
    }
    std::optional<Contact> contact;
    constexpr int contact_column = column_count;
    if (!query.is_null(contact_column)) contact = contact_from_json(query.text(contact_column));
    Partner partner = stored_partner(id, texts, std::move(contact));
    for (const Column column : all_columns) {
      const auto at = static_cast<int>(index_of(column));
      if (!is_id(column) && !query.is_null(at)) stored_text(query, at, column);
    }
    return partner;
  } catch (const RegistryError& error) {
    damaged(fmt::format("{}: {}", id.str(), error.what()));
  }
}

std::optional<Partner> find_partner(Read& read, PartnerId id) {
  static const std::string sql = select_where("p.id = ?1");
  return first(std::move(read.query(sql).with(id.number())));
}

// An undo seals the contact again that there was before the first of the events that it took back.
std::string contact_since_sql() {
  return fmt::format(R"(
(SELECT {} FROM main.event e
 WHERE e.seq = (
   WITH RECURSIVE origin (seq) AS (
     SELECT p.contact
     UNION
     SELECT (SELECT max(s.seq)
             FROM main.partner_event b JOIN main.sealed s ON s.id = {}
             WHERE b.partner = p.id
               AND b.seq < (SELECT min(u.seq) FROM main.partner_event u
                            WHERE u.partner = p.id AND u.undone_by = origin.seq))
     FROM origin
     WHERE EXISTS (SELECT 1 FROM main.partner_event u WHERE u.partner = p.id AND u.undone_by = origin.seq))
   SELECT min(seq) FROM origin)))",
                     day_of_event("e"), sealed_id("b.seq", "contact"));
}

std::optional<Date> find_contact_since(Read& read, PartnerId id) {
  Query query = read.query("SELECT " + contact_since_sql() + " FROM partner p WHERE p.id = :id");
  if (!query.bind(":id", id.number()).step()) return std::nullopt;
  return stored_optional<Date>(query, 0);
}

std::optional<std::string> find_name_of(Read& read, PartnerId id) {
  Query query = read.query("SELECT name FROM partner WHERE id = :id");
  if (!query.bind(":id", id.number()).step()) return std::nullopt;
  return std::string(stored_text(query, 0, "name"_column));
}

std::optional<Partner> find_partner(Read& read, const Reference& reference) {
  if (keys_in_memory(read) != nullptr) {
    return find_in_memory(read, KeyKind::reference, index_key(reference.str()), std::nullopt,
                          [&](const Partner& other) { return other.application.reference == reference; });
  }
  static const std::string sql = select_where("p.reference = ?1");
  return first(std::move(read.query(sql).with(reference.str())));
}

namespace {

/// A name, its `similarity_key`, and the digest of its `lookalike_key`.
struct KeyedName {
  std::string text;
  std::string same;
  std::int64_t key;
};

/// The last one is kept: a new name is looked for and then written.
const KeyedName& keyed_name(const Name& name) {
  static KeyedName last{};
  if (last.text != name.str()) {
    std::string same = similarity_key(name.str());
    const std::int64_t key = index_key(lookalike_key_of(same));
    last = {name.str(), std::move(same), key};
  }
  return last;
}

/// The first partner that had a name before of which that is the `similarity_key`, and its digest the other.
std::optional<Partner> find_by_former_name(Read& read, std::string_view same, std::int64_t key,
                                           std::optional<PartnerId> except) {
  static const std::string sql = fmt::format(
      "SELECT {}, f.name FROM former_name f JOIN event e ON e.seq = f.seq JOIN {} "
      "WHERE p.id = owner(f.partner, e.body ->> '$.partner') AND f.name_key = ?1 ORDER BY f.seq",
      partner_columns, partner_source);
  constexpr int former_name_at = column_count + 1;
  Query query = read.query(sql);
  query.with(key);
  while (query.step()) {
    if (similarity_key(stored_name(query, former_name_at).str()) != same) continue;
    Partner partner = read_partner(query);
    if (partner.id != except && !was_only_an_error(partner)) return partner;
  }
  return std::nullopt;
}

}  // namespace

NameMatch find_name(Read& read, const Name& name, std::optional<PartnerId> except) {
  const KeyedName& own = keyed_name(name);
  NameMatch match;
  const auto is_same = [&](const Partner& other) {
    const std::string& other_name = other.application.name.str();
    if (similarity_key(other_name) == own.same) return true;
    if (!match.similar && !was_only_an_error(other) && look_alike(name.str(), other_name))
      match.similar = other;
    return false;
  };
  if (keys_in_memory(read) != nullptr) {
    match.same = find_in_memory(read, KeyKind::name, own.key, except, is_same);
  } else {
    static const std::string sql = select_where("p.name_key = ?1 ORDER BY p.id");
    Query query = read.query(sql);
    query.with(own.key);
    match.same = find_by_key(std::move(query), except, is_same);
  }
  if (!match.same && may_have_former_names(read))
    match.former = find_by_former_name(read, own.same, own.key, except);
  return match;
}

bool have_distinct_name_keys(Read& read) {
  return !read.query("SELECT 1 FROM partner GROUP BY name_key HAVING count(*) > 1 LIMIT 1").step();
}

std::optional<Partner> find_same_host(Read& read, std::string_view host, std::optional<PartnerId> except) {
  const auto is_same = [&](const Partner& other) {
    const auto& its = other.application.website;
    return !was_only_an_error(other) && its && its->host_key() == host;
  };
  if (keys_in_memory(read) != nullptr)
    return find_in_memory(read, KeyKind::host, index_key(host), except, is_same);
  static const std::string sql = select_where("p.host_key = ?1 ORDER BY p.id");
  Query query = read.query(sql);
  query.with(index_key(host));
  return find_by_key(std::move(query), except, is_same);
}

std::optional<Partner> find_same_acronym(Read& read, const Acronym& acronym,
                                         std::optional<PartnerId> except) {
  const std::string key = similarity_key(acronym.str());
  const auto is_same = [&](const Partner& other) {
    const auto& its = other.application.acronym;
    return !was_only_an_error(other) && its && similarity_key(its->str()) == key;
  };
  if (keys_in_memory(read) != nullptr)
    return find_in_memory(read, KeyKind::acronym, index_key(key), except, is_same);
  static const std::string sql = select_where("p.acronym_key = ?1 ORDER BY p.id");
  Query query = read.query(sql);
  query.with(index_key(key));
  return find_by_key(std::move(query), except, is_same);
}

namespace {

/// Where the rows of a damaged file are out of order, SQLite finds an earlier one after a later one, and
/// whoever goes from row to row would not come to an end.
void demand_order(PartnerId last, PartnerId next) {
  if (next <= last) damaged(next.str() + " is out of its place");
}

}  // namespace

std::optional<Partner> find_next_applied(Read& read, PartnerId last) {
  auto next =
      first(std::move(read.query(select_where("p.status = 'applied' AND p.id > ?1 ORDER BY p.id LIMIT 1"))
                          .with(last.number())));
  if (next) demand_order(last, next->id);
  return next;
}

std::optional<PartnerId> find_next_id(Read& read, PartnerId last) {
  Query query = read.query("SELECT min(id) FROM partner WHERE id > :last");
  query.bind(":last", last.number()).step();
  if (query.is_null(0)) return std::nullopt;
  const PartnerId next(query.integer(0));
  demand_order(last, next);
  return next;
}

std::optional<PartnerId> find_missing_successor(Read& read) {
  Query query =
      read.query("SELECT successor FROM partner WHERE successor NOT IN (SELECT id FROM partner) LIMIT 1");
  if (!query.step()) return std::nullopt;
  return stored_id(query, 0);
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
  RowKeys keys{partner.id, std::nullopt, keyed_name(a.name).key, std::nullopt, std::nullopt};
  if (a.reference) keys.reference = index_key(a.reference->str());
  if (a.website) keys.host = index_key(a.website->host_key());
  if (a.acronym) keys.acronym = index_key(similarity_key(a.acronym->str()));
  return keys;
}

/// A column of the partner itself, not of its application.
template <class Member>
constexpr bool is_decision = false;
template <class T>
constexpr bool is_decision<T Partner::*> = true;
template <>
constexpr bool is_decision<PartnerId Partner::*> = false;

template <class Member>
constexpr bool is_of_form = false;
template <class T>
constexpr bool is_of_form<T Application::*> = true;

template <class T>
const T* pointer_to(const std::optional<T>& value) {
  return value ? &*value : nullptr;
}

/// Visits the columns that decisions change: each name with its value, null where the column is empty.
template <class Visit>
void visit_decisions(const Partner& partner, const PartnerProjection& projection, Visit visit) {
  const auto visit_listed = [&]<class Member>(const Listed<Member>& listed) {
    if constexpr (is_decision<Member>) {
      if (listed.name != code_of(derived_column)) visit(listed.name, value_at(partner, listed.member));
    }
  };
  std::apply([&](const auto&... listed) { (visit_listed(listed), ...); }, column_list);
  visit("changed", pointer_to(projection.changed));
}

/// What is written of a partner beside its columns; it outlives the statement.
struct FormRow {
  explicit FormRow(const Partner& partner)
      : form(partner.application), sort_key_text(sort_key(form.name.str())), keys(row_keys(partner)) {}

  const Application& form;
  std::string sort_key_text;
  RowKeys keys;
};

/// The same of the form's own columns.
template <class Visit>
void visit_form(const Application& form, Visit visit) {
  const auto visit_listed = [&]<class Member>(const Listed<Member>& listed) {
    if constexpr (is_of_form<Member>) visit(listed.name, value_at(form, listed.member));
  };
  std::apply([&](const auto&... listed) { (visit_listed(listed), ...); }, field_list);
}

/// The same of all that forms change.
template <class Visit>
void visit_form(const FormRow& row, const PartnerProjection& projection, Visit visit) {
  visit_form(row.form, visit);
  visit("contact", pointer_to(projection.contact));
  visit("name_key", &row.keys.name);
  visit("host_key", pointer_to(row.keys.host));
  visit("acronym_key", pointer_to(row.keys.acronym));
  const Blob key{row.sort_key_text};
  visit("sort_key", &key);
}

/// The same of what a past day shows.
template <class Visit>
void visit_past(const Partner& partner, const PartnerProjection& projection, Blob key, Visit visit) {
  visit_decisions(partner, projection, visit);
  visit_form(partner.application, visit);
  visit("contact", pointer_to(projection.contact));
  visit("sort_key", &key);
}

/// Binds values to the parameters from 1 on: every statement below names its parameters after the columns, in
/// the order in which the columns are visited.
class Binder {
 public:
  explicit Binder(Query& query) : query_(query) {}

  template <class T>
  void operator()(std::string_view /*name*/, const T* value) {
    ++index_;
    if (value != nullptr) {
      bind(*value);
    } else {
      query_.bind(index_, std::nullopt);
    }
  }

 private:
  void bind(std::int64_t value) { query_.bind(index_, value); }
  void bind(Blob value) { query_.bind(index_, value); }
  template <class T>
  void bind(const T& value) {
    if constexpr (requires { value.number(); }) {
      query_.bind(index_, static_cast<std::int64_t>(value.number()));
    } else if constexpr (requires { requires std::is_lvalue_reference_v<decltype(value.str())>; }) {
      query_.bind(index_, Kept{value.str()});
    } else {
      std::string made;
      const std::string_view text = FieldType<T>::view(value, made);
      query_.bind(index_, text.empty() ? std::nullopt : std::optional(text));
    }
  }

  Query& query_;
  int index_ = 0;
};

/// The columns' names, as they are visited.
using Names = std::vector<std::string>;

Names decided_names() {
  const Partner blank{.id = PartnerId(1), .application = blank_application(), .status = Status::applied};
  Names names;
  visit_decisions(blank, {}, [&](std::string_view name, const auto*) { names.emplace_back(name); });
  return names;
}

Names formed_names() {
  const Partner blank{.id = PartnerId(1), .application = blank_application(), .status = Status::applied};
  Names names;
  visit_form(FormRow(blank), {}, [&](std::string_view name, const auto*) { names.emplace_back(name); });
  return names;
}

Names all_names() {
  Names names = decided_names();
  for (std::string& name : formed_names()) names.push_back(std::move(name));
  return names;
}

std::string insert_sql(const std::string& table, const Names& names) {
  std::string columns;
  std::string parameters;
  for (const std::string& name : names) {
    columns += name + ", ";
    parameters += ":" + name + ", ";
  }
  return "INSERT INTO " + table + " (" + columns + "id) VALUES (" + parameters + ":id)";
}

enum class StoredContact { stays, goes };

/// Where nothing is given, the contact and the last change in public stay as they are, unless the contact
/// goes.
std::string update_sql(const Names& names, StoredContact contact) {
  std::string sql = "UPDATE partner SET ";
  for (const std::string& name : names) {
    const bool may_stay = name == "changed" || (name == "contact" && contact == StoredContact::stays);
    sql += may_stay ? fmt::format("{0} = coalesce(:{0}, {0}), ", name) : fmt::format("{0} = :{0}, ", name);
  }
  sql.replace(sql.size() - 2, 2, " WHERE id = :id");
  return sql;
}

std::string match_sql(SortKeys sort_keys) {
  std::string sql = "SELECT 1 FROM partner WHERE ";
  for (const std::string& name : all_names()) {
    const bool is_any = name == "sort_key" && sort_keys == SortKeys::any;
    sql += is_any ? ":sort_key IS NOT NULL AND " : fmt::format("{0} IS :{0} AND ", name);
  }
  return sql + "id = :id";
}

void bind_all(Binder& bind, const Partner& partner, const FormRow& row, const PartnerProjection& projection) {
  visit_decisions(partner, projection, std::ref(bind));
  visit_form(row, projection, std::ref(bind));
  const std::int64_t id = partner.id.number();
  bind("id", &id);
}

}  // namespace

void insert_partner(Write& write, const Partner& partner, const PartnerProjection& projection) {
  static const std::string sql = insert_sql("partner", all_names());
  const FormRow row(partner);
  Query query = write.query(sql);
  Binder bind(query);
  bind_all(bind, partner, row, projection);
  query.run();
  write.state<LargestId>().id = partner.id.number();
  note_inserted(write, row.keys);
}

const std::vector<std::string>& past_columns() {
  static const Names past = [] {
    const Partner blank{.id = PartnerId(1), .application = blank_application(), .status = Status::applied};
    Names names;
    visit_past(blank, {}, {}, [&](std::string_view name, const auto*) { names.emplace_back(name); });
    return names;
  }();
  return past;
}

void insert_past_partner(Read& read, const Partner& partner, const PartnerProjection& projection) {
  static const std::string sql = insert_sql("temp.past_partner", past_columns());
  Query query = read.query(sql);
  Binder bind(query);
  const std::string key = sort_key(partner.application.name.str());
  visit_past(partner, projection, Blob{key}, std::ref(bind));
  const std::int64_t id = partner.id.number();
  bind("id", &id);
  query.run();
}

void update_partner(Write& write, const Partner& before, const Partner& after,
                    const PartnerProjection& projection) {
  static const std::string decide = update_sql(decided_names(), StoredContact::stays);
  static const std::string amend = update_sql(all_names(), StoredContact::stays);
  static const std::string amend_without_contact = update_sql(all_names(), StoredContact::goes);
  if (before.application == after.application) {
    Query query = write.query(decide);
    Binder bind(query);
    visit_decisions(after, projection, std::ref(bind));
    const std::int64_t id = after.id.number();
    bind("id", &id);
    query.run();
    return;
  }
  const FormRow row(after);
  Query query = write.query(after.application.contact ? amend : amend_without_contact);
  Binder bind(query);
  bind_all(bind, after, row, projection);
  query.run();
  note_updated(write, row.keys);
}

bool is_stored(Read& read, const Partner& partner, const PartnerProjection& projection, SortKeys sort_keys) {
  static const std::string with_present_keys = match_sql(SortKeys::present);
  static const std::string with_any_keys = match_sql(SortKeys::any);
  const FormRow row(partner);
  Query query = read.query(sort_keys == SortKeys::any ? with_any_keys : with_present_keys);
  Binder bind(query);
  bind_all(bind, partner, row, projection);
  return query.step();
}

void renew_similarity_keys(Connection& connection) {
  Query partners = connection.query("SELECT id, name, acronym FROM partner");
  while (partners.step()) {
    const std::int64_t name_key = index_key(lookalike_key(partners.text(1)));
    std::optional<std::int64_t> acronym_key;
    if (!partners.is_null(2)) acronym_key = index_key(similarity_key(partners.text(2)));
    connection.query("UPDATE partner SET name_key = ?2, acronym_key = ?3 WHERE id = ?1")
        .with(partners.integer(0), name_key, acronym_key)
        .run();
  }
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

template <class T>
auto& place_in(Partner& partner, T Partner::*member) {
  return partner.*member;
}

template <class T>
auto& place_in(Partner& partner, T Application::*member) {
  return partner.application.*member;
}

template <class T>
T stored_value(std::optional<std::string_view> cell) {
  return stored(read_back<T>(cell.value_or(std::string_view())));
}

}  // namespace

void set_columns(Partner& partner, const ColumnSet& columns, const ColumnTexts& texts) {
  std::size_t index = 0;
  const auto read = [&]<class Member>(const Listed<Member>& listed) {
    using Traits = MemberTraits<Member>;
    const std::size_t at = index++;
    if constexpr (!std::is_same_v<Member, PartnerId Partner::*> && !Traits::is_of_contact) {
      if (!columns.test(at)) return;
      auto& place = place_in(partner, listed.member);
      if constexpr (Traits::is_optional) place.reset();
      if (texts[at] || !Traits::is_optional) place = stored_value<typename Traits::Value>(texts[at]);
    }
  };
  std::apply([&](const auto&... listed) { (read(listed), ...); }, column_list);
}

Partner stored_partner(PartnerId id, const ColumnTexts& texts, std::optional<Contact> contact) {
  Partner partner{.id = id, .application = blank_application(), .status = Status::applied};
  partner.application.contact = std::move(contact);
  set_columns(partner, ColumnSet().set(), texts);
  return partner;
}

}  // namespace covenant
