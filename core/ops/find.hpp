#pragma once

#include <string_view>
#include <variant>

#include "core/base/result.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The partner that REF names, by its id or its reference; or the problem `partner`.
std::variant<Partner, Problem> find_by_ref(Read& read, std::string_view ref);

/// The same for whoever cannot go on without. @throws Error{not_found}
Partner require_by_ref(Read& read, std::string_view ref);

}  // namespace covenant
