#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

std::string pace(std::uint64_t done, std::string_view units, double share,
                 std::chrono::steady_clock::time_point began) {
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - began;
  std::string text;
  if (share > 0) text = fmt::format(", {:.0f}%", std::min(share, 1.0) * 100);
  text += fmt::format(", {:.0f} {}/s", static_cast<double>(done) / taken.count(), units);
  if (share > 0 && share < 1)
    text += fmt::format(", {:.0f} s left", std::ceil(taken.count() * (1 - share) / share));
  return text;
}

}  // namespace covenant
