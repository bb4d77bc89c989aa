#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Where a REF was written: names and acronyms are read as such in arguments alone.
enum class RefOrigin { argument, input };

struct GivenRef {
  std::string text;
  RefOrigin origin;
};

/// The arguments, where each "-" is the lines of standard input that are not blank, without white space
/// around them. @throws Error{file}
std::vector<GivenRef> with_input_lines(const std::vector<std::string>& arguments);

/// The partner that it names, or the problem `partner`.
std::variant<Partner, Problem> find_given(Read& read, const GivenRef& ref);

}  // namespace covenant
