#pragma once

#include <chrono>
#include <string>

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

}  // namespace covenant
