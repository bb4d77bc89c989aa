#pragma once

#include <cstdint>
#include <string_view>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The number of an event or a partner. @throws Error{damaged} when it is none: no integer, below 1, or more
/// than JSON can say exactly
std::int64_t stored_number(const Query& row, int at);
PartnerId stored_id(const Query& row, int at);

/// A partner's column, other than an id, as it is stored; empty where it is absent. The view is valid until
/// the next row.
/// @throws Error{damaged} when it is absent and may not be, of another type, or not `could_be_stored`
std::string_view stored_text(const Query& row, int at, Column column);

/// The same for who parses it and says what is wrong with it.
/// @throws Error{damaged} when it is absent and may not be, or of another type
std::string_view text_of_type(const Query& row, int at, Column column);

/// A partner's name, now or before. @throws Error{damaged} likewise
Name stored_name(const Query& row, int at);

}  // namespace covenant
