#pragma once

#include <string>
#include <string_view>

#include "cli/env.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/workplace.hpp"

namespace covenant {

/// A file for a person's editor, in a folder that nobody else can look into. Both are gone at the end, also
/// when a signal ends the program; what a run that was killed left is removed by the next one.
class EditedFile {
 public:
  /// @throws Error{file}
  EditedFile(const Env& env, std::string name, std::string_view text);

  std::string path() const;
  /// Runs $VISUAL, else $EDITOR, else the system's editor, and waits for its end.
  /// @throws Error{usage} when it cannot be run or fails
  void edit(const Env& env) const;
  /// Moves the file out of the folder, so that it remains, and returns its path. @throws Error{file}
  std::string keep() const;

 private:
  std::string place_path_;
  Descriptor place_;
  Workplace workplace_;
  std::string name_;
};

}  // namespace covenant
