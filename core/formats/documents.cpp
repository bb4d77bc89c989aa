#include "core/formats/documents.hpp"

#include <fmt/format.h>

#include "core/text/escape.hpp"

namespace covenant {

void write_document(JsonWriter& json, std::int64_t number, const KeptDocument& kept) {
  const auto& [name, type, size, sha256] = kept.document;
  json.begin_object().member("number", number).member("kind", code_of(kept.use));
  json.member("day", kept.day.str());
  json.member_or_null("name", name ? std::optional(name->str()) : std::nullopt).member("type", type);
  json.member("size", static_cast<std::int64_t>(size)).member("sha256", sha256);
  json.member_or_null("note", kept.note ? std::optional(kept.note->str()) : std::nullopt);
  json.member_or_null("verdict",
                      kept.verdict ? std::optional(std::string(code_of(*kept.verdict))) : std::nullopt);
  json.key("annulled").raw(kept.is_annulled ? "true" : "false");
  json.key("erased").raw(kept.is_erased ? "true" : "false").end_object();
}

std::string documents_as_text(const std::vector<KeptDocument>& documents) {
  std::string out;
  std::size_t number = 0;
  for (const KeptDocument& kept : documents) {
    const auto& [name, type, size, sha256] = kept.document;
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}{}{}{}\n", ++number, code_of(kept.use), kept.day.str(),
                       name ? for_terminal(name->str()) : "", type, size, sha256,
                       kept.verdict ? fmt::format("\t{}", code_of(*kept.verdict)) : "",
                       kept.is_annulled ? "\tannulled" : "", kept.is_erased ? "\terased" : "");
  }
  return out;
}

std::string documents_as_json(const std::vector<KeptDocument>& documents) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  std::int64_t number = 0;
  for (const KeptDocument& kept : documents) write_document(json, ++number, kept);
  json.end_array();
  return out + "\n";
}

std::string name_of_type(const std::string& media_type) {
  if (media_type == "message/rfc822") return "e-mail";
  if (media_type == "application/pdf") return "PDF";
  return media_type;
}

std::string size_for_people(std::uint64_t bytes) {
  constexpr std::uint64_t kibi = 1024;
  if (bytes < kibi) return fmt::format("{} B", bytes);
  const std::uint64_t unit = bytes < kibi * kibi ? kibi : kibi * kibi;
  return fmt::format("{} {}", (bytes + unit / 2) / unit, unit == kibi ? "KiB" : "MiB");
}

}  // namespace covenant
