#include "core/base/folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <memory>
#include <string_view>
#include <utility>

namespace covenant {

namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

Descriptor open_folder(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder && errno == EACCES) {
    return Descriptor(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  }
  return folder;
}

Descriptor open_folder_at(int where, const std::string& name) {
  return Descriptor(::openat(where, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

namespace {

EntryKind kind_of(int folder, const dirent& entry) {
  if (entry.d_type == DT_REG) return EntryKind::file;
  if (entry.d_type == DT_DIR) return EntryKind::folder;
  struct stat status {};
  // Not every file system says in the folder what an entry is.
  if (entry.d_type != DT_UNKNOWN ||
      ::fstatat(folder, static_cast<const char*>(entry.d_name), &status, AT_SYMLINK_NOFOLLOW) != 0)
    return EntryKind::other;
  return S_ISREG(status.st_mode)   ? EntryKind::file
         : S_ISDIR(status.st_mode) ? EntryKind::folder
                                   : EntryKind::other;
}

}  // namespace

std::vector<FolderEntry> entries_in(int folder) {
  std::vector<FolderEntry> entries;
  Descriptor again = open_folder_at(folder, ".");  // a reading position of its own
  const std::unique_ptr<DIR, CloseFolder> list(again ? ::fdopendir(again.get()) : nullptr);
  if (!list) return entries;
  again.release();
  while (const dirent* entry = ::readdir(list.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") entries.push_back({std::string(name), kind_of(folder, *entry)});
  }
  return entries;
}

std::vector<std::string> names_in(int folder) {
  std::vector<std::string> names;
  for (FolderEntry& entry : entries_in(folder)) names.push_back(std::move(entry.name));
  return names;
}

std::string link_target_at(int where, const std::string& name) {
  std::string target(PATH_MAX, '\0');
  const ssize_t size = ::readlinkat(where, name.c_str(), target.data(), target.size());
  target.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return target;
}

bool is_same_file(const struct stat& left, const struct stat& right) {
  return left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

bool take_owner(int file, const struct stat& of) {
  struct stat now {};
  if (::fstat(file, &now) != 0) return false;
  if (now.st_uid == of.st_uid && now.st_gid == of.st_gid) return true;
  if (::fchown(file, of.st_uid, of.st_gid) == 0) return true;
  if (errno != EPERM && errno != EINVAL) return false;
  return ::fchown(file, static_cast<uid_t>(-1), of.st_gid) == 0 || errno == EPERM || errno == EINVAL;
}

mode_t without_umask(mode_t mode) {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return mode & ~mask;
}

bool same_bytes(int left, int right) {
  struct stat a {};
  struct stat b {};
  if (::fstat(left, &a) != 0 || ::fstat(right, &b) != 0 || a.st_size != b.st_size) return false;
  constexpr std::size_t block = std::size_t{64} * 1024;
  std::array<char, block> block_a{};
  std::array<char, block> block_b{};
  for (off_t at = 0; at < a.st_size;) {
    const ssize_t size = ::pread(left, block_a.data(), block_a.size(), at);
    if (size <= 0 || ::pread(right, block_b.data(), block_b.size(), at) != size) return false;
    const auto count = static_cast<std::size_t>(size);
    if (std::string_view(block_a.data(), count) != std::string_view(block_b.data(), count)) return false;
    at += size;
  }
  return true;
}

}  // namespace covenant
