#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "cli/flags.hpp"
#include "core/base/code.hpp"

namespace covenant {

/// What help explains beside the commands. Source: covenant-help(1).
enum class HelpTopic { fields, csv, lifecycle, criteria, templates, exit_codes };

template <>
struct Codes<HelpTopic> {
  static constexpr std::array<std::string_view, 6> codes = {"fields",   "csv",       "lifecycle",
                                                            "criteria", "templates", "exit-codes"};
};

/// What the program prints when it is given nothing to do.
std::string brief_help();

/// Every command and topic, and the options that all commands have, in lines of at most `width` columns.
std::string main_help(std::size_t width);

/// How a command is used.
std::string command_help(const DeclaredCommand& command, std::size_t width);

std::string topic_help(HelpTopic topic, std::size_t width);

/// An example of a command, from its page of the manual; empty when it has none. The build writes it.
std::string_view example_of(std::string_view command);

/// The end of a message about an unknown command: "; did you mean 'list'?", or where to look.
std::string suggest_command(std::string_view word);

/// The same about what is neither a command nor a topic.
std::string suggest_topic(std::string_view word);

/// The same about an unknown option of a command, which is empty before there is one; `names` are those it
/// has.
std::string suggest_option(std::string_view word, const std::vector<std::string>& names,
                           const std::string& command);

}  // namespace covenant
