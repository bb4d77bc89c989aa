#pragma once

#include <string_view>
#include <variant>

#include "core/base/result.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The partner that REF names, by its id or its reference; or the problem `partner`.
std::variant<Partner, Problem> find_by_ref(Read& read, std::string_view ref);

/// The same for what a person writes: also by its acronym, else its name, compared as for duplicates, when
/// exactly one partner has it. Digits alone and the form of an id are never a name. The problem has up to
/// five partners that may be meant.
std::variant<Partner, Problem> find_by_ref_or_name(Read& read, std::string_view ref);

/// The partner that a person's command, which cannot go on without, names. @throws Error{not_found}
Partner require_by_ref(Read& read, std::string_view ref);

}  // namespace covenant
