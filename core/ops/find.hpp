#pragma once

#include <functional>
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
/// five partners that may be meant. @throws Error{damaged} when its rows are not what its events say
std::variant<Partner, Problem> find_by_ref_or_name(Read& read, std::string_view ref);

/// The partner that a person's command, which cannot go on without, names. @throws Error{not_found}, and as
/// `find_by_ref_or_name`
Partner require_by_ref(Read& read, std::string_view ref);

/// The same where the register is read as of an earlier day (`look_back`): the rows of that day are made from
/// the events, and not compared with them. @throws Error{not_found}
Partner require_in_the_past(Read& read, std::string_view ref);

/// Visits what a person may mean to write: the id of each partner that begins so, in letters of either case,
/// else the references, acronyms and names that do; each with the partner's name. In the order of the ids.
void for_each_ref(Read& read, std::string_view begin,
                  const std::function<void(std::string_view ref, std::string_view name)>& visit);

}  // namespace covenant
