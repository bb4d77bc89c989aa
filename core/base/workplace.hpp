#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/descriptor.hpp"
#include "core/base/interruption.hpp"

namespace covenant {

/// A folder of the program's own beside what is written, for as long as that is not whole: nobody else can
/// look or reach into it. It is gone at the end, also when a signal ends the program. What runs that were
/// killed left is removed by the next run of the same user that writes the same name.
class Workplace {
 public:
  /// Takes out of the folder that a killed run left what must not be removed; returns whether the rest may
  /// be.
  using Salvage = std::function<bool(int folder)>;

  /// Makes one in the open folder `where`, which has to stay open, for what is to be called `name` there; an
  /// empty name is that folder itself. errno says why `is_made` is false.
  Workplace(int where, std::string_view name, const Salvage& salvage = nullptr);
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace();

  bool is_made() const { return static_cast<bool>(folder_); }
  int folder() const { return folder_.get(); }
  /// Its name in the folder that it was made in.
  const std::string& name() const { return name_; }

  /// Leaves it to the next run: it has what must not be removed.
  void abandon();

  /// Removes what runs that were killed left in the open folder `where`, as making one there does.
  static void remove_leftovers(int where, std::string_view name, const Salvage& salvage = nullptr);

  /// Whether an entry of a folder has the name of a workplace for that folder itself.
  static bool is_name_within(std::string_view name);

 private:
  bool make();

  int where_;
  std::string name_;
  Descriptor folder_;
  std::optional<RemovedOnInterruption> removed_;
};

}  // namespace covenant
