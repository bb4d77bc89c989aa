#pragma once

#include <string>
#include <string_view>

#include "core/model/signature.hpp"
#include "core/model/status.hpp"

namespace covenant {

// Escape sequences of ANSI terminals. Source: ECMA-48, SGR.
inline constexpr std::string_view style_of_heading = "\x1b[1m";  // bold
inline constexpr std::string_view faint = "\x1b[2m";
inline constexpr std::string_view red = "\x1b[31m";
inline constexpr std::string_view green = "\x1b[32m";
inline constexpr std::string_view yellow = "\x1b[33m";
inline constexpr std::string_view plain = "\x1b[0m";

/// How a status looks.
constexpr std::string_view style_of(Status status) {
  switch (status) {
    case Status::applied:
      return yellow;
    case Status::eligible:
      return "\x1b[36m";
    case Status::approved:
      return green;
    case Status::ineligible:
      return red;
    case Status::revoked:
    case Status::withdrawn:
      return faint;
  }
  return "";
}

/// How the verdict on a signature looks.
constexpr std::string_view style_of(SignatureVerdict verdict) {
  switch (verdict) {
    case SignatureVerdict::valid:
      return green;
    case SignatureVerdict::valid_untrusted:
    case SignatureVerdict::unchecked:
      return yellow;
    case SignatureVerdict::invalid:
      return red;
  }
  return "";
}

/// Appends a text in a style, which may be empty.
inline void append_styled(std::string& out, std::string_view text, std::string_view style) {
  out.append(style).append(text).append(style.empty() ? std::string_view() : plain);
}

}  // namespace covenant
