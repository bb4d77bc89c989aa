#include "core/base/output_place.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/folder.hpp"

namespace covenant {

namespace {

constexpr mode_t permissions = 0777;
constexpr mode_t owner_alone = 0600;

std::optional<int> descriptor_in(std::string_view path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    path.remove_prefix(folder.size());
    int number = 0;
    const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), number);
    if (error == std::errc() && end == path.data() + path.size() && number >= 0) return number;
  }
  return std::nullopt;
}

/// The program opens all of its own files to be closed on exec.
bool was_inherited(int descriptor) {
  const int flags = ::fcntl(descriptor, F_GETFD);
  return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

std::string folder_part(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// Whether somebody else put it in a folder in which everybody may put things, to be given what is written.
bool is_planted(const struct stat& status, int folder) {
  struct stat around {};
  constexpr mode_t shared = S_ISVTX | S_IWOTH;
  return ::fstat(folder, &around) == 0 && (around.st_mode & shared) == shared &&
         status.st_uid != ::geteuid() && status.st_uid != around.st_uid;
}

}  // namespace

OutputPlace::OutputPlace(std::string path, Audience audience)
    : path_(std::move(path)), audience_(audience), inherited_(descriptor_in(path_)) {
  if (inherited_) {
    if (was_inherited(*inherited_)) return;
    errno = EBADF;
    fail("write");
  }
  if (path_.empty()) throw Error(ErrorKind::file, "cannot write '': no name");
  folder_ = open_folder(folder_part(path_));
  if (!folder_) fail("write");
  name_ = std::filesystem::path(path_).filename().string();
  if (name_.empty() || name_ == "." || name_ == "..") refuse_folder();
  open_stream();
  if (!opened_stream_) static_cast<void>(old_file());
}

void OutputPlace::open_stream() {
  const auto is_stream = [](mode_t mode) { return S_ISFIFO(mode) || S_ISCHR(mode) || S_ISBLK(mode); };
  struct stat status {};
  if (::fstatat(folder(), name_.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 || !is_stream(status.st_mode)) {
    return;
  }
  if (audience_ == Audience::owner && is_planted(status, folder())) refuse("it belongs to another user");
  opened_stream_ =
      Descriptor(::openat(folder(), name_.c_str(), O_WRONLY | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC));
  if (!opened_stream_ || ::fstat(opened_stream_.get(), &status) != 0) fail("write");
  if (!is_stream(status.st_mode)) refuse("somebody else replaced it");
}

std::optional<int> OutputPlace::stream() const {
  if (opened_stream_) return opened_stream_.get();
  return inherited_;
}

std::optional<struct stat> OutputPlace::old_file() const {
  struct stat status {};
  if (::fstatat(folder(), name_.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT) fail("write");
    return std::nullopt;
  }
  if (S_ISLNK(status.st_mode)) {
    refuse("it is a link to " + link_target_at(folder(), name_) + "; name the file itself");
  }
  if (S_ISDIR(status.st_mode)) refuse_folder();
  if (!S_ISREG(status.st_mode)) refuse("it is not a regular file");
  if (audience_ == Audience::owner && is_planted(status, folder())) {
    refuse("it belongs to another user, in a folder that everybody may write to; choose another name");
  }
  return status;
}

void OutputPlace::give_rights(int file, const std::optional<struct stat>& old) const {
  mode_t mode = old ? old->st_mode & permissions : without_umask(0666);
  if (audience_ == Audience::owner) mode = owner_alone;
  if (::fchmod(file, mode) != 0) fail("set the mode of");
  if (old && !take_owner(file, *old)) fail("set the owner of");
}

void OutputPlace::sync_folder() const {
  if (::fsync(folder()) == 0 || errno == EBADF) return;  // a folder that may not be read cannot be synced
  fail("sync the folder of");
}

void OutputPlace::replace(int file, const Workplace& workplace, const char* from) const {
  give_rights(file, old_file());
  if (::fsync(file) != 0) fail("sync");
  if (::renameat(workplace.folder(), from, folder(), name_.c_str()) != 0) fail("replace");
  sync_folder();
}

void OutputPlace::replace(int file) const {
  constexpr const char* temporary = "file";
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const auto link_to = [&](int where, const char* name) {
    return ::linkat(AT_FDCWD, link.c_str(), where, name, AT_SYMLINK_FOLLOW) == 0;
  };
  const auto old = old_file();
  if (!old) {
    give_rights(file, old);
    if (::fsync(file) != 0) fail("sync");
    if (link_to(folder(), name_.c_str())) return sync_folder();
    if (errno != EEXIST) fail("write");
  }
  const Workplace workplace(folder(), name_);
  if (!workplace.is_made() || !link_to(workplace.folder(), temporary)) fail("write");
  replace(file, workplace, temporary);
}

void OutputPlace::refuse_folder() const {
  throw Error(ErrorKind::file, path_ + ": cannot write, it is a folder; name a file");
}

void OutputPlace::refuse(const std::string& why) const {
  throw Error(ErrorKind::file, path_ + ": cannot write: " + why);
}

void OutputPlace::fail(const char* doing) const {
  const std::string reason = std::generic_category().message(errno);
  throw Error(ErrorKind::file, path_ + ": cannot " + doing + ": " + reason);
}

}  // namespace covenant
