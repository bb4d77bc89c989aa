#include "core/model/field_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// The characters of the bytes 0x80 to 0x9F in Windows-1252; those that it leaves out are the controls.
/// Source: Unicode mapping table for Windows-1252 (best fit).
constexpr std::array<char16_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

/// The byte of which Windows-1252 makes the character; nothing for ASCII and for what it does not have.
std::optional<char> byte_of(char32_t c) {
  if (c >= 0xA0 && c <= 0xFF) return static_cast<char>(c);
  if (c < 0x80) return std::nullopt;
  const auto* const found = std::find(windows_1252.begin(), windows_1252.end(), c);
  if (found == windows_1252.end()) return std::nullopt;
  return static_cast<char>(0x80 + (found - windows_1252.begin()));
}

/// Whether a byte begins the UTF-8 of letters and signs that European texts have. Others are too often
/// capitals before a closing quote.
bool is_common_lead(char byte) {
  return std::string_view("\xC2\xC3\xC4\xC5\xCE\xCF\xD0\xD1\xE2\xF0").find(byte) != std::string_view::npos;
}

/// The character at the start of the text that reads as the UTF-8 of one read as Windows-1252, as its bytes,
/// and how much of the text it takes; nothing when there is none.
std::optional<std::pair<std::string, std::size_t>> misread(std::string_view text) {
  std::string bytes;
  std::string_view rest = text;
  const auto lead = byte_of(take_code_point(rest));
  if (!lead || !is_common_lead(*lead)) return std::nullopt;
  bytes += *lead;
  const std::size_t size = *lead == '\xF0' ? 4 : *lead == '\xE2' ? 3 : 2;
  while (bytes.size() < size && !rest.empty()) {
    const auto byte = byte_of(take_code_point(rest));
    if (!byte || !is_continuation(*byte)) return std::nullopt;
    bytes += *byte;
  }
  if (bytes.size() != size || find_invalid_utf8(bytes)) return std::nullopt;
  return std::pair(std::move(bytes), text.size() - rest.size());
}

/// The text as it was before it was misread; nothing when it shows no sign of that.
std::optional<std::string> repaired(std::string_view text) {
  // Each of the leading characters begins with this byte in UTF-8.
  if (text.find('\xC3') == std::string_view::npos) return std::nullopt;
  std::string whole;
  bool is_damaged = false;
  while (!text.empty()) {
    if (text.front() == '\xC3') {
      if (auto found = misread(text)) {
        whole += found->first;
        text.remove_prefix(found->second);
        is_damaged = true;
        continue;
      }
    }
    whole += text.front();
    text.remove_prefix(1);
  }
  return is_damaged ? std::optional(std::move(whole)) : std::nullopt;
}

/// An HTML entity of the text: "&amp;", "&#39;", "&#x27;". Nothing when there is none.
std::optional<std::string_view> find_entity(std::string_view text) {
  constexpr std::size_t longest = 33;
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const std::size_t end = text.substr(0, at + longest).find(';', at);
    if (end == std::string_view::npos || end < at + 3) continue;
    std::string_view name = text.substr(at + 1, end - at - 1);
    if (name.front() == '#') name.remove_prefix(1);
    const auto is_part = [](char c) { return is_letter(c) || is_digit(c); };
    if (!name.empty() && std::all_of(name.begin(), name.end(), is_part)) return text.substr(at, end - at + 1);
  }
  return std::nullopt;
}

/// What is worth a look in a text of words.
void look_at_text(Notes& notes, std::string_view column, std::string_view text) {
  if (const auto whole = repaired(text)) {
    notes.push_back(Note::of(NoteCode::mojibake, text,
                             fmt::format("{} looks like UTF-8 read as Windows-1252; did you mean {}?",
                                         in_quotes(text), in_quotes(*whole)),
                             column));
  }
  if (const auto entity = find_entity(text)) {
    notes.push_back(Note::of(
        NoteCode::entity, text,
        fmt::format("{} has the HTML entity '{}'; write its character", in_quotes(text), *entity), column));
  }
  if (is_placeholder(text)) {
    notes.push_back(Note::of(NoteCode::placeholder, text,
                             fmt::format("{} looks like a placeholder; clear it", in_quotes(text)), column));
  }
}

template <class T>
constexpr bool is_of_words = false;
template <const TextRule& rule>
constexpr bool is_of_words<Text<rule>> = true;
template <>
constexpr bool is_of_words<Practices> = true;

/// The last two labels of a host, or three where the last two are like "co.uk": who has the name, most often.
std::string_view owner_of(std::string_view host) {
  std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return host;
  std::size_t before = host.rfind('.', dot - 1);
  if (before == std::string_view::npos) return host;
  const bool is_short = dot - before <= 4 && host.size() - dot == 3;
  if (is_short && before > 0) before = host.rfind('.', before - 1);
  return before == std::string_view::npos ? host : host.substr(before + 1);
}

/// Whether the website is visibly of the domain: its host ends with it.
bool is_plainly_of(std::string_view url, std::string_view domain) {
  const std::string_view rest = url.substr(url.find("://") + 3);
  const auto ends = [](char c) { return c == '/' || c == ':' || c == '?' || c == '#'; };
  const auto end = static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), ends) - rest.begin());
  const std::string_view host = rest.substr(0, end);
  if (!host.ends_with(domain)) return false;
  return host.size() == domain.size() || host[host.size() - domain.size() - 1] == '.';
}

void look_at_domain(Notes& notes, const Application& application, const Application* before) {
  if (!application.website || !application.contact) return;
  const Email& email = application.contact->email;
  const bool is_as_before = before != nullptr && before->website == application.website && before->contact &&
                            before->contact->email == email;
  if (is_as_before || is_plainly_of(application.website->str(), email.domain())) return;
  const std::string host = application.website->host_key();
  const std::string domain = lower_case(email.domain());
  if (owner_of(host) == owner_of(domain)) return;
  notes.push_back(
      Note::of(NoteCode::domain, email.str(),
               fmt::format("{} is not of the website's domain {}", in_quotes(email.str()), in_quotes(host)),
               "contact_email"));
}

}  // namespace

bool is_placeholder(std::string_view text) {
  constexpr std::array<std::string_view, 14> placeholders = {
      "null", "\\n", "n/a", "n.a.", "nan", "none", "nil", "-", "--", "---", "–", "—", "?", "tbd"};
  constexpr std::size_t longest = 4;
  if (text.size() > longest) return false;
  return std::find(placeholders.begin(), placeholders.end(), lower_case(text)) != placeholders.end();
}

Notes find_notes(const Application& application, const Application* before) {
  Notes notes;
  const auto look = [&]<class Member>(const Listed<Member>& listed) {
    using Value = typename MemberTraits<Member>::Value;
    if constexpr (is_of_words<Value>) {
      const Value* value = value_at(application, listed.member);
      if (value == nullptr) return;
      const Value* old = before == nullptr ? nullptr : value_at(*before, listed.member);
      if (old != nullptr && *old == *value) return;
      std::string made;
      const std::string_view text = FieldType<Value>::view(*value, made);
      if (!text.empty()) look_at_text(notes, listed.name, text);
    }
  };
  std::apply([&](const auto&... listed) { (look(listed), ...); }, field_list);
  if (before == nullptr || before->language != application.language) {
    if (const auto likelier = application.language.find_likelier()) {
      notes.push_back(Note::of(NoteCode::language, application.language.str(),
                               fmt::format("'{}' is a country's code; did you mean the language '{}'?",
                                           application.language.str(), *likelier),
                               "language"));
    }
  }
  look_at_domain(notes, application, before);
  return notes;
}

}  // namespace covenant
