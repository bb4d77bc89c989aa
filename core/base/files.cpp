#include "core/base/files.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/folder.hpp"

namespace covenant {

namespace {

/// Opening a named pipe would wait for somebody who writes to it.
int flags_for(InputKind kind) {
  return O_RDONLY | O_CLOEXEC | (kind == InputKind::any ? 0 : O_NONBLOCK);
}

/// Whether a pipe has a name in a folder; the shell's have none.
bool is_named(int pipe) {
  struct statfs system {};
  return ::fstatfs(pipe, &system) == 0 && system.f_type != PIPEFS_MAGIC;
}

}  // namespace

InputFile::InputFile(const std::string& path, InputKind kind)
    : path_(path), descriptor_(path == "-" ? STDIN_FILENO : ::open(path.c_str(), flags_for(kind))) {
  if (descriptor_ < 0) fail();
  if (kind == InputKind::any || path == "-") return;
  try {
    demand(kind);
  } catch (const Error&) {
    close();
    throw;
  }
}

void InputFile::demand(InputKind kind) const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) fail();
  if (S_ISFIFO(status.st_mode) && is_named(descriptor_))
    throw Error(ErrorKind::file, path_ + ": is a pipe; name a file");
  if (kind == InputKind::regular && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
    throw Error(ErrorKind::file, path_ + ": is not a regular file; save it to one and name that");
  ::fcntl(descriptor_, F_SETFL, ::fcntl(descriptor_, F_GETFL) & ~O_NONBLOCK);
}

InputFile::~InputFile() {
  close();
}

void InputFile::close() const {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

std::size_t InputFile::read(char* buffer, std::size_t size) {
  for (;;) {
    const ssize_t count = ::read(descriptor_, buffer, size);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail();
  }
}

void InputFile::rewind() {
  if (::lseek(descriptor_, 0, SEEK_SET) != 0) fail();
}

void InputFile::fail() const {
  throw Error(ErrorKind::file, path_ + ": cannot read: " + std::generic_category().message(errno));
}

namespace {

/// "25 MiB", "64 KiB".
std::string size_text(std::uint64_t bytes) {
  constexpr std::uint64_t kibi = 1024;
  return bytes % (kibi * kibi) == 0 ? std::to_string(bytes / (kibi * kibi)) + " MiB"
                                    : std::to_string(bytes / kibi) + " KiB";
}

}  // namespace

void for_each_block(InputFile& file, const std::string& path, std::uint64_t most,
                    const std::function<void(std::string_view)>& visit, ErrorKind too_large) {
  constexpr std::size_t block_size = std::size_t{64} * 1024;
  std::string block(block_size, '\0');
  std::uint64_t size = 0;
  while (const std::size_t count = file.read(block.data(), block.size())) {
    size += count;
    if (size > most) throw Error(too_large, path + " is larger than " + size_text(most));
    visit(std::string_view(block).substr(0, count));
  }
}

std::string read_file(const std::string& path, std::uint64_t most, ErrorKind too_large) {
  InputFile file(path, InputKind::no_named_pipe);
  std::string bytes;
  for_each_block(
      file, path, most, [&](std::string_view block) { bytes.append(block); }, too_large);
  return bytes;
}

bool is_open_to_others(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

std::string read_beginning(const std::string& path, std::size_t most) {
  InputFile file(path, InputKind::no_named_pipe);
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

namespace {

constexpr const char* temporary = "file";

/// Files without a name get one through this folder of the system's.
bool can_name_files() {
  return ::access("/proc/self/fd", X_OK) == 0;
}

}  // namespace

AtomicFile::AtomicFile(std::string target, Audience audience)
    : place_(std::move(target), audience), audience_(audience), sink_(open(), place_.path()) {}

int AtomicFile::open() {
  if (const auto stream = place_.stream()) return *stream;
  constexpr mode_t mode = S_IRUSR | S_IWUSR;
  if (can_name_files())
    file_ = Descriptor(::openat(place_.folder(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode));
  if (file_) {
    Workplace::remove_leftovers(place_.folder(), place_.name());
  } else {
    workplace_.emplace(place_.folder(), place_.name());
    if (!workplace_->is_made()) place_.fail("write");
    file_ = Descriptor(
        ::openat(workplace_->folder(), temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  }
  if (!file_) place_.fail("write");
  return file_.get();
}

void AtomicFile::write(std::string_view text) {
  sink_.write(text);
}

void AtomicFile::flush() {
  sink_.flush();
}

bool AtomicFile::is_unchanged() const {
  const auto old = place_.old_file();
  if (!old || (audience_ == Audience::owner && (old->st_mode & 07177) != 0)) return false;
  constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  const Descriptor file(::openat(place_.folder(), place_.name().c_str(), flags));
  return file && same_bytes(file.get(), file_.get());
}

FileOutcome AtomicFile::commit() {
  flush();
  if (place_.stream()) return FileOutcome::written;
  if (is_unchanged()) return FileOutcome::unchanged;
  if (workplace_) {
    place_.replace(file_.get(), *workplace_, temporary);
  } else {
    place_.replace(file_.get());
  }
  if (!file_.close()) place_.fail("close");
  return FileOutcome::written;
}

}  // namespace covenant
