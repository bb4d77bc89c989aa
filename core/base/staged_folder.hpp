#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/sink.hpp"

namespace covenant {

/// A folder whose files are replaced together: they are written into a new folder beside the target, and
/// `commit` exchanges the two at once, so that whoever looks sees the old files or the new ones. A file whose
/// bytes are those of the target's keeps its inode and times; files of others are carried over. Destruction
/// without `commit` leaves the target as it was. Where the target cannot be exchanged, because it is a mount
/// point or what it stands in may not be written, its files are replaced one after another, each at once.
/// @throws Error{file} when something cannot be written; the message names the target.
class StagedFolder {
 public:
  struct Tally {
    std::int64_t files = 0;    ///< that were written
    std::int64_t changed = 0;  ///< of them, those that are new or not as they were
    std::int64_t removed = 0;  ///< that are gone
  };

  explicit StagedFolder(const std::string& target);
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;
  ~StagedFolder();

  /// Writes the file at `path`, relative to the folder, with what `fill` gives.
  void write(const std::string& path, const std::function<void(TextSink&)>& fill);

  /// Puts the files in the target's place, durably. Of the target's other files those that `is_ours` are gone
  /// afterwards, the rest stay. Where nothing differs the target is not touched.
  Tally commit(const std::function<bool(std::string_view path)>& is_ours);

 private:
  enum class Place { beside, within };  ///< of the new folder

  void choose_place();
  void make_folder_of(const std::string& path);
  void carry_over(const std::function<bool(std::string_view path)>& is_ours);
  void sync() const;
  void exchange();
  void replace_files(const std::function<bool(std::string_view path)>& is_ours);
  void remove_old(const std::function<bool(std::string_view path)>& is_ours) const;
  [[noreturn]] void fail(const char* doing) const;

  std::string target_;
  Place place_ = Place::beside;
  std::string staging_;
  int lock_ = -1;
  Tally tally_;
};

}  // namespace covenant
