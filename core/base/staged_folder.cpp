#include "core/base/staged_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/folder.hpp"
#include "core/base/interruption.hpp"

// How it works, and why. The workplace has the folder `new`, which nobody else can reach while it is filled:
// so its owner may be anybody's without that somebody being able to change what the program works on. After
// the two were exchanged, `new` has become the old folder and is called `old`. It is not removed as it is:
// somebody may have saved a file in it after it was carried over. File by file, what the new folder has goes,
// and what only the old one has moves over. A run that was killed in between leaves `old`, and the next one
// does the rest.
//
// The lock that makes runs take turns is on the target itself, or, where it is not there yet, on the folder
// around it. The new folder is locked before it becomes the target.

namespace covenant {

namespace fs = std::filesystem;

namespace {

constexpr const char* new_folder = "new";
constexpr const char* old_folder = "old";
constexpr const char* link_name = "link";
constexpr mode_t file_permissions = 0777;
constexpr mode_t folder_permissions = 03777;  // the group's inheritance and the sticky bit do no harm there

std::string joined(const std::string& prefix, const std::string& name) {
  return prefix.empty() ? name : prefix + "/" + name;
}

/// The status of an entry, a link's its own; nothing when it is not there.
std::optional<struct stat> status_at(int folder, const std::string& name) {
  struct stat status {};
  if (folder < 0 || ::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
  return status;
}

bool is_as_it_was(const struct stat& now, const struct stat& before) {
  return is_same_file(now, before) && now.st_size == before.st_size &&
         now.st_mtim.tv_sec == before.st_mtim.tv_sec && now.st_mtim.tv_nsec == before.st_mtim.tv_nsec;
}

/// The names of the regular files in a folder, sorted.
std::vector<std::string> files_in(int folder) {
  std::vector<std::string> names;
  for (FolderEntry& entry : entries_in(folder)) {
    if (entry.kind == EntryKind::file) names.push_back(std::move(entry.name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// The names of our files, by the paths of the folders that they are in.
using NamesByFolder = std::map<std::string, std::vector<std::string>>;

/// Sorts them as well.
Digest digest_of(NamesByFolder& names) {
  std::string text;
  for (auto& [folder, files] : names) {
    if (files.empty()) continue;
    std::sort(files.begin(), files.end());
    text.append(folder).append("/").push_back('\0');
    for (const std::string& name : files) text.append(name).push_back('\0');
  }
  return sha256({text});
}

/// Adds what a folder has of ours. What is ours by its name and no regular file gets a name that no file has,
/// as has a folder with nothing in it: no run leaves one.
void add_names(int folder, const std::string& prefix, const StagedFolder::IsOurs& is_ours,
               NamesByFolder& names) {
  std::vector<std::string> files;
  std::string path = prefix.empty() ? "" : prefix + "/";
  const std::size_t before = path.size();
  std::vector<FolderEntry> entries = entries_in(folder);
  if (!prefix.empty() && entries.empty()) files.emplace_back("/");
  for (FolderEntry& entry : entries) {
    path.resize(before);
    path.append(entry.name);
    if (entry.kind == EntryKind::folder) {
      if (!is_ours(path + "/")) continue;
      const Descriptor below = open_folder_at(folder, entry.name);
      add_names(below.get(), path, is_ours, names);
    } else if (is_ours(path)) {
      files.push_back(entry.kind == EntryKind::file ? std::move(entry.name) : entry.name + "/");
    }
  }
  names.emplace(prefix, std::move(files));
}

/// Moves to the new folder what others saved in the old one after it was carried over, and empties the old
/// one.
class HandOver {
 public:
  /// Our files of the new folder, by the paths of the folders that they are in.
  using Names = std::function<const std::vector<std::string>*(const std::string& folder)>;

  HandOver(const StagedFolder::IsOurs& is_ours, const CarriedFiles& carried, Names names = nullptr)
      : is_ours_(is_ours), carried_(carried), names_(std::move(names)) {}

  /// Returns whether nothing of others is left in the old folder.
  bool run(int old, int now) {
    constexpr int most_passes = 10;  // somebody may still be saving
    for (int pass = 0; pass < most_passes; ++pass) {
      seen_.clear();
      if (!folder(old, now, "")) return false;
      if (pass == 0) remove_what_others_removed(now);
      if (names_in(old).empty()) return true;
    }
    return false;
  }

 private:
  bool folder(int old, int now, const std::string& prefix) {
    remove_replaced(old, prefix);
    const std::vector<FolderEntry> entries = entries_in(old);
    return std::all_of(entries.begin(), entries.end(), [&](const FolderEntry& entry) {
      return hand_over(old, now, entry, joined(prefix, entry.name));
    });
  }

  /// Nearly all there is, and known to be ours without a look at each.
  void remove_replaced(int old, const std::string& prefix) const {
    const std::vector<std::string>* const names = names_ ? names_(prefix) : nullptr;
    if (names == nullptr) return;
    for (const std::string& name : *names) static_cast<void>(remove(old, name));
  }

  bool hand_over(int old, int now, const FolderEntry& entry, const std::string& path) {
    const std::string& name = entry.name;
    if (entry.kind == EntryKind::file && is_ours_(path)) return remove(old, name);
    const auto status = status_at(old, name);
    if (!status) return true;
    if (path == name && Workplace::is_name_within(name)) {
      remove_tree(old, name.c_str());
      return true;
    }
    return S_ISDIR(status->st_mode) ? subfolder(old, now, name, path) : file(old, now, name, path, *status);
  }

  bool subfolder(int old, int now, const std::string& name, const std::string& path) {
    if (!status_at(now, name)) return is_gone(old, name, path) || move(old, now, name);
    const Descriptor below_old = open_folder_at(old, name);
    const Descriptor below_now = open_folder_at(now, name);
    if (!below_old || !below_now || !folder(below_old.get(), below_now.get(), path)) return false;
    // Not empty when somebody has just saved a file in it; the next pass will find it.
    return ::unlinkat(old, name.c_str(), AT_REMOVEDIR) == 0 || errno == ENOTEMPTY || errno == EEXIST;
  }

  /// Removes a folder of ours that the new one no longer has; false when it has something of others.
  bool is_gone(int old, const std::string& name, const std::string& path) const {
    if (!is_ours_(path + "/")) return false;
    const Descriptor below = open_folder_at(old, name);
    for (const FolderEntry& entry : entries_in(below.get())) {
      if (entry.kind != EntryKind::folder && is_ours_(joined(path, entry.name)))
        static_cast<void>(remove(below.get(), entry.name));
    }
    return ::unlinkat(old, name.c_str(), AT_REMOVEDIR) == 0;
  }

  bool file(int old, int now, const std::string& name, const std::string& path, const struct stat& status) {
    seen_.insert(path);
    if (is_late(now, name, path, status)) return move(old, now, name);
    return remove(old, name);
  }

  static bool remove(int folder, const std::string& name) {
    return ::unlinkat(folder, name.c_str(), 0) == 0 || errno == ENOENT;
  }

  /// Whether a file in the old folder is to take the place of the one in the new folder.
  bool is_late(int now, const std::string& name, const std::string& path, const struct stat& status) const {
    if (is_ours_(path)) return false;
    const auto standing = status_at(now, name);
    const auto carried = carried_.find(path);
    if (carried == carried_.end()) return !standing;
    if (is_as_it_was(status, carried->second.old)) return false;
    return !standing ||
           (is_same_file(*standing, carried->second.carried) && !is_same_file(*standing, status));
  }

  static bool move(int old, int now, const std::string& name) {
    return ::renameat(old, name.c_str(), now, name.c_str()) == 0 || errno == ENOENT;
  }

  void remove_what_others_removed(int now) const {
    for (const auto& [path, file] : carried_) {
      if (seen_.contains(path)) continue;
      with_folder_of(now, path, [&, &carried = file.carried](int folder, const std::string& name) {
        const auto standing = status_at(folder, name);
        if (standing && is_same_file(*standing, carried)) ::unlinkat(folder, name.c_str(), 0);
      });
    }
  }

 public:
  /// Calls `work` with the folder of a path and the name in it, if that can be reached without a link.
  template <class Work>
  static void with_folder_of(int root, const std::string& path, Work work) {
    const std::size_t slash = path.find('/');
    if (slash == std::string::npos) return work(root, path);
    const Descriptor below = open_folder_at(root, path.substr(0, slash));
    if (below) with_folder_of(below.get(), path.substr(slash + 1), work);
  }

 private:
  const StagedFolder::IsOurs& is_ours_;
  const CarriedFiles& carried_;
  Names names_;
  std::set<std::string> seen_;
};

}  // namespace

StagedFolder::StagedFolder(std::string target, IsOurs is_ours, std::chrono::milliseconds wait,
                           Renewal renewal, Audience audience)
    : target_(std::move(target)), is_ours_(std::move(is_ours)), audience_(audience) {
  find_target();
  take_turn(wait);
  set_renewal(renewal);
  make_workplace();
}

StagedFolder::~StagedFolder() = default;

void StagedFolder::find_target() {
  if (target_.empty()) throw Error(ErrorKind::file, "cannot write '': no name");
  std::string path = target_;
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  fs::path parts(path);
  if (parts.filename() == "." || parts.filename() == "..") {
    std::error_code error;
    parts = fs::canonical(path, error);
    if (error) refuse("", error.message());
  }
  name_ = parts.filename().string();
  if (name_.empty()) refuse("", "it cannot be replaced");
  const std::string around = parts.parent_path().string();
  around_ = open_folder(around.empty() ? "." : around);
  if (!around_) fail("write");
}

void StagedFolder::open_target() {
  standing_ = open_folder_at(around_.get(), name_);
  if (standing_ || errno == ENOENT) return;
  const int error = errno;
  if (const auto status = status_at(around_.get(), name_)) {
    if (S_ISLNK(status->st_mode)) {
      refuse("", "it is a link to " + link_target_at(around_.get(), name_) + "; name the folder itself");
    }
    if (!S_ISDIR(status->st_mode)) refuse("", "it is not a folder");
  }
  errno = error;
  fail("write");
}

/// Whether what was locked still is the target; the run before may have replaced it.
bool StagedFolder::is_target_locked() const {
  const auto named = status_at(around_.get(), name_);
  if (!standing_) return !named;
  struct stat locked {};
  return named && ::fstat(standing_.get(), &locked) == 0 && is_same_file(*named, locked);
}

void StagedFolder::take_turn(std::chrono::milliseconds wait) {
  const auto deadline = std::chrono::steady_clock::now() + wait;
  constexpr std::chrono::milliseconds moment(10);
  for (;;) {
    open_target();
    const int locked = standing_ ? standing_.get() : around_.get();
    // Some file systems have no such locks: then there are no turns to take.
    if (::flock(locked, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) {
      if (is_target_locked()) return;
      ::flock(locked, LOCK_UN);
    } else if (std::chrono::steady_clock::now() >= deadline) {
      throw Error(ErrorKind::busy, "another export to " + target_ + " is running");
    } else {
      std::this_thread::sleep_for(moment);
    }
  }
}

void StagedFolder::set_renewal(Renewal renewal) {
  is_exchanged_ = !standing_ || (renewal == Renewal::exchanged && may_be_exchanged());
}

bool StagedFolder::may_be_exchanged() const {
  struct stat around {};
  struct stat standing {};
  const bool is_mount_point = ::fstat(around_.get(), &around) == 0 &&
                              ::fstat(standing_.get(), &standing) == 0 && around.st_dev != standing.st_dev;
  return !is_mount_point && ::faccessat(around_.get(), ".", W_OK | X_OK, AT_EACCESS) == 0;
}

void StagedFolder::make_workplace() {
  const auto salvage = [&](int folder) {
    const Descriptor old = open_folder_at(folder, old_folder);
    return !old || !standing_ || HandOver(is_ours_, {}).run(old.get(), standing_.get());
  };
  const int where = is_exchanged_ ? around_.get() : standing_.get();
  workplace_ = std::make_unique<Workplace>(where, is_exchanged_ ? name_ : "", salvage);
  if (!workplace_->is_made() || ::mkdirat(workplace_->folder(), new_folder, S_IRWXU) != 0) fail("write");
  Pair root{open_folder_at(workplace_->folder(), new_folder),
            standing_ ? open_folder_at(standing_.get(), ".") : Descriptor()};
  if (!root.made || (standing_ && !root.old)) fail("write");
  static_cast<void>(::flock(root.made.get(), LOCK_EX | LOCK_NB));
  folders_.emplace("", std::move(root));
}

StagedFolder::Pair& StagedFolder::folder_at(const std::string& path) {
  const auto known = folders_.find(path);
  if (known != folders_.end()) return known->second;
  const fs::path parts(path);
  Pair& above = folder_at(parts.parent_path().string());
  return folders_.emplace(path, make_folder(above, parts.filename().string(), path)).first->second;
}

StagedFolder::Pair StagedFolder::make_folder(const Pair& above, const std::string& name,
                                             const std::string& path) const {
  if (const auto status = status_at(above.old.get(), name); status && !S_ISDIR(status->st_mode)) {
    if (S_ISLNK(status->st_mode)) refuse(path, "it is a link to " + link_target_at(above.old.get(), name));
    refuse(path, "it is not a folder");
  }
  if (::mkdirat(above.made.get(), name.c_str(), S_IRWXU) != 0) fail("write");
  Pair folder{open_folder_at(above.made.get(), name),
              above.old ? open_folder_at(above.old.get(), name) : Descriptor()};
  if (!folder.made) fail("write");
  return folder;
}

void StagedFolder::give_rights(const Pair& folder) const {
  struct stat old {};
  const bool is_new = !folder.old || ::fstat(folder.old.get(), &old) != 0;
  const mode_t mode = audience_ == Audience::owner ? S_IRWXU
                      : is_new                     ? without_umask(0777)
                                                   : old.st_mode & folder_permissions;
  if (!is_new && !take_owner(folder.made.get(), old)) fail("set the owner of");
  if (::fchmod(folder.made.get(), mode) != 0) fail("set the mode of");
}

void StagedFolder::give_rights(int file, const struct stat* old) const {
  const mode_t mode = audience_ == Audience::owner ? S_IRUSR | S_IWUSR
                      : old == nullptr             ? without_umask(0666)
                                                   : old->st_mode & file_permissions;
  if (::fchmod(file, mode) != 0) fail("set the mode of");
  if (old != nullptr && !take_owner(file, *old)) fail("set the owner of");
}

std::optional<std::string> StagedFolder::standing_text(const std::string& name, std::size_t most) const {
  if (!standing_) return std::nullopt;
  constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  const Descriptor file(::openat(standing_.get(), name.c_str(), flags));
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  if (static_cast<std::uint64_t>(status.st_size) > most) return std::nullopt;
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  for (std::size_t at = 0; at < text.size();) {
    const ssize_t size = ::read(file.get(), text.data() + at, text.size() - at);
    if (size <= 0) return std::nullopt;
    at += static_cast<std::size_t>(size);
  }
  return text;
}

Digest StagedFolder::standing_names() const {
  NamesByFolder names;
  if (standing_) add_names(standing_.get(), "", is_ours_, names);
  return digest_of(names);
}

Digest StagedFolder::names_with(const std::string& name) const {
  NamesByFolder names;
  for (const auto& [path, folder] : folders_) names.emplace(path, folder.names);
  names[""].push_back(name);
  return digest_of(names);
}

bool StagedFolder::keep(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  Pair& folder = folder_at(slash == std::string::npos ? "" : path.substr(0, slash));
  std::string name = path.substr(slash + 1);
  if (!folder.kept) folder.kept = files_in(folder.old.get());
  if (!std::binary_search(folder.kept->begin(), folder.kept->end(), name)) return false;
  if (::linkat(folder.old.get(), name.c_str(), folder.made.get(), name.c_str(), 0) != 0) return false;
  folder.names.push_back(std::move(name));
  ++tally_.files;
  return true;
}

void StagedFolder::write_seal(const std::string& name, std::string_view text) {
  write(name, [&](TextSink& sink) { sink.write(text); });
  seal_ = name;
}

void StagedFolder::write(const std::string& path, const std::function<void(TextSink&)>& fill) {
  const fs::path parts(path);
  Pair& folder = folder_at(parts.parent_path().string());
  const std::string name = parts.filename().string();
  const auto old = status_at(folder.old.get(), name);
  if (old && S_ISLNK(old->st_mode)) refuse(path, "it is a link to " + link_target_at(folder.old.get(), name));
  if (old && S_ISDIR(old->st_mode)) refuse(path, "it is a folder");
  if (old && !S_ISREG(old->st_mode)) refuse(path, "it is not a regular file");
  constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor file(::openat(folder.made.get(), name.c_str(), flags, S_IRUSR | S_IWUSR));
  if (!file) fail("write");
  FileSink sink(file.get(), target_ + "/" + path);
  fill(sink);
  sink.flush();
  folder.names.push_back(name);
  ++tally_.files;
  if (watch_) watch_();
  const Descriptor standing(
      old ? ::openat(folder.old.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) : -1);
  if (standing && has_its_rights(*old) && same_bytes(file.get(), standing.get())) {
    keep_inode(folder, name, file.get());
  } else {
    ++tally_.changed;
    give_rights(file.get(), old ? &*old : nullptr);
  }
}

/// Whether a file of the target may be kept as it is.
bool StagedFolder::has_its_rights(const struct stat& old) const {
  return audience_ == Audience::everybody || (old.st_mode & file_permissions) == (S_IRUSR | S_IWUSR);
}

/// Puts the target's file, which has the same bytes, in the place of the new one; where that is not allowed,
/// the new one takes its rights and times.
void StagedFolder::keep_inode(const Pair& folder, const std::string& name, int file) const {
  if (::linkat(folder.old.get(), name.c_str(), workplace_->folder(), link_name, 0) == 0) {
    if (::renameat(workplace_->folder(), link_name, folder.made.get(), name.c_str()) != 0) fail("write");
    return;
  }
  const auto old = status_at(folder.old.get(), name);
  give_rights(file, old ? &*old : nullptr);
  if (!old) return;
  const std::array<timespec, 2> times = {old->st_atim, old->st_mtim};
  if (::futimens(file, times.data()) != 0) fail("set the time of");
}

void StagedFolder::carry_over(Pair& folder, const std::string& prefix) {
  std::vector<std::string>& made = folder.names;
  std::sort(made.begin(), made.end());
  for (const auto& [name, kind] : entries_in(folder.old.get())) {
    const std::string path = joined(prefix, name);
    if (prefix.empty() && Workplace::is_name_within(name)) continue;
    if (kind == EntryKind::folder) {
      const auto known = folders_.find(path);
      if (known != folders_.end()) {
        carry_over(known->second, path);
      } else {
        Pair below = make_folder(folder, name, path);
        if (!below.old) fail("read");
        carry_over(below, path);
        if (is_ours_(path + "/") && ::unlinkat(folder.made.get(), name.c_str(), AT_REMOVEDIR) == 0) {
          gone_folders_.push_back(path);
        } else {
          give_rights(below);
        }
      }
    } else if (!std::binary_search(made.begin(), made.end(), name) && status_at(folder.old.get(), name)) {
      if (is_ours_(path)) {
        gone_.push_back(path);
      } else {
        carry_file(folder, name, path);
      }
    }
  }
}

void StagedFolder::carry_file(const Pair& folder, const std::string& name, const std::string& path) {
  const auto old = status_at(folder.old.get(), name);
  if (!old) return;
  if (::linkat(folder.old.get(), name.c_str(), folder.made.get(), name.c_str(), 0) != 0) {
    if (errno == ENOENT) return;
    copy_file(folder, name, path, *old);
  }
  const auto carried = status_at(folder.made.get(), name);
  if (!carried) fail("write");
  carried_.emplace(path, CarriedFile{*old, *carried});
}

/// Where a link of a file is not allowed.
void StagedFolder::copy_file(const Pair& folder, const std::string& name, const std::string& path,
                             const struct stat& old) const {
  if (S_ISLNK(old.st_mode)) {
    const std::string leads_to = link_target_at(folder.old.get(), name);
    if (::symlinkat(leads_to.c_str(), folder.made.get(), name.c_str()) != 0) fail("write");
    return;
  }
  const Descriptor from(
      ::openat(folder.old.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status {};
  if (!from || ::fstat(from.get(), &status) != 0) refuse(path, std::generic_category().message(errno));
  if (!S_ISREG(status.st_mode)) refuse(path, "it is not a regular file");
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor to(::openat(folder.made.get(), name.c_str(), flags, S_IRUSR | S_IWUSR));
  if (!to) fail("write");
  FileSink sink(to.get(), target_ + "/" + path);
  constexpr std::size_t block_size = std::size_t{64} * 1024;
  std::string block(block_size, '\0');
  for (;;) {
    const ssize_t size = ::read(from.get(), block.data(), block.size());
    if (size < 0) fail("read");
    if (size == 0) break;
    sink.write(std::string_view(block).substr(0, static_cast<std::size_t>(size)));
  }
  sink.flush();
  give_rights(to.get(), &status);
  const std::array<timespec, 2> times = {status.st_atim, status.st_mtim};
  if (::futimens(to.get(), times.data()) != 0) fail("set the time of");
}

/// Finds our files in the target that were not written again, and our folders that have nothing else. Returns
/// whether anything stays.
bool StagedFolder::find_gone(int old, int made, const std::string& prefix) {
  bool has_more = made >= 0;
  for (const std::string& name : names_in(old)) {
    const std::string path = joined(prefix, name);
    const auto status = status_at(old, name);
    if (!status || (prefix.empty() && Workplace::is_name_within(name))) continue;
    if (S_ISDIR(status->st_mode)) {
      const Descriptor below = open_folder_at(old, name);
      const Descriptor below_made = made < 0 ? Descriptor() : open_folder_at(made, name);
      if (!below || find_gone(below.get(), below_made.get(), path) || !is_ours_(path + "/")) {
        has_more = true;
      } else {
        gone_folders_.push_back(path);
      }
    } else if (is_ours_(path) && !status_at(made, name)) {
      gone_.push_back(path);
    } else {
      has_more = true;
    }
  }
  return has_more;
}

StagedFolder::Tally StagedFolder::commit() {
  Pair& root = folder_at("");
  if (standing_ && is_exchanged_) carry_over(root, "");
  if (standing_ && !is_exchanged_) find_gone(root.old.get(), root.made.get(), "");
  tally_.removed = static_cast<std::int64_t>(gone_.size());
  if (standing_ && tally_.changed == 0 && tally_.removed == 0 && gone_folders_.empty()) return tally_;
  for (const auto& [path, folder] : folders_) give_rights(folder);
  sync();
  const InterruptionsHeld held;
  if (is_exchanged_ && exchange()) {
    if (standing_) remove_old();
    return tally_;
  }
  break_seal();
  replace_files(root.made.get(), standing_.get(), "");
  const auto remove = [&](const std::string& path, int flags) {
    HandOver::with_folder_of(standing_.get(), path, [&](int folder, const std::string& name) {
      ::unlinkat(folder, name.c_str(), flags);
    });
  };
  for (const std::string& path : gone_) remove(path, 0);
  for (const std::string& path : gone_folders_) remove(path, AT_REMOVEDIR);
  sync();
  set_seal();
  return tally_;
}

/// Until all files are in their place there is no seal, whatever happens.
void StagedFolder::break_seal() {
  if (seal_.empty()) return;
  if (::renameat(folder_at("").made.get(), seal_.c_str(), workplace_->folder(), seal_.c_str()) != 0 ||
      (::unlinkat(standing_.get(), seal_.c_str(), 0) != 0 && errno != ENOENT)) {
    fail("write");
  }
  sync();
}

void StagedFolder::set_seal() {
  if (seal_.empty()) return;
  if (::renameat(workplace_->folder(), seal_.c_str(), standing_.get(), seal_.c_str()) != 0) fail("write");
  sync();
}

/// Returns false where the system does not exchange these two folders.
bool StagedFolder::exchange() {
  const int work = workplace_->folder();
  const auto swap = [&] {
    return ::renameat2(work, new_folder, around_.get(), name_.c_str(), RENAME_EXCHANGE) == 0;
  };
  if (!standing_) {
    if (::renameat2(work, new_folder, around_.get(), name_.c_str(), RENAME_NOREPLACE) != 0 &&
        (errno != EINVAL || ::renameat(work, new_folder, around_.get(), name_.c_str()) != 0)) {
      fail("write");
    }
  } else if (!swap()) {
    if (errno == EINVAL || errno == EBUSY || errno == EXDEV || errno == EPERM || errno == EACCES)
      return false;
    fail("replace");
  } else {
    struct stat locked {};
    const auto old = status_at(work, new_folder);
    if (!old || ::fstat(standing_.get(), &locked) != 0 || !is_same_file(*old, locked)) {
      swap();
      refuse("", "somebody else replaced it");
    }
  }
  sync_around();
  return true;
}

void StagedFolder::remove_old() {
  const int work = workplace_->folder();
  const bool is_renamed = ::renameat(work, new_folder, work, old_folder) == 0;
  const auto names = [&](const std::string& folder) {
    const auto made = folders_.find(folder);
    return made != folders_.end() ? &made->second.names : nullptr;
  };
  if (!is_renamed || !HandOver(is_ours_, carried_, names).run(standing_.get(), folder_at("").made.get())) {
    workplace_->abandon();
    refuse("", "it is written, but files of others in the old folder could not be carried over");
  }
}

/// The second best: a moment in which some files are new and some are old.
void StagedFolder::replace_files(int made, int standing, const std::string& prefix) {
  for (const std::string& name : names_in(made)) {
    const std::string path = joined(prefix, name);
    if (carried_.contains(path)) continue;
    const auto is_folder = [&](int folder) {
      const auto status = status_at(folder, name);
      return status && S_ISDIR(status->st_mode);
    };
    if (is_folder(made) && is_folder(standing)) {
      const Descriptor below_made = open_folder_at(made, name);
      const Descriptor below = open_folder_at(standing, name);
      if (!below_made || !below) fail("write");
      replace_files(below_made.get(), below.get(), path);
    } else if (::renameat(made, name.c_str(), standing, name.c_str()) != 0) {  // keeps two names of one file
      fail("write");
    }
  }
}

void StagedFolder::sync() const {
  if (::syncfs(workplace_->folder()) != 0) fail("sync");
}

void StagedFolder::sync_around() const {
  if (::fsync(around_.get()) == 0 || errno == EBADF)
    return;  // a folder that may not be read cannot be synced
  fail("sync the folder of");
}

void StagedFolder::refuse(const std::string& path, const std::string& why) const {
  const std::string place = path.empty() ? target_ : target_ + "/" + path;
  throw Error(ErrorKind::file, place + ": cannot write: " + why);
}

void StagedFolder::fail(const char* doing) const {
  const std::string reason = std::generic_category().message(errno);
  throw Error(ErrorKind::file, target_ + ": cannot " + doing + ": " + reason);
}

}  // namespace covenant
