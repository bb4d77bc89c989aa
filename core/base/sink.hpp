#pragma once

#include <string>
#include <string_view>

#include "core/base/text_sink.hpp"

namespace covenant {

/// A buffered sink over a file descriptor that somebody else owns. Nothing is flushed on destruction: text
/// that was not flushed was not promised.
class FileSink final : public TextSink {
 public:
  /// `name` is what an error message calls the file ("standard output").
  FileSink(int descriptor, std::string name);

  void write(std::string_view text) override;
  void flush() override;

 private:
  void drain(std::string_view text);

  int descriptor_;
  std::string name_;
  std::string buffer_;
};

/// A sink that keeps what it is given.
class StringSink final : public TextSink {
 public:
  void write(std::string_view text) override { text_.append(text); }
  void flush() override {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace covenant
