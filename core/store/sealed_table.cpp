#include "core/store/sealed_table.hpp"

#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/store/database.hpp"
#include "core/store/rewriting.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// The field of values that have a table of their own.
constexpr std::string_view texts_field = "texts";

}  // namespace

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

void insert_sealed(Write& write, std::int64_t seq, std::string_view field, const Seal& seal,
                   const std::string& value) {
  write.query("INSERT INTO sealed (seq, field, salt, value) VALUES (?1, ?2, ?3, ?4)")
      .with(seq, field, Blob{seal.salt}, Kept{value})
      .run();
}

void insert_sealed_texts(Write& write, std::int64_t seq, std::optional<std::int64_t> of, const Seal& seal,
                         const std::string& value) {
  write.query("INSERT INTO sealed_texts (seq, of, salt, value) VALUES (?1, ?2, ?3, ?4)")
      .with(seq, of, Blob{seal.salt}, Kept{value})
      .run();
}

std::optional<std::string> find_sealed_value(Read& read, std::int64_t seq, std::string_view field) {
  Query query = read.query(field == texts_field ? "SELECT value FROM sealed_texts WHERE seq = ?1"
                                                : "SELECT value FROM sealed WHERE seq = ?1 AND field = ?2");
  query.bind(1, seq);
  if (field != texts_field) query.bind(2, field);
  if (!query.step()) return std::nullopt;
  return std::string(query.text(0));
}

namespace {

/// The texts on the present row: seq, of, value.
SealedTexts read_sealed_texts(const Query& row) {
  return {row.integer(0), row.optional_integer(1), std::string(row.text(2))};
}

}  // namespace

std::optional<SealedTexts> find_texts(Read& read, std::int64_t seq) {
  for (const char* sql : {"SELECT seq, of, value FROM sealed_texts WHERE seq = ?1 AND of IS NULL",
                          "SELECT seq, of, value FROM sealed_texts WHERE of = ?1 ORDER BY seq LIMIT 1"}) {
    Query query = read.query(sql);
    query.with(seq);
    if (query.step()) return read_sealed_texts(query);
  }
  return std::nullopt;
}

void copy_sealed(Read& source, Write& target, std::int64_t seq) {
  Query sealed = source.query("SELECT field, salt, value FROM sealed WHERE seq = :seq");
  sealed.bind(":seq", seq);
  while (sealed.step()) {
    insert_sealed(target, seq, sealed.text(0), Seal{std::string(sealed.bytes(1)), ""},
                  std::string(sealed.text(2)));
  }
  Query texts = source.query(
      "SELECT seq, of, salt, value FROM sealed_texts WHERE (seq = ?1 AND of IS NULL) OR of = ?1 ORDER BY "
      "seq");
  texts.with(seq);
  while (texts.step()) {
    insert_sealed_texts(target, texts.integer(0), texts.optional_integer(1),
                        Seal{std::string(texts.bytes(2)), ""}, std::string(texts.text(3)));
  }
}

SealedCursor::SealedCursor(Read& read)
    : rows_(read.query("SELECT seq, field, salt, value, NULL FROM sealed UNION ALL "
                       "SELECT seq, 'texts', salt, value, of FROM sealed_texts ORDER BY 1, 2")) {}

std::vector<SealedName> find_sealed(Read& read, PartnerId partner) {
  std::vector<SealedName> names;
  Query query = read.query(
      "SELECT s.seq, s.field FROM partner_event pe JOIN sealed s ON s.seq = pe.seq "
      "WHERE pe.partner = ?1 ORDER BY s.seq, s.field");
  query.with(partner.number());
  while (query.step()) names.push_back({query.integer(0), std::string(query.text(1))});
  return names;
}

std::vector<SealedTexts> find_sealed_texts(Read& read, PartnerId partner) {
  std::vector<SealedTexts> texts;
  Query query = read.query(
      "SELECT s.seq, s.of, s.value FROM partner_event pe JOIN sealed_texts s ON s.seq = pe.seq "
      "WHERE pe.partner = ?1 ORDER BY s.seq");
  query.with(partner.number());
  while (query.step()) texts.push_back(read_sealed_texts(query));
  return texts;
}

void delete_sealed(Write& write, const std::vector<SealedName>& names) {
  for (const SealedName& name : names) {
    if (name.field == texts_field) {
      write.query("DELETE FROM sealed_texts WHERE seq = ?1").with(name.seq).run();
    } else {
      write.query("DELETE FROM sealed WHERE seq = ?1 AND field = ?2").with(name.seq, name.field).run();
    }
  }
  for (const SealedName& name : names)
    write_again_at_commit(write, name.field == texts_field ? "sealed_texts" : "sealed");
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
