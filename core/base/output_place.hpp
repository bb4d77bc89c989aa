#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>

#include "core/base/descriptor.hpp"
#include "core/base/workplace.hpp"

namespace covenant {

/// Whom a file is for.
enum class Audience {
  everybody,  ///< a new file has the rights that the umask leaves
  owner,      ///< it contains personal data: mode 0600, whatever was there
};

/// A path as it is written to: the folder, opened once, and the name in it, so that nobody can lead the
/// program elsewhere in between. A link is refused. Devices and pipes are written to as they are, and so is
/// what was open when the program started, by the name of /dev/stdout, /dev/stderr or /dev/fd/N.
class OutputPlace {
 public:
  /// @throws Error{file} when it cannot be written; the message names the path.
  OutputPlace(std::string path, Audience audience);

  const std::string& path() const { return path_; }

  /// Where to write when it is no file that can be replaced, else nothing.
  std::optional<int> stream() const;

  int folder() const { return folder_.get(); }
  const std::string& name() const { return name_; }
  /// The file that is there. @throws Error{file} when it is none that may be replaced.
  std::optional<struct stat> old_file() const;

  /// Puts the file that is open as `file`, under the name `from` in the workplace, in the place durably. The
  /// owner and the permissions of what it replaces stay, but for set-id bits. @throws Error{file}
  void replace(int file, const Workplace& workplace, const char* from) const;
  /// Gives a file without a name, open as `file`, the place, durably; what is there is replaced as above.
  void replace(int file) const;

  /// Makes what was done to the folder durable. @throws Error{file}
  void sync_folder() const;

  /// @throws Error{file}, "PATH: cannot DOING: REASON", the reason from errno.
  [[noreturn]] void fail(const char* doing) const;

 private:
  void open_stream();
  void give_rights(int file, const std::optional<struct stat>& old) const;
  [[noreturn]] void refuse(const std::string& why) const;
  [[noreturn]] void refuse_folder() const;

  std::string path_;
  Audience audience_;
  Descriptor folder_;
  std::string name_;
  Descriptor opened_stream_;
  std::optional<int> inherited_;
};

}  // namespace covenant
