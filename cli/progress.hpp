#pragma once

#include <chrono>
#include <cstdint>

#include "cli/context.hpp"

namespace covenant {

/// Shows progress on a terminal once a run takes longer than a second, and wipes the line at the end.
class Progress {
 public:
  explicit Progress(Context& context) : context_(context) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress();

  void show(std::uint64_t rows);

 private:
  using Clock = std::chrono::steady_clock;

  Context& context_;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
  bool shown_ = false;
};

}  // namespace covenant
