#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/evidence.hpp"
#include "core/text/json.hpp"

namespace covenant {

/// Writes a document as an object: `number`, `kind`, `day`, `name`, `type`, `size`, `sha256`, `note`,
/// `verdict`, `annulled`, `erased`.
void write_document(JsonWriter& json, std::int64_t number, const KeptDocument& kept);

/// The documents of a partner, a line each: number, kind, day, name, type, size and SHA-256, separated by
/// tabs, then the verdict on one that was read, "annulled" of one that does not count and "erased" of one
/// that was erased. A name that was erased is empty.
std::string documents_as_text(const std::vector<KeptDocument>& documents);

/// The same as one JSON array and a line feed.
std::string documents_as_json(const std::vector<KeptDocument>& documents);

/// A media type for people: "PDF", "e-mail", or itself.
std::string name_of_type(const std::string& media_type);

/// "714 B", "214 KiB", "3 MiB", rounded.
std::string size_for_people(std::uint64_t bytes);

}  // namespace covenant
