#include "core/text/json.hpp"

#include <charconv>

#include "core/text/byte_search.hpp"
#include "core/text/escape.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

void JsonWriter::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  out_ += '}';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  out_ += ']';
  first_ = false;
  return *this;
}

JsonWriter& JsonWriter::array_of(std::string_view joined) {
  begin_array();
  while (!joined.empty()) {
    const std::size_t end = joined.find(';');
    value(joined.substr(0, end));
    joined.remove_prefix(end == std::string_view::npos ? joined.size() : end + 1);
  }
  return end_array();
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json(out_, name);
  out_ += ':';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json(out_, text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  separate();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out_.append(digits, end);
  return *this;
}

JsonWriter& JsonWriter::null() {
  return raw("null");
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::member_or_null(std::string_view name, const std::optional<std::string>& text) {
  key(name);
  return text ? value(*text) : null();
}

namespace {

std::optional<char> unescaped(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 't':
      return '\t';
    case 'n':
      return '\n';
    case 'f':
      return '\f';
    case 'r':
      return '\r';
    case '"':
    case '\\':
      return c;
    default:
      return std::nullopt;
  }
}

}  // namespace

bool CanonicalReader::take(std::string_view bytes) {
  if (!rest_.starts_with(bytes)) return false;
  rest_.remove_prefix(bytes.size());
  return true;
}

std::optional<std::string> CanonicalReader::string() {
  if (!take("\"")) return std::nullopt;
  std::string text;
  for (;;) {
    const std::size_t stop = find_byte<0x20, '"', '\\'>(rest_);
    if (stop == rest_.size()) return std::nullopt;
    text.append(rest_.substr(0, stop));
    rest_.remove_prefix(stop);
    if (take("\"")) break;
    // The form \u00xx is for characters that texts do not have.
    const auto c = rest_.size() > 1 && rest_.front() == '\\' ? unescaped(rest_[1]) : std::nullopt;
    if (!c) return std::nullopt;
    text += *c;
    rest_.remove_prefix(2);
  }
  // Most texts are clean, which is quicker to see than that they are well-formed.
  if (!is_clean_utf8(text, LineFeeds::allowed) && find_invalid_utf8(text)) return std::nullopt;
  return text;
}

std::optional<std::int64_t> CanonicalReader::number() {
  constexpr std::int64_t largest = 1'000'000'000'000'000;
  const std::string_view before = rest_;
  const auto number = integer();
  if (number && *number >= 0 && *number < largest) return number;
  rest_ = before;
  return std::nullopt;
}

std::optional<std::int64_t> CanonicalReader::integer() {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
  const auto size = static_cast<std::size_t>(end - rest_.data());
  const std::string_view text = rest_.substr(0, size);
  const bool begins_with_zero = text.starts_with('0') || text.starts_with("-0");
  if (error != std::errc() || (begins_with_zero && text != "0")) return std::nullopt;
  rest_.remove_prefix(size);
  return number;
}

}  // namespace covenant
