#include "cli/progress.hpp"

#include <fmt/format.h>

#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

Progress::~Progress() {
  if (!is_shown_) return;
  context_.env().err.write("\r\x1b[K");
  context_.env().err.flush();
}

bool Progress::is_time() {
  const Terminal& terminal = context_.env().err_terminal;
  if (!terminal.is_terminal || context_.is_quiet() || context_.env().variable("TERM") == "dumb") return false;
  if (Clock::now() < next_) return false;
  next_ = Clock::now() + std::chrono::milliseconds(200);
  return true;
}

void Progress::write(const std::string& line) {
  is_shown_ = true;
  const std::size_t room = context_.env().err_terminal.width - 1;
  context_.env().err.write(fmt::format("\r\x1b[K{}", clipped(line_for_terminal(line), room)));
  context_.env().err.flush();
}

}  // namespace covenant
