#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// The field of a partner that has a link.
enum class LinkField { website, practices };

template <>
struct Codes<LinkField> {
  static constexpr std::array<std::string_view, 2> codes = {"website", "practices"};
};

/// Whether a link led to a page. Source: covenant-links(1).
enum class LinkState { ok, moved, broken };

template <>
struct Codes<LinkState> {
  static constexpr std::array<std::string_view, 3> codes = {"ok", "moved", "broken"};
};

/// A link of a listed partner, and how it was found.
struct CheckedLink {
  PartnerId partner;
  LinkField field;
  std::string url;  ///< as the partner has it
  LinkState state = LinkState::ok;
  std::optional<std::int64_t> status{};   ///< of HTTP; nothing without an answer
  std::optional<std::string> reason{};    ///< why it is broken, or what is odd about it
  std::optional<std::string> location{};  ///< where redirects led to
};

}  // namespace covenant
