#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/model/column.hpp"
#include "core/model/partner.hpp"

namespace covenant {

/// A partner's columns as texts, in the order of `Column`; those of the id and the contact are not looked at.
using ColumnTexts = std::array<std::optional<std::string_view>, column_count>;

/// The partner that those texts say, read by the parsers that once let them in.
/// @throws Error{damaged} when one of them does not hold
Partner stored_partner(PartnerId id, const ColumnTexts& texts, std::optional<Contact> contact);

}  // namespace covenant
