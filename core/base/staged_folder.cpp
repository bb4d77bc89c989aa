#include "core/base/staged_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/base/sink.hpp"

namespace covenant {

namespace fs = std::filesystem;

namespace {

using IsOurs = std::function<bool(std::string_view path)>;

/// The target without links on the way and a slash at the end, so that it can be renamed.
fs::path resolved(const std::string& target) {
  std::error_code error;
  fs::path path = fs::weakly_canonical(target, error);
  if (error) path = fs::absolute(target);
  return path.has_filename() ? path : path.parent_path();
}

mode_t mode_or(const fs::path& path, mode_t otherwise) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0) return status.st_mode & 07777;
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return otherwise & ~mask;
}

/// Gives a new folder the rights of an old one, and its owner where that is allowed.
bool take_rights(const fs::path& folder, const fs::path& old) {
  struct stat status {};
  if (::stat(old.c_str(), &status) == 0 && ::chown(folder.c_str(), status.st_uid, status.st_gid) != 0 &&
      errno != EPERM) {
    return false;
  }
  return ::chmod(folder.c_str(), mode_or(old, 0777)) == 0;
}

constexpr std::string_view staging_mark = ".covenant-";

/// Removes what runs that were killed left in a folder: nobody holds its lock any more.
void remove_leftovers(const fs::path& place, const std::string& prefix) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(place, error)) {
    if (!entry.path().filename().string().starts_with(prefix)) continue;
    const int folder = ::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0) continue;
    if (::flock(folder, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry.path(), error);
    ::close(folder);
  }
}

/// The same file under another name; a copy, with its times, where a link is not allowed.
void link_or_copy(const fs::path& from, const fs::path& to) {
  if (::linkat(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), 0) == 0) return;
  fs::copy(from, to, fs::copy_options::copy_symlinks);
  if (!fs::is_symlink(to)) fs::last_write_time(to, fs::last_write_time(from));
}

/// Calls `each` with every entry below the folder, folders before what is in them, and its path from there;
/// not with folders that runs are at work in.
template <class Each>
void walk(const fs::path& folder, Each each) {
  for (auto entry = fs::recursive_directory_iterator(folder); entry != fs::recursive_directory_iterator();
       ++entry) {
    const fs::path path = entry->path().lexically_relative(folder);
    if (path.string().starts_with(staging_mark)) {
      entry.disable_recursion_pending();
    } else {
      each(*entry, path);
    }
  }
}

bool is_mount_point(const fs::path& folder) {
  struct stat here {};
  struct stat above {};
  return ::stat(folder.c_str(), &here) == 0 && ::stat(folder.parent_path().c_str(), &above) == 0 &&
         here.st_dev != above.st_dev;
}

bool is_folder(const fs::directory_entry& entry) {
  return !entry.is_symlink() && entry.is_directory();
}

}  // namespace

StagedFolder::StagedFolder(const std::string& target) : target_(resolved(target).string()) {
  const fs::path path = target_;
  std::error_code error;
  if (fs::exists(path, error) && !fs::is_directory(path, error)) {
    throw Error(ErrorKind::file, "cannot write " + target_ + ": it is not a folder");
  }
  choose_place();
  if (::mkdtemp(staging_.data()) == nullptr) {
    staging_.clear();
    fail("write");
  }
  lock_ = ::open(staging_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock_ < 0 || ::flock(lock_, LOCK_EX) != 0 || !take_rights(staging_, path)) fail("write");
}

void StagedFolder::choose_place() {
  const fs::path path = target_;
  std::error_code error;
  const bool stands = fs::is_directory(path, error);
  if (stands && (is_mount_point(path) || ::access(path.parent_path().c_str(), W_OK) != 0)) {
    place_ = Place::within;
  }
  const fs::path place = place_ == Place::within ? path : path.parent_path();
  std::string prefix;
  if (place_ == Place::beside) prefix.append(".").append(path.filename().string());
  prefix += staging_mark;
  remove_leftovers(place, prefix);
  staging_ = place / (prefix + "XXXXXX");
}

StagedFolder::~StagedFolder() {
  std::error_code error;
  if (!staging_.empty()) fs::remove_all(staging_, error);
  if (lock_ >= 0) ::close(lock_);
}

void StagedFolder::make_folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  if (folder.empty() || ::access((fs::path(staging_) / folder).c_str(), F_OK) == 0) return;
  make_folder_of(folder.string());
  if (::mkdir((fs::path(staging_) / folder).c_str(), 0700) != 0) fail("write");
  if (!take_rights(fs::path(staging_) / folder, fs::path(target_) / folder)) fail("write");
}

void StagedFolder::write(const std::string& path, const std::function<void(TextSink&)>& fill) {
  make_folder_of(path);
  const std::string staged = fs::path(staging_) / path;
  const std::string standing = fs::path(target_) / path;
  const int file = ::open(staged.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) fail("write");
  try {
    FileSink sink(file, fs::path(target_) / path);
    fill(sink);
    sink.flush();
  } catch (...) {
    ::close(file);
    throw;
  }
  const bool right = ::fchmod(file, mode_or(standing, 0666)) == 0;
  if (::close(file) != 0 || !right) fail("write");
  ++tally_.files;
  struct stat status {};
  if (::lstat(standing.c_str(), &status) == 0 && S_ISREG(status.st_mode) && same_bytes(staged, standing)) {
    fs::remove(staged);
    link_or_copy(standing, staged);
  } else {
    ++tally_.changed;
  }
}

void StagedFolder::carry_over(const IsOurs& is_ours) {
  walk(target_, [&](const fs::directory_entry& entry, const fs::path& path) {
    const fs::path staged = fs::path(staging_) / path;
    if (fs::exists(fs::symlink_status(staged))) return;
    if (is_folder(entry)) {
      fs::create_directory(staged);
      if (!take_rights(staged, entry.path())) fail("write");
    } else if (is_ours(path.string())) {
      ++tally_.removed;
    } else {
      link_or_copy(entry.path(), staged);
    }
  });
}

/// The second best: a moment in which some files are new and some are old.
void StagedFolder::replace_files(const IsOurs& is_ours) {
  std::vector<fs::path> gone;
  walk(target_, [&](const fs::directory_entry& entry, const fs::path& path) {
    if (is_folder(entry) || !is_ours(path.string())) return;
    if (!fs::exists(fs::symlink_status(fs::path(staging_) / path))) gone.push_back(entry.path());
  });
  tally_.removed = static_cast<std::int64_t>(gone.size());
  if (tally_.changed == 0 && gone.empty()) return;
  sync();
  walk(staging_, [&](const fs::directory_entry& entry, const fs::path& path) {
    const fs::path standing = fs::path(target_) / path;
    if (!is_folder(entry)) {
      fs::rename(entry.path(), standing);  // of two names of one file nothing is renamed
    } else if (fs::create_directory(standing) && !take_rights(standing, entry.path())) {
      fail("write");
    }
  });
  for (const fs::path& path : gone) fs::remove(path);
  sync();
}

StagedFolder::Tally StagedFolder::commit(const IsOurs& is_ours) {
  try {
    if (place_ == Place::within) {
      replace_files(is_ours);
      return tally_;
    }
    const bool was_there = fs::exists(target_);
    if (was_there) carry_over(is_ours);
    if (was_there && tally_.changed == 0 && tally_.removed == 0) return tally_;
    sync();
    exchange();
    if (fs::exists(staging_)) remove_old(is_ours);
    staging_.clear();
  } catch (const fs::filesystem_error& error) {
    throw Error(ErrorKind::file, "cannot write " + target_ + ": " + error.code().message());
  }
  return tally_;
}

void StagedFolder::sync() const {
  if (::syncfs(lock_) != 0) fail("sync");
}

void StagedFolder::exchange() {
  if (::renameat2(AT_FDCWD, staging_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) != 0) {
    if (errno != ENOENT || ::rename(staging_.c_str(), target_.c_str()) != 0) fail("replace");
  }
  const int parent = ::open(fs::path(target_).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return;  // a folder that may not be read cannot be synced; what is in it is
  const int synced = ::fsync(parent);
  ::close(parent);
  if (synced != 0) fail("sync the folder of");
}

/// What others put into the old folder while the new one was made goes to the new one.
void StagedFolder::remove_old(const IsOurs& is_ours) const {
  walk(staging_, [&](const fs::directory_entry& entry, const fs::path& path) {
    const fs::path standing = fs::path(target_) / path;
    if (fs::exists(fs::symlink_status(standing))) return;
    if (is_folder(entry)) {
      fs::create_directory(standing);
    } else if (!is_ours(path.string())) {
      fs::rename(entry.path(), standing);
    }
  });
  fs::remove_all(staging_);
}

void StagedFolder::fail(const char* doing) const {
  const std::string reason = std::generic_category().message(errno);
  throw Error(ErrorKind::file, std::string("cannot ") + doing + " " + target_ + ": " + reason);
}

}  // namespace covenant
