#pragma once

#include <string>
#include <string_view>

#include "cli/env.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/interruption.hpp"

namespace covenant {

/// A file for a person's editor, in a folder that nobody else can look into. Both are gone at the end, also
/// when a signal ends the program, unless the file is kept.
class EditedFile {
 public:
  /// @throws Error{file}
  EditedFile(const Env& env, const std::string& name, std::string_view text);
  EditedFile(const EditedFile&) = delete;
  EditedFile& operator=(const EditedFile&) = delete;
  ~EditedFile();

  const std::string& path() const { return path_; }
  /// Runs $VISUAL, else $EDITOR, else the system's editor, and waits for its end.
  /// @throws Error{usage} when it cannot be run or fails
  void edit(const Env& env) const;
  /// From now on it stays.
  void keep() { is_kept_ = true; }

 private:
  Descriptor place_;
  std::string folder_;
  RemovedOnInterruption removed_;
  std::string path_;
  bool is_kept_ = false;
};

}  // namespace covenant
