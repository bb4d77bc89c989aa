#include "core/base/workplace.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/bytes.hpp"
#include "core/base/folder.hpp"

// How it works, and why. A workplace is called `.NAME.covenant-` and sixteen hexadecimal digits, has mode
// 0700, and is locked for as long as its run lives. So a run can find what another one that was killed has
// left: a folder with such a name, of its own user, closed to others, and locked by nobody. Nothing less is
// ever removed.
//
// It is a folder also where one file is written, since SQLite makes further files beside the one it writes,
// and since what others cannot reach by any path cannot be exchanged under the program's hands.

namespace covenant {

namespace {

constexpr std::string_view mark = ".covenant-";
constexpr std::size_t random_size = 8;

/// All of a workplace's name but its digits.
std::string prefix_of(std::string_view name) {
  constexpr std::size_t most_of_name = 200;  // a file's name has up to 255 bytes
  std::string prefix;
  if (!name.empty()) prefix.append(".").append(name.substr(0, most_of_name));
  return prefix.append(mark);
}

bool is_workplace_name(std::string_view name, std::string_view prefix) {
  return name.starts_with(prefix) && is_hex(name.substr(prefix.size()), 2 * random_size);
}

bool is_ours_alone(const struct stat& status) {
  constexpr mode_t others = 077;
  return status.st_uid == ::geteuid() && (status.st_mode & others) == 0;
}

/// Whether the name still is that of the open folder.
bool is_still(int where, const std::string& name, int folder) {
  struct stat named {};
  struct stat opened {};
  return ::fstatat(where, name.c_str(), &named, AT_SYMLINK_NOFOLLOW) == 0 && ::fstat(folder, &opened) == 0 &&
         is_same_file(named, opened);
}

}  // namespace

bool Workplace::is_name_within(std::string_view name) {
  return is_workplace_name(name, prefix_of(""));
}

void Workplace::remove_leftovers(int where, std::string_view name, const Salvage& salvage) {
  const std::string prefix = prefix_of(name);
  for (const std::string& entry : names_in(where)) {
    if (!is_workplace_name(entry, prefix)) continue;
    const Descriptor folder = open_folder_at(where, entry);
    struct stat status {};
    if (!folder || ::fstat(folder.get(), &status) != 0 || !is_ours_alone(status)) continue;
    if (::flock(folder.get(), LOCK_EX | LOCK_NB) != 0 || !is_still(where, entry, folder.get())) continue;
    if (!salvage || salvage(folder.get())) remove_tree(where, entry.c_str());
  }
}

Workplace::Workplace(int where, std::string_view name, const Salvage& salvage) : where_(where) {
  const std::string prefix = prefix_of(name);
  remove_leftovers(where, name, salvage);
  // Another run may take it for a leftover before it is locked.
  constexpr int most_tries = 100;
  for (int i = 0; i < most_tries && !folder_; ++i) {
    name_ = prefix + to_hex(random_bytes(random_size));
    if (!make() && errno != EEXIST && errno != ENOENT) return;
  }
}

bool Workplace::make() {
  const InterruptionsHeld held;
  if (::mkdirat(where_, name_.c_str(), S_IRWXU) != 0) return false;
  removed_.emplace(where_, name_);
  folder_ = open_folder_at(where_, name_);
  if (folder_) {
    static_cast<void>(::flock(folder_.get(), LOCK_EX | LOCK_NB));  // some file systems have no such locks
    if (is_still(where_, name_, folder_.get())) return true;
    errno = ENOENT;
  }
  const int error = errno;
  folder_ = Descriptor();
  removed_.reset();
  ::unlinkat(where_, name_.c_str(), AT_REMOVEDIR);
  errno = error;
  return false;
}

void Workplace::abandon() {
  removed_.reset();
  folder_ = Descriptor();
}

Workplace::~Workplace() {
  if (folder_) remove_tree(where_, name_.c_str());
}

}  // namespace covenant
