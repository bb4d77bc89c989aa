#pragma once

#include <string>

namespace covenant {

/// Whether two files can be read and hold the same bytes.
bool same_bytes(const std::string& left, const std::string& right);

}  // namespace covenant
