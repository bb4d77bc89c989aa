#pragma once

#include <string>
#include <vector>

namespace covenant {

/// The arguments, where each "-" is the lines of standard input that are not blank, without white space
/// around them. @throws Error{file}
std::vector<std::string> with_input_lines(const std::vector<std::string>& arguments);

}  // namespace covenant
