#include "core/store/sealed_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/store/database.hpp"
#include "core/store/rewriting.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// The fields in the order that their numbers have in a key. Source: schema.sql.
constexpr std::array<std::string_view, 3> fields = {"contact", "signed_by", "texts"};

/// The number of a field in a key. Of a field that there is not it is one that no key has.
std::int64_t number_of(std::string_view field) {
  return std::find(fields.begin(), fields.end(), field) - fields.begin();
}

}  // namespace

std::string sealed_id(std::string_view seq, std::string_view field) {
  return fmt::format("4 * {} + {}", seq, number_of(field));
}

std::string contact_to_json(const Contact& contact) {
  std::string json;
  JsonWriter writer(json);
  writer.begin_object().member("email", contact.email.str()).member("name", contact.name.str());
  if (contact.phone) writer.member("phone", contact.phone->str());
  if (contact.role) writer.member("role", contact.role->str());
  writer.end_object();
  return json;
}

namespace {

/// A text that a sealed contact may have.
template <class T>
std::optional<T> read_text(CanonicalReader& reader, std::string_view name) {
  if (!reader.take(name)) return std::nullopt;
  const auto text = reader.string();
  if (!text) damaged("a sealed contact is not as it was written");
  return stored(read_back<T>(*text));
}

}  // namespace

Contact contact_from_json(std::string_view json) {
  CanonicalReader reader(json);
  auto email = read_text<Email>(reader, "{\"email\":");
  auto name = read_text<PersonText>(reader, ",\"name\":");
  auto phone = read_text<Phone>(reader, ",\"phone\":");
  auto role = read_text<PersonText>(reader, ",\"role\":");
  if (!email || !name || !reader.take("}") || !reader.is_at_end())
    damaged("a sealed contact is not as it was written");
  return {.name = *std::move(name),
          .role = std::move(role),
          .email = *std::move(email),
          .phone = std::move(phone)};
}

std::string seal_digest(std::string_view salt, std::string_view field, std::string_view value) {
  constexpr std::string_view zero("\0", 1);
  return to_hex(bytes_of(hmac_sha256(salt, {"covenant/sealed/1", zero, field, zero, value})));
}

Seal seal(std::string_view field, std::string_view value) {
  std::string salt = random_bytes(salt_size);
  std::string digest = seal_digest(salt, field, value);
  return {std::move(salt), std::move(digest)};
}

void insert_sealed(Write& write, std::int64_t seq, std::string_view field, std::optional<std::int64_t> of,
                   const Seal& seal, const std::string& value) {
  write.query("INSERT INTO sealed (id, of, salt, value) VALUES (4 * ?1 + ?2, ?3, ?4, ?5)")
      .with(seq, number_of(field), of, Blob{seal.salt}, Kept{value})
      .run();
}

// What is read here is what the file has; a view of the past may be in the place of the contacts.

std::optional<std::string> find_sealed_value(Read& read, std::int64_t seq, std::string_view field) {
  Query query = read.query("SELECT value FROM main.sealed WHERE id = 4 * ?1 + ?2");
  if (!query.with(seq, number_of(field)).step()) return std::nullopt;
  return std::string(query.text(0));
}

std::optional<SealedTexts> find_texts(Read& read, std::int64_t seq) {
  static const std::array<std::string, 2> statements = {
      "SELECT seq, of, value FROM main.sealed WHERE id = " + sealed_id("?1", "texts") + " AND of IS NULL",
      "SELECT seq, of, value FROM main.sealed WHERE of = ?1 ORDER BY id LIMIT 1"};
  for (const std::string& sql : statements) {
    Query query = read.query(sql);
    query.with(seq);
    if (query.step())
      return SealedTexts{query.integer(0), query.optional_integer(1), std::string(query.text(2))};
  }
  return std::nullopt;
}

void copy_sealed(Read& source, Write& target, std::int64_t seq) {
  Query rows = source.query(
      "SELECT id, of, salt, value FROM main.sealed "
      "WHERE (id BETWEEN 4 * ?1 AND 4 * ?1 + 3 AND of IS NULL) OR of = ?1");
  rows.with(seq);
  while (rows.step()) {
    target.query("INSERT INTO sealed (id, of, salt, value) VALUES (?1, ?2, ?3, ?4)")
        .with(rows.integer(0), rows.optional_integer(1), Blob{rows.bytes(2)}, rows.text(3))
        .run();
  }
}

SealedCursor::SealedCursor(Read& read)
    : rows_(read.query("SELECT seq, field, salt, value, of FROM main.sealed ORDER BY id")) {}

void delete_sealed(Write& write, const std::vector<SealedName>& names) {
  for (const SealedName& name : names)
    write.query("DELETE FROM sealed WHERE id = 4 * ?1 + ?2").with(name.seq, number_of(name.field)).run();
  if (!names.empty()) write_again_at_commit(write, "sealed");
  mark_erasure(write);
}

void mark_erasure(Write& write) {
  write
      .query(
          "INSERT INTO property (name, value) VALUES ('erasure', (SELECT max(seq) FROM event)) "
          "ON CONFLICT (name) DO UPDATE SET value = excluded.value")
      .run();
}

bool is_erasure_unfinished(Read& read) {
  return read.query("SELECT 1 FROM property WHERE name = 'erasure'").step();
}

}  // namespace covenant
