#include "core/model/message_id.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <system_error>

#include "core/base/bytes.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// Takes what is before `end` off a text, and `end` itself; nothing when it is not there.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + 1);
  return taken;
}

/// A number from 1, without leading zeros.
std::optional<std::int64_t> number_of(std::string_view digits) {
  std::int64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [read, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc() || read != end || number < 1 || digits.front() == '0') return std::nullopt;
  return number;
}

bool is_hexadecimal(std::string_view text) {
  constexpr std::size_t digits = 32;
  return text.size() == digits &&
         std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

Result<MessageId> MessageId::parse(std::string_view text) {
  std::string_view rest = text;
  const bool is_bracketed = rest.starts_with('<') && rest.ends_with('>');
  if (is_bracketed) rest = rest.substr(1, rest.size() - 2);
  const auto id = take_until(rest, '.');
  const auto application = take_until(rest, '.');
  const auto digits = take_until(rest, '@');
  const auto partner = id ? PartnerId::parse(*id) : std::nullopt;
  const auto number = application ? number_of(*application) : std::nullopt;
  const bool is_domain = Email::parse("office@" + std::string(rest)).ok();
  if (!is_bracketed || !partner || partner->str() != *id || !number || !digits || !is_hexadecimal(*digits) ||
      !is_domain) {
    return Problem::of(ProblemCode::partner, text,
                       fmt::format("{} is not the Message-ID of a letter", in_quotes(text)));
  }
  return MessageId(*partner, *number, std::string(text));
}

MessageId::MessageId(PartnerId partner, std::int64_t application, std::string_view bits, const Email& office)
    : partner_(partner),
      application_(application),
      text_(fmt::format("<{}.{}.{}@{}>", partner.str(), application, to_hex(bits), office.domain())) {}

}  // namespace covenant
