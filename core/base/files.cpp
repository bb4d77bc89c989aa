#include "core/base/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

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

namespace {

/// "25 MiB", "64 KiB".
std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kibi = 1024;
  return bytes % (kibi * kibi) == 0 ? std::to_string(bytes / (kibi * kibi)) + " MiB"
                                    : std::to_string(bytes / kibi) + " KiB";
}

}  // namespace

std::string read_file(const std::string& path, std::uint64_t most, ErrorKind too_large) {
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
      throw Error(too_large, path + " is larger than " + size_text(most));
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

bool same_bytes(const std::string& left, const std::string& right) {
  std::error_code error;
  const auto size = std::filesystem::file_size(left, error);
  if (error || size != std::filesystem::file_size(right, error) || error) return false;
  std::ifstream a(left, std::ios::binary);
  std::ifstream b(right, std::ios::binary);
  std::array<char, 65536> block_a{};
  std::array<char, 65536> block_b{};
  while (a && b) {
    a.read(block_a.data(), block_a.size());
    b.read(block_b.data(), block_b.size());
    const auto count = static_cast<std::size_t>(a.gcount());
    if (a.gcount() != b.gcount()) return false;
    if (std::string_view(block_a.data(), count) != std::string_view(block_b.data(), count)) return false;
  }
  return a.eof() && b.eof();
}

namespace {

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

mode_t mode_for(const std::string& target) {
  struct stat status {};
  if (::stat(target.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

/// A link stays a link: the file it names is replaced, not the link.
std::string resolved(std::string target) {
  std::error_code error;
  if (!std::filesystem::is_symlink(target, error)) return target;
  auto real = std::filesystem::weakly_canonical(target, error);
  return error ? target : real.string();
}

}  // namespace

AtomicFile::AtomicFile(std::string target) : target_(resolved(std::move(target))) {
  std::error_code error;
  if (std::filesystem::exists(target_, error) && !std::filesystem::is_regular_file(target_, error)) {
    throw Error(ErrorKind::file, "cannot write " + target_ + ": it is not a regular file");
  }
  temporary_ = target_ + ".XXXXXX";
  descriptor_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail("write");
  if (::fchmod(descriptor_, mode_for(target_)) != 0) fail("set the mode of");
  sink_.emplace(descriptor_, target_);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::write(std::string_view text) {
  sink_->write(text);
}

void AtomicFile::flush() {
  sink_->flush();
}

FileOutcome AtomicFile::commit() {
  flush();
  if (same_bytes(temporary_, target_)) return FileOutcome::unchanged;
  sync_and_rename();
  return FileOutcome::written;
}

void AtomicFile::sync_and_rename() {
  if (::fsync(descriptor_) != 0) fail("sync");
  const int closed = ::close(descriptor_);
  descriptor_ = -1;
  if (closed != 0) fail("close");
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) fail("replace");
  temporary_.clear();
  const int folder = ::open(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;  // a folder that may not be read cannot be synced; the file itself is
  const int synced = ::fsync(folder);
  ::close(folder);
  if (synced != 0) fail("sync the folder of");
}

void AtomicFile::fail(const char* doing) const {
  const std::string reason = std::generic_category().message(errno);
  throw Error(ErrorKind::file, std::string("cannot ") + doing + " " + target_ + ": " + reason);
}

}  // namespace covenant
