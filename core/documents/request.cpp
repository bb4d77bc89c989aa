#include "core/documents/request.hpp"

#include <utility>

#include "core/text/json.hpp"

namespace covenant {

namespace {

template <class T>
void write_optional(JsonWriter& json, std::string_view name, const std::optional<T>& value) {
  json.key(name);
  value ? json.value(value->str()) : json.null();
}

/// Nothing where the text is not of its type; the inner value is nothing where there is none.
template <class T>
std::optional<std::optional<T>> read_optional(CanonicalReader& json) {
  if (json.take("null")) return std::optional<T>();
  const auto text = json.string();
  if (!text) return std::nullopt;
  auto value = T::parse(*text);
  if (!value) return std::nullopt;
  return std::optional<T>(*std::move(value));
}

/// The bytes that follow the header, part by part.
class Parts {
 public:
  explicit Parts(std::string_view rest) : rest_(rest) {}

  std::optional<std::string_view> take(std::int64_t size) {
    if (size < 0 || static_cast<std::uint64_t>(size) > rest_.size()) return std::nullopt;
    const std::string_view part = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(part.size());
    return part;
  }
  bool is_at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace

std::string to_bytes(const ReadRequest& request, std::uint64_t document_size) {
  std::string text;
  JsonWriter json(text);
  json.begin_object();
  json.member_or_null("attachment", request.attachment);
  json.member("document", static_cast<std::int64_t>(document_size));
  json.member("name", request.name);
  write_optional(json, "received_on", request.received_on);
  json.member("signed", request.signed_file ? static_cast<std::int64_t>(request.signed_file->size()) : -1);
  write_optional(json, "timezone", request.timezone);
  json.member("today", request.today.str());
  json.member("trust", static_cast<std::int64_t>(request.trust.size()));
  json.end_object();
  text += '\n';
  text += request.trust;
  if (request.signed_file) text += *request.signed_file;
  return text;
}

std::optional<ReceivedRequest> parse_request(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  CanonicalReader json(bytes.substr(0, end));
  std::optional<std::string> attachment;
  if (!json.take("{\"attachment\":")) return std::nullopt;
  if (!json.take("null") && !(attachment = json.string())) return std::nullopt;
  if (!json.take(",\"document\":")) return std::nullopt;
  const auto document_size = json.number();
  if (!document_size || !json.take(",\"name\":")) return std::nullopt;
  auto name = json.string();
  if (!name || !json.take(",\"received_on\":")) return std::nullopt;
  const auto received_on = read_optional<Date>(json);
  if (!received_on || !json.take(",\"signed\":")) return std::nullopt;
  const auto signed_size = json.integer();
  if (!signed_size || !json.take(",\"timezone\":")) return std::nullopt;
  auto timezone = read_optional<TimeZone>(json);
  if (!timezone || !json.take(",\"today\":")) return std::nullopt;
  const auto today = read_optional<Date>(json);
  if (!today || !*today || !json.take(",\"trust\":")) return std::nullopt;
  const auto trust_size = json.number();
  if (!trust_size || !json.take("}") || !json.is_at_end()) return std::nullopt;

  Parts parts(bytes.substr(end + 1));
  const auto trust = parts.take(*trust_size);
  const auto signed_file = parts.take(*signed_size < 0 ? 0 : *signed_size);
  const auto document = parts.take(*document_size);
  if (!trust || !signed_file || !document || !parts.is_at_end()) return std::nullopt;
  ReadRequest request{.name = *std::move(name),
                      .received_on = *received_on,
                      .today = **today,
                      .timezone = *std::move(timezone),
                      .attachment = std::move(attachment),
                      .trust = std::string(*trust),
                      .signed_file = std::nullopt};
  if (*signed_size >= 0) request.signed_file = std::string(*signed_file);
  return ReceivedRequest{std::move(request), *document};
}

std::string to_json(const ReadAnswer& answer) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("reading").raw(to_json(answer.reading));
  json.key("references").begin_array();
  for (const std::string& reference : answer.references) json.value(reference);
  json.end_array().member_or_null("unreadable", answer.unreadable).end_object();
  return text;
}

namespace {

/// A text as a reading has it.
std::optional<std::string> read_text(CanonicalReader& json) {
  auto text = json.string();
  if (!text || text->size() > longest_reading_text || clean_text(*text) != *text) return std::nullopt;
  return text;
}

}  // namespace

std::optional<ReadAnswer> parse_answer(std::string_view json) {
  constexpr std::string_view before = "{\"reading\":";
  const std::size_t between = json.rfind(",\"references\":[");
  if (!json.starts_with(before) || between == std::string_view::npos) return std::nullopt;
  auto reading = parse_reading(json.substr(before.size(), between - before.size()));
  if (!reading) return std::nullopt;
  CanonicalReader rest(json.substr(between));
  ReadAnswer answer{*std::move(reading), std::nullopt, {}};
  for (std::string_view next = ",\"references\":["; rest.take(next); next = ",") {
    if (answer.references.empty() && rest.take("]")) break;
    auto reference = read_text(rest);
    if (!reference || answer.references.size() == most_references) return std::nullopt;
    answer.references.push_back(*std::move(reference));
    if (rest.take("]")) break;
  }
  if (!rest.take(",\"unreadable\":")) return std::nullopt;
  if (!rest.take("null") && !(answer.unreadable = read_text(rest))) return std::nullopt;
  if (!rest.take("}") || !rest.is_at_end()) return std::nullopt;
  return answer;
}

}  // namespace covenant
