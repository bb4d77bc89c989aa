#pragma once

#include <string_view>

namespace covenant {

/// Where text goes: a file, standard output, a string in a test. Implementations throw `Error{file}` when the
/// text cannot be written, at the latest in `flush`.
class TextSink {
 public:
  TextSink() = default;
  TextSink(const TextSink&) = delete;
  TextSink& operator=(const TextSink&) = delete;
  virtual ~TextSink() = default;

  virtual void write(std::string_view text) = 0;
  virtual void flush() = 0;
};

}  // namespace covenant
