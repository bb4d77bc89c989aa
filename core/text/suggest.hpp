#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace covenant {

/// The candidate nearest to `word` by edit distance (insert, delete, change or swap neighbours; case, '-' and
/// '_' aside), if it is near: at most a third of the longer word's characters away.
std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

}  // namespace covenant
