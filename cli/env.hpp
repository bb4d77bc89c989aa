#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/base/sink.hpp"
#include "core/model/instant.hpp"

namespace covenant {

/// What one of the two output streams is connected to.
struct Terminal {
  bool is_terminal = false;
  std::size_t width = 0;   ///< columns; 0 when it is not a terminal
  std::size_t height = 0;  ///< rows; likewise
};

/// The world as the program sees it, read once.
struct Env {
  TextSink& out;  ///< what a machine reads
  TextSink& err;  ///< all else; never fails
  Terminal out_terminal;
  Terminal err_terminal;
  std::function<std::optional<std::string>(const char*)>
      variable;  ///< of the environment; an empty one is unset
  Instant now;
  std::int64_t uid;                    ///< the real one
  std::function<std::string()> login;  ///< the name of the user account
};

/// The real one.
Env real_env(TextSink& out, TextSink& err);

}  // namespace covenant
