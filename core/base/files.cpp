#include "core/base/files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/base/error.hpp"

namespace covenant {

InputFile::InputFile(const std::string& path)
    : path_(path), descriptor_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (descriptor_ < 0) fail();
}

InputFile::~InputFile() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

std::size_t InputFile::read(char* buffer, std::size_t size) {
  for (;;) {
    const ssize_t count = ::read(descriptor_, buffer, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail();
  }
}

void InputFile::fail() const {
  throw Error(ErrorKind::file, "cannot read " + path_ + ": " + std::generic_category().message(errno));
}

std::string read_file(const std::string& path, std::uint64_t most) {
  InputFile file(path);
  std::string bytes;
  for (;;) {
    constexpr std::size_t block = std::size_t{64} * 1024;
    const std::size_t size = bytes.size();
    bytes.resize(size + block);
    const std::size_t count = file.read(bytes.data() + size, block);
    bytes.resize(size + count);
    if (count == 0) return bytes;
    if (bytes.size() > most) {
      throw Error(ErrorKind::bad_input,
                  path + " is larger than " + std::to_string(most / (std::uint64_t{1024} * 1024)) + " MiB");
    }
  }
}

std::string read_beginning(const std::string& path, std::size_t most) {
  InputFile file(path);
  std::string bytes(most, '\0');
  std::size_t size = 0;
  while (size < most) {
    const std::size_t count = file.read(bytes.data() + size, most - size);
    if (count == 0) break;
    size += count;
  }
  bytes.resize(size);
  return bytes;
}

std::string file_name_of(std::string_view path) {
  return std::filesystem::path(path).filename().string();
}

}  // namespace covenant
