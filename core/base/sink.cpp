#include "core/base/sink.hpp"

#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/base/error.hpp"

namespace covenant {

namespace {
constexpr std::size_t buffer_size = std::size_t{256} * 1024;
}

FileSink::FileSink(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

void FileSink::write(std::string_view text) {
  if (buffer_.size() + text.size() > buffer_size) {
    flush();
    if (text.size() > buffer_size) {
      drain(text);
      return;
    }
  }
  buffer_.append(text);
}

void FileSink::flush() {
  try {
    drain(buffer_);
  } catch (const Error&) {
    buffer_.clear();  // reported once, and not tried again
    throw;
  }
  buffer_.clear();
}

void FileSink::drain(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor_, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      const std::string reason = std::generic_category().message(errno);
      throw Error(ErrorKind::file, name_ + ": cannot write: " + reason);
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

void LossySink::write(std::string_view text) {
  try {
    sink_.write(text);
  } catch (const Error&) {
    // There is nowhere left to report it.
  }
}

void LossySink::flush() {
  try {
    sink_.flush();
  } catch (const Error&) {
    // There is nowhere left to report it.
  }
}

}  // namespace covenant
