#include "cli/progress.hpp"

#include <fmt/format.h>

#include "core/base/error.hpp"

namespace covenant {

Progress::~Progress() {
  if (!shown_) return;
  try {
    context_.env().err.write("\r\x1b[K");
    context_.env().err.flush();
  } catch (const Error&) {
    // A line that could not be wiped is no reason to fail.
  }
}

void Progress::show(std::uint64_t rows) {
  if (!context_.env().err_terminal.is_terminal || context_.is_quiet() || Clock::now() < next_) return;
  next_ = Clock::now() + std::chrono::milliseconds(200);
  shown_ = true;
  context_.env().err.write(fmt::format("\r{} rows …", rows));
  context_.env().err.flush();
}

}  // namespace covenant
