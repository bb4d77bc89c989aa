#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/context.hpp"

namespace covenant {

/// Shows on a terminal, on one line of standard error, how far a run is that takes longer than a second; the
/// line is wiped at the end.
class Progress {
 public:
  explicit Progress(Context& context) : context_(context) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  /// Called often; `line` makes the text when it is time to show one.
  template <class Line>
  void show(const Line& line) {
    if (is_time()) write(line());
  }

 private:
  using Clock = std::chrono::steady_clock;

  bool is_time();
  void write(const std::string& line);

  Context& context_;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
  bool is_shown_ = false;
};

/// How fast a run is that has been going on since `began`: ", 45%, 41000 rows/s, 3 s left". `share` is how
/// much of it is done; where it is not known, 0, the rate alone is said.
std::string pace(std::uint64_t done, std::string_view units, double share,
                 std::chrono::steady_clock::time_point began);

}  // namespace covenant
