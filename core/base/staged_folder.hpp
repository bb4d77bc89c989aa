#pragma once

#include <sys/stat.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/output_place.hpp"
#include "core/base/sink.hpp"
#include "core/base/workplace.hpp"

// How it works, and why.
//
// A site has thousands of files, and whoever looks at it must never see some that are new and some that are
// old, whatever happens while they are written. A rename replaces one name at once; two names are exchanged
// at once by renameat2(RENAME_EXCHANGE). So all files are written into a new folder in a workplace beside the
// target, the target's other files are linked into it, everything is made durable by one syncfs, and the two
// folders change names. What is then in the old one and was put there meanwhile is moved over, and the old
// one goes.
//
// A file with the same bytes as the target's is not kept: the old one is linked into the new folder instead,
// so that its inode and times stay, and web servers and backups see only what changed.
//
// The workplace is locked while a run is at work in it. One without a lock was left by a run that was killed,
// and the next run removes it.
//
// A mount point cannot be renamed, and neither can a folder in one that may not be written. Then the new
// folder is made within the target and the files are renamed one after another: each is whole at every
// moment, the site as a whole is not.

namespace covenant {

/// A file of others in a folder, when it was carried over to the new one.
struct CarriedFile {
  struct stat old;
  struct stat carried;
};

/// By their paths in the folder.
using CarriedFiles = std::map<std::string, CarriedFile>;

/// A folder whose files are replaced together: they are written into a new folder in a workplace beside the
/// target, and `commit` exchanges the two at once, so that whoever looks sees the old files or the new ones.
/// A file whose bytes are those of the target's keeps its inode and times; files of others are carried over,
/// also those that they save in the meantime. Destruction without `commit` leaves the target as it was. Where
/// the target is to be kept, or cannot be exchanged, because it is a mount point or the folder around it may
/// not be written, its files are replaced one after another, each at once. Runs on one target take turns.
/// @throws Error{file} when something cannot be written; the message names the target.
class StagedFolder {
 public:
  /// What may become of the folder itself.
  enum class Renewal {
    exchanged,  ///< a new one takes its place
    kept,       ///< somebody relies on it: its files are replaced one after another
  };

  struct Tally {
    std::int64_t files = 0;    ///< that were written
    std::int64_t changed = 0;  ///< of them, those that are new or not as they were
    std::int64_t removed = 0;  ///< that are gone
  };

  /// Whether a run may have written the file with that path: if it is not written again, it goes. A path with
  /// a slash at its end is that of a folder, in which a run may write such files.
  using IsOurs = std::function<bool(std::string_view path)>;

  /// What is for the owner alone has the modes 0600 and 0700, whatever was there.
  /// @throws Error{busy} when another run is at work on the target for longer than `wait`.
  StagedFolder(std::string target, IsOurs is_ours, std::chrono::milliseconds wait,
               Renewal renewal = Renewal::exchanged, Audience audience = Audience::everybody);
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;
  ~StagedFolder();

  /// The target's file with that name; nothing when there is none, it is no regular file, has more than
  /// `most` bytes, or cannot be read.
  std::optional<std::string> standing_text(const std::string& name, std::size_t most) const;

  /// The digest of the paths of our files in the target; another than every `names_with` when one of them is
  /// no regular file. No file is looked at, and no folder that is not ours.
  Digest standing_names() const;
  /// The digest of the paths of what was written or kept so far, and of a file `name`.
  Digest names_with(const std::string& name) const;

  /// Writes the file at `path`, relative to the folder, with what `fill` writes.
  void write(const std::string& path, const std::function<void(TextSink&)>& fill);
  /// Writes as the file `name` what says of all others what they are: where files are replaced one after
  /// another, it is gone before the first and comes after the last.
  void write_seal(const std::string& name, std::string_view text);
  /// Keeps the target's file at `path` as it is; false when that is not possible, and it has to be written.
  bool keep(const std::string& path);

  /// Calls `visit` after each file that is written from now on, unless it is empty.
  void watch(std::function<void()> visit) { watch_ = std::move(visit); }

  /// How many files were written or kept so far.
  std::int64_t written() const { return tally_.files; }

  /// Puts the files in the target's place, durably. Where nothing differs the target is not touched.
  Tally commit();

 private:
  /// One folder, as it is made and as it is in the target, where it is there.
  struct Pair {
    Descriptor made;
    Descriptor old;
    std::vector<std::string> names{};                ///< of our files in it
    std::optional<std::vector<std::string>> kept{};  ///< the target's regular files, sorted, once asked for
  };

  void find_target();
  void open_target();
  bool is_target_locked() const;
  void take_turn(std::chrono::milliseconds wait);
  void set_renewal(Renewal renewal);
  bool may_be_exchanged() const;
  void make_workplace();
  Pair& folder_at(const std::string& path);
  Pair make_folder(const Pair& above, const std::string& name, const std::string& path) const;
  void give_rights(const Pair& folder) const;
  void give_rights(int file, const struct stat* old) const;
  bool has_its_rights(const struct stat& old) const;
  void keep_inode(const Pair& folder, const std::string& name, int file) const;
  void carry_over(Pair& folder, const std::string& prefix);
  void carry_file(const Pair& folder, const std::string& name, const std::string& path);
  void copy_file(const Pair& folder, const std::string& name, const std::string& path,
                 const struct stat& old) const;
  bool find_gone(int old, int made, const std::string& prefix);
  bool exchange();
  void remove_old();
  void replace_files(int made, int standing, const std::string& prefix);
  void break_seal();
  void set_seal();
  void sync() const;
  void sync_around() const;
  [[noreturn]] void refuse(const std::string& path, const std::string& why) const;
  [[noreturn]] void fail(const char* doing) const;

  std::string target_;
  IsOurs is_ours_;
  Audience audience_;
  std::string name_;
  Descriptor around_;    ///< the folder that the target is in
  Descriptor standing_;  ///< the target, where it is there
  bool is_exchanged_ = true;
  std::unique_ptr<Workplace> workplace_;
  std::map<std::string, Pair> folders_;
  CarriedFiles carried_;
  std::vector<std::string> gone_;
  std::vector<std::string> gone_folders_;
  std::string seal_;  ///< its name
  Tally tally_;
  std::function<void()> watch_;
};

}  // namespace covenant
