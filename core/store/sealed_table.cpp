#include "core/store/sealed_table.hpp"

#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/store/database.hpp"
#include "core/text/json.hpp"

namespace covenant {

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
  return stored(T::parse(*text));
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

std::optional<std::string> find_sealed_value(Read& read, std::int64_t seq, std::string_view field) {
  Query query = read.query("SELECT value FROM sealed WHERE seq = :seq AND field = :field");
  query.bind(":seq", seq).bind(":field", field);
  if (!query.step()) return std::nullopt;
  return std::string(query.text(0));
}

void copy_sealed(Read& source, Write& target, std::int64_t seq) {
  Query sealed = source.query("SELECT field, salt, value FROM sealed WHERE seq = :seq");
  sealed.bind(":seq", seq);
  while (sealed.step()) {
    insert_sealed(target, seq, sealed.text(0), Seal{std::string(sealed.text(1)), ""},
                  std::string(sealed.text(2)));
  }
}

SealedCursor::SealedCursor(Read& read)
    : rows_(read.query("SELECT seq, field, salt, value FROM sealed ORDER BY seq, field")) {}

std::vector<SealedName> find_sealed(Read& read, PartnerId partner) {
  std::vector<SealedName> names;
  Query query = read.query(
      "SELECT s.seq, s.field FROM partner_event pe JOIN sealed s ON s.seq = pe.seq "
      "WHERE pe.partner = ?1 ORDER BY s.seq, s.field");
  query.with(partner.number());
  while (query.step()) names.push_back({query.integer(0), std::string(query.text(1))});
  return names;
}

void delete_sealed(Write& write, const std::vector<SealedName>& names) {
  for (const SealedName& name : names) {
    write.query("DELETE FROM sealed WHERE seq = ?1 AND field = ?2").with(name.seq, name.field).run();
  }
  // SQLite moves rows between pages when many of a page are gone, and leaves copies of them in the space
  // between; secure_delete overwrites only what is deleted. Pages that were emptied and filled again have
  // none.
  write.query("CREATE TEMP TABLE kept AS SELECT seq, field, salt, value FROM sealed").run();
  write.query("DELETE FROM sealed").run();
  write.query("INSERT INTO sealed SELECT seq, field, salt, value FROM temp.kept ORDER BY seq, field").run();
  write.query("DROP TABLE temp.kept").run();
}

}  // namespace covenant
