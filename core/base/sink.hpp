#pragma once

#include <string>
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

/// A sink for what people read: what cannot be written is lost, since the work itself does not depend on it.
class LossySink final : public TextSink {
 public:
  /// `sink` has to live as long.
  explicit LossySink(TextSink& sink) : sink_(sink) {}

  void write(std::string_view text) override;
  void flush() override;

 private:
  TextSink& sink_;
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
