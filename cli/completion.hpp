#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/base/code.hpp"

namespace covenant {

/// The shells that a script completes for.
enum class Shell { bash, zsh, fish };

template <>
struct Codes<Shell> {
  static constexpr std::array<std::string_view, 3> codes = {"bash", "zsh", "fish"};
};

/// A script that completes commands, options, files and the words that an option takes.
std::string completion_script(Shell shell);

}  // namespace covenant
