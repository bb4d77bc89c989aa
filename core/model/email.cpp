#include "core/model/email.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/code_point.hpp"
#include "core/text/escape.hpp"
#include "core/text/host_name.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::size_t longest_address = 254;
constexpr std::size_t longest_label = 63;

bool is_letter_or_digit(char c) {
  return is_letter(c) || is_digit(c);
}

bool is_local_character(char c) {
  return is_letter_or_digit(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos;
}

bool is_label(std::string_view label) {
  const auto inner = [](char c) { return is_letter_or_digit(c) || c == '-'; };
  return !label.empty() && label.size() <= longest_label && is_letter_or_digit(label.front()) &&
         is_letter_or_digit(label.back()) && std::all_of(label.begin(), label.end(), inner);
}

bool is_domain(std::string_view domain) {
  for (;;) {
    const std::size_t dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const std::string_view local = text.substr(0, at);
  return std::all_of(local.begin(), local.end(), is_local_character) && is_domain(text.substr(at + 1));
}

/// What to do about a text that is no address.
std::string way_out(std::string_view text) {
  if (is_domain(text) && text.find('.') != std::string_view::npos)
    return fmt::format("write 'name@{}'", text);
  const std::size_t at = text.find('@');
  if (at != std::string_view::npos && !is_ascii(text) && !find_invalid_utf8(text)) {
    const std::string_view local = text.substr(0, at);
    const std::string_view domain = text.substr(at + 1);
    if (!is_ascii(local)) return "before the '@' it may have letters of ASCII alone";
    const auto host = has_visible_character(domain) ? parse_international_host(domain) : std::nullopt;
    if (host && is_address(fmt::format("{}@{}", local, host->ascii)) && host->readable == lower_case(domain))
      return fmt::format("its domain is not ASCII; write '{}@{}'", local, host->ascii);
  }
  return "write one like 'name@example.org'";
}

}  // namespace

Result<Email> Email::parse(std::string_view text) {
  const std::string_view inner = trimmed(text);
  if (inner.size() > longest_address) {
    return Problem::of(ProblemCode::too_long, text,
                       fmt::format("{} is too long; {} characters, at most {}", revealed_in_quotes(inner),
                                   inner.size(), longest_address));
  }
  if (is_address(inner)) return Email(std::string(inner));
  if (!find_invalid_utf8(inner) && has_ignorable(inner)) {
    return Problem::of(
        ProblemCode::email, text,
        fmt::format("{} contains an invisible character; remove it", revealed_in_quotes(inner)));
  }
  return Problem::of(
      ProblemCode::email, text,
      fmt::format("{} is not an e-mail address; {}", revealed_in_quotes(inner), way_out(inner)));
}

}  // namespace covenant
