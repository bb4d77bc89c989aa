#pragma once

#include <string_view>

#include "core/base/note.hpp"

namespace covenant {

/// The note that a text was read as what it clearly means.
Note converted(std::string_view given, std::string_view meant, std::string_view column);

}  // namespace covenant
