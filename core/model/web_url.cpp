#include "core/model/web_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <optional>

#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
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
  const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
  const std::string_view authority = url.substr(host, end - host);
  parts.rest = url.substr(end);
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

bool ends_in_number(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return !last.empty() && std::all_of(last.begin(), last.end(), is_digit);
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
  return is_ascii_host(parts.host) && !ends_in_number(parts.host) &&
         is_port(parts.port.substr(parts.port.empty() ? 0 : 1)) && is_common_rest(parts.rest);
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
  if (!is_ascii_host(host) || ends_in_number(host)) return "its host is not a host name";
  return std::nullopt;
}

Problem refuse(std::string_view text, std::string_view why) {
  return Problem::of(ProblemCode::url, text, fmt::format("'{}' is not a URL; {}", for_terminal(text), why));
}

/// A text without a scheme; what was most likely meant is suggested.
Problem refuse_without_scheme(std::string_view text) {
  const std::string whole = fmt::format("https://{}", trimmed(text));
  const bool may_be_host =
      text.find('.') != std::string_view::npos && text.find(':') == std::string_view::npos;
  if (may_be_host && WebUrl::parse(whole)) {
    return refuse(text, fmt::format("did you mean '{}'?", for_terminal(whole)));
  }
  return refuse(text, "it does not begin with http:// or https://");
}

}  // namespace

Result<WebUrl> WebUrl::parse(std::string_view text) {
  auto normal = parse_text(text, url_rule);
  if (!normal)
    return normal.problem().code == ProblemCode::too_short ? refuse(text, "it is empty") : normal.problem();
  const std::string scheme = lower_case(std::string_view(*normal).substr(0, 8));
  if (!scheme.starts_with("http://") && scheme != "https://") return refuse_without_scheme(text);
  const Parts parts = split(*normal);
  if (!is_international(parts.host)) {
    if (is_common(parts)) return WebUrl(*std::move(normal));
    const auto fault = find_fault(is_ascii(*normal) ? *normal : percent_encoded(*normal));
    if (fault) return refuse(text, *fault);
    return WebUrl(*std::move(normal));
  }
  const auto host = parse_international_host(parts.host);
  if (!host) return refuse(text, "its host is not an international host name");
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
