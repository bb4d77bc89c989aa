#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/context.hpp"
#include "core/base/files.hpp"
#include "core/letters/paper.hpp"

namespace covenant {

/// Writes a paper as a PDF to the file, else to standard output, and notes which characters the fonts lack.
void print_paper(Context& context, const Paper& paper, const std::optional<std::string>& output,
                 Audience audience);

/// Writes a file whole, or not at all when it has these bytes, and says so; without a file, or with "-",
/// writes to standard output.
void write_output(Context& context, std::string_view bytes, const std::optional<std::string>& output,
                  Audience audience);

}  // namespace covenant
