#pragma once

#include <string_view>
#include <variant>

#include "core/base/result.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The partner that REF names, by its id or its reference; or the problem `partner`.
std::variant<Partner, Problem> find_by_ref(Read& read, std::string_view ref);

/// The same for a person's command, which cannot go on without: also by its acronym, else its name, compared
/// as for duplicates, when exactly one partner has it. Digits alone and the form of an id are never a name.
/// @throws Error{not_found}, with up to five partners that may be meant
Partner require_by_ref(Read& read, std::string_view ref);

}  // namespace covenant
