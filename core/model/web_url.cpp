#include "core/model/web_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/code_point.hpp"
#include "core/text/escape.hpp"
#include "core/text/host_name.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr TextRule url_rule{1, 2048, Lines::one};

/// The parts of "http://HOST:PORT/REST"; `port` and `rest` keep their first character.
struct Parts {
  std::string_view scheme;
  std::string_view host;
  std::string_view port;
  std::string_view rest;
};

Parts split(std::string_view url) {
  Parts parts;
  const std::size_t host = url.find("://") + 3;
  parts.scheme = url.substr(0, host);
  const std::string_view rest = url.substr(host);
  const auto ends = [](char c) { return c == '/' || c == '?' || c == '#'; };
  const auto end = static_cast<std::size_t>(std::find_if(rest.begin(), rest.end(), ends) - rest.begin());
  const std::string_view authority = rest.substr(0, end);
  parts.rest = rest.substr(end);
  // The colons of an IPv6 address are within brackets.
  const std::size_t bracket = authority.starts_with('[') ? authority.find(']') : 0;
  const std::size_t colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  parts.host = authority.substr(0, colon);
  parts.port = colon == std::string_view::npos ? std::string_view() : authority.substr(colon);
  return parts;
}

/// What is not ASCII is percent-encoded, as RFC 3987 section 3.1 maps an IRI to a URI.
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x80) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

bool is_international(std::string_view host) {
  if (!is_ascii(host)) return true;
  return host.find("--") != std::string_view::npos && lower_case(host).find("xn--") != std::string::npos;
}

/// A part of an IPv4 address: decimal, octal after "0", or hexadecimal after "0x".
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0X")) {
    text.remove_prefix(2);
    base = 16;
  } else if (text.size() > 1 && text.starts_with('0')) {
    text.remove_prefix(1);
    base = 8;
  }
  std::uint64_t number = 0;
  if (text.empty()) return base == 16 ? std::optional(number) : std::nullopt;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (rest != text.data() + text.size() || error == std::errc::invalid_argument) return std::nullopt;
  return error == std::errc() ? number : UINT64_MAX;
}

/// Whether the last label is a number, which no name ends with.
bool ends_in_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  if (last.empty()) return false;
  return std::all_of(last.begin(), last.end(), is_digit) ||
         (is_digit(last.front()) && ipv4_number(last).has_value());
}

/// Whether a host is an IPv4 address: one to four numbers, the last of which fills the bytes that are left.
bool is_ipv4(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  constexpr std::size_t most = 4;
  for (std::size_t parts = 1; parts <= most; ++parts) {
    const std::size_t dot = host.find('.');
    const auto number = ipv4_number(host.substr(0, dot));
    if (!number) return false;
    if (dot == std::string_view::npos) return *number < std::uint64_t{1} << 8 * (most + 1 - parts);
    if (*number > 255) return false;
    host.remove_prefix(dot + 1);
  }
  return false;
}

/// What is wrong with a host name of ASCII by the rules of today; nothing when it is an IP address or a name
/// with a dot.
std::optional<std::string> find_host_fault(std::string_view host) {
  if (host.starts_with('[')) return std::nullopt;
  if (ends_in_number(host)) {
    return is_ipv4(host) ? std::nullopt
                         : std::optional<std::string>("its host ends in a number but is no IPv4 address");
  }
  const std::string_view name = host.ends_with('.') ? host.substr(0, host.size() - 1) : host;
  if (name.find('.') != std::string_view::npos) return std::nullopt;
  const std::string lower = lower_case(name);
  if (lower == "http" || lower == "https") return fmt::format("'{}' is written twice", lower);
  return fmt::format("its host {} is not a whole name", in_quotes(name));
}

/// Digits, or nothing: RFC 3986 section 3.2.3 lets a port be empty.
bool is_port(std::string_view text) {
  constexpr unsigned highest = 65535;
  unsigned number = 1;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return text.empty() ||
         (error == std::errc() && rest == text.data() + text.size() && number >= 1 && number <= highest);
}

/// The bytes of a path, a query and a fragment. Source: RFC 3986 sections 3.3 to 3.5.
constexpr std::array<bool, 256> is_rest_byte = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                       "-._~!$&'()*+,;=:@/?#")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool is_common_rest(std::string_view rest) {
  return std::all_of(rest.begin(), rest.end(),
                     [](char c) { return is_rest_byte[static_cast<unsigned char>(c)]; }) &&
         rest.find('#') == rest.rfind('#');
}

/// Fast path: accepts common URLs without the full grammar.
bool is_common(const Parts& parts) {
  return is_ascii_host(parts.host) && is_port(parts.port.substr(parts.port.empty() ? 0 : 1)) &&
         is_common_rest(parts.rest);
}

/// What is wrong with a URI of ASCII alone; nothing when it is valid.
std::optional<std::string_view> find_fault(std::string_view uri) {
  namespace urls = boost::urls;
  const auto parsed = urls::parse_uri({uri.data(), uri.size()});
  if (!parsed) return "it is not a URL as RFC 3986 has it";
  const urls::url_view& url = *parsed;
  if (url.has_userinfo()) return "it has user information";
  const auto port = url.port();
  if (!is_port({port.data(), port.size()})) return "its port is not a number from 1 to 65535";
  const auto text = url.encoded_host();
  const std::string_view host(text.data(), text.size());
  if (host.empty()) return "it has no host";
  // Boost.URL 1.81 lets an address or a port end anywhere and takes what follows for a path.
  const auto path = url.encoded_path();
  if (!path.empty() && path.front() != '/') return "its host or its port is malformed";
  if (url.host_type() == urls::host_type::ipv4 || url.host_type() == urls::host_type::ipv6)
    return std::nullopt;
  if (!is_ascii_host(host)) return "its host is not a host name";
  return std::nullopt;
}

Problem refuse(std::string_view text, std::string_view why) {
  return Problem::of(ProblemCode::url, text,
                     fmt::format("{} is not a URL; {}", revealed_in_quotes(text), why));
}

/// A text without a scheme; what was most likely meant is suggested.
Problem refuse_without_scheme(std::string_view text) {
  const std::string whole = fmt::format("https://{}", trimmed(text));
  const bool may_be_host =
      text.find('.') != std::string_view::npos && text.find(':') == std::string_view::npos;
  if (may_be_host && WebUrl::parse(whole)) {
    return refuse(text, fmt::format("did you mean {}?", revealed_in_quotes(whole)));
  }
  return refuse(text, "it does not begin with http:// or https://");
}

}  // namespace

Result<WebUrl> WebUrl::parse(std::string_view text, Strictness strictness) {
  auto normal = parse_text(text, url_rule, strictness);
  if (!normal)
    return normal.problem().code == ProblemCode::too_short ? refuse(text, "it is empty") : normal.problem();
  const bool is_present = strictness == Strictness::present;
  if (is_present && has_ignorable(*normal))
    return Problem::of(
        ProblemCode::url, text,
        fmt::format("{} contains an invisible character; remove it", revealed_in_quotes(text)));
  const std::string scheme = lower_case(std::string_view(*normal).substr(0, 8));
  if (!scheme.starts_with("http://") && scheme != "https://") return refuse_without_scheme(text);
  const Parts parts = split(*normal);
  if (!is_international(parts.host)) {
    if (is_present) {
      if (const auto fault = find_host_fault(parts.host)) return refuse(text, *fault);
    }
    if (is_common(parts)) return WebUrl(*std::move(normal));
    const auto fault = find_fault(is_ascii(*normal) ? *normal : percent_encoded(*normal));
    if (fault) return refuse(text, *fault);
    return WebUrl(*std::move(normal));
  }
  const auto host = parse_international_host(parts.host);
  if (!host) return refuse(text, "its host is not an international host name");
  if (is_present) {
    if (const auto fault = find_host_fault(host->ascii)) return refuse(text, *fault);
  }
  const auto fault =
      find_fault(percent_encoded(fmt::format("{}{}{}{}", parts.scheme, host->ascii, parts.port, parts.rest)));
  if (fault) return refuse(text, *fault);
  return WebUrl(fmt::format("{}{}{}{}", parts.scheme, host->readable, parts.port, parts.rest));
}

std::string WebUrl::host_key() const {
  const Parts parts = split(text_);
  std::string host =
      is_ascii(parts.host) ? lower_case(parts.host) : parse_international_host(parts.host)->ascii;
  if (host.ends_with('.')) host.pop_back();
  constexpr std::string_view common_prefix = "www.";
  return host.starts_with(common_prefix) ? host.substr(common_prefix.size()) : host;
}

}  // namespace covenant
