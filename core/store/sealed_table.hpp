#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/form.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// A sealed value, named by the event that set it.
struct SealedName {
  std::int64_t seq;
  std::string field;  ///< "contact", "texts", or "signed_by" of an event of version 1

  friend auto operator<=>(const SealedName&, const SealedName&) = default;
};

/// The contact as it is sealed: canonical JSON of email, name, phone and role, absent members left out.
std::string contact_to_json(const Contact& contact);
/// @throws Error{damaged} when the text is not what `contact_to_json` writes.
Contact contact_from_json(std::string_view json);

/// A value with the salt that hides it.
struct Seal {
  std::string salt;    ///< `salt_size` random bytes
  std::string digest;  ///< hexadecimal; what the event says
};

/// Bytes of salt.
inline constexpr std::size_t salt_size = 32;

/// A fresh seal. Source: covenant-registry(5), SEALED VALUES.
Seal seal(std::string_view field, std::string_view value);
/// The digest of a stored salt and value.
std::string seal_digest(std::string_view salt, std::string_view field, std::string_view value);

/// The key of a sealed value, computed in SQL from the number of its event: `sealed_id("c.seq", "texts")`.
std::string sealed_id(std::string_view seq, std::string_view field);

/// Only the history writes sealed values. `of` names the event that set the texts, where others of it were
/// erased.
void insert_sealed(Write& write, std::int64_t seq, std::string_view field, std::optional<std::int64_t> of,
                   const Seal& seal, const std::string& value);

/// The sealed texts of an event.
struct SealedTexts {
  std::int64_t seq;                ///< the event that sealed them
  std::optional<std::int64_t> of;  ///< the event that set them, where that is another
  std::string value;
};

/// The texts that the event set, or those that remain of them; nothing when all were erased.
std::optional<SealedTexts> find_texts(Read& read, std::int64_t seq);

/// The value; nothing when it was erased, or never sealed.
std::optional<std::string> find_sealed_value(Read& read, std::int64_t seq, std::string_view field);

/// Writes the sealed values of an event into another registry, with the texts that remain of it.
void copy_sealed(Read& source, Write& target, std::int64_t seq);

/// Goes through the sealed values by event and field.
class SealedCursor {
 public:
  explicit SealedCursor(Read& read);

  /// Goes to the next value; false when there is none.
  bool next() { return rows_.step(); }
  SealedName name() const { return {rows_.integer(0), std::string(rows_.bytes(1))}; }
  std::string_view salt() const { return rows_.bytes(2); }
  std::string_view value() const { return rows_.bytes(3); }
  /// Of texts that remain after an erasure: the event that set them.
  std::optional<std::int64_t> of() const { return rows_.optional_integer(4); }

 private:
  Query rows_;
};

/// Removes sealed values, and at the commit every copy of them in the pages of their table. Only the history
/// does it, for its last event. The file is wiped after that (`Registry::wipe`).
void delete_sealed(Write& write, const std::vector<SealedName>& names);

/// Notes that the last event erased something, until the file is wiped.
void mark_erasure(Write& write);

/// Whether erased values may still be in the files of the registry.
bool is_erasure_unfinished(Read& read);

}  // namespace covenant
