#include "core/base/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/same_bytes.hpp"

namespace covenant {

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
