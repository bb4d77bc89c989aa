#pragma once

#include <string_view>

namespace covenant {

/// What the linker made of the program's content: another as soon as anything in the program is. Empty for a
/// program that was linked without one. Source: ld(1), --build-id.
std::string_view build_id();

}  // namespace covenant
