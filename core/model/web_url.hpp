#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// An absolute http or https URL without user information, at most 2,048 characters. An international host
/// name is kept in its readable form (U-labels); the rest of the text is kept as it was given. Source: RFC
/// 3986 section 4.3, RFC 3987 (non-ASCII characters), Unicode Technical Standard 46 (host names).
class WebUrl {
 public:
  /// The host is an IP address or a name with a dot; one whose last label is a number is an IPv4 address as
  /// the WHATWG reads it. Fails with `url`, `too-long`, `encoding` or `control-character`.
  /// Source: URL Living Standard, sections 3.5 and 3.6 (host parsing, "ends in a number").
  static Result<WebUrl> parse(std::string_view text, Strictness strictness = Strictness::present);

  const std::string& str() const { return text_; }

  /// The host by which duplicates are found: ASCII, lower case, without "www." and a trailing dot.
  std::string host_key() const;

  friend bool operator==(const WebUrl&, const WebUrl&) = default;

 private:
  explicit WebUrl(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace covenant
