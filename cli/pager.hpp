#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

#include "cli/env.hpp"
#include "core/base/sink.hpp"

namespace covenant {

/// Standard output that shows through a pager what is longer than the terminal, and passes on everything
/// else. Source: covenant(1), OUTPUT.
class PagedSink final : public TextSink {
 public:
  /// Everything that `env` has must live as long.
  explicit PagedSink(const Env& env);
  PagedSink(const PagedSink&) = delete;
  PagedSink& operator=(const PagedSink&) = delete;
  ~PagedSink() override;

  /// From now on everything is passed on.
  void do_without_pager() { is_wanted_ = false; }
  void write(std::string_view text) override;
  /// Ends the page: waits until the reader has left the pager.
  void flush() override;

 private:
  void start(const std::string& command);
  void feed(std::string_view text);
  std::size_t rows_of(std::string_view text);

  const Env& env_;
  std::optional<std::string> command_;  ///< nothing: there is no pager
  bool is_wanted_;
  std::string held_;        ///< as long as it fits the terminal
  std::size_t rows_ = 0;    ///< of the terminal that it takes
  std::size_t column_ = 0;  ///< in its last row
  pid_t process_ = -1;
  int pipe_ = -1;  ///< -1 while the pager runs: its reader has left
};

}  // namespace covenant
