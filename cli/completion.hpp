#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cli/env.hpp"
#include "core/base/code.hpp"

namespace covenant {

/// The shells that a script completes for.
enum class Shell { bash, zsh, fish };

template <>
struct Codes<Shell> {
  static constexpr std::array<std::string_view, 3> codes = {"bash", "zsh", "fish"};
};

/// A script with which the shell asks the program, by `completion_request`, what a word can become.
std::string completion_script(Shell shell);

/// The first word of a command line on which a shell asks for completion; the words of the line up to the
/// cursor follow, the last of which is the one to complete.
inline constexpr std::string_view completion_request = "__complete";

/// What the last of the words can become, a line each: the word, and what it means after a tab. A single line
/// ":files" asks the shell for the names of files. Nothing is an error: where the registry cannot be read, no
/// partner is proposed.
std::string completions(const std::vector<std::string>& words, Env& env);

}  // namespace covenant
