#pragma once

#include <csignal>
#include <string_view>

namespace covenant {

/// Removes what is unfinished, as an interruption does, for whoever ends the program without unwinding.
void remove_unfinished() noexcept;

/// From now on, a signal that ends the program (HUP, INT, QUIT, PIPE, TERM, XCPU) first removes everything
/// that is a `RemovedOnInterruption`; one that the caller has ignored stays ignored. Writing more than a
/// limit on the size of files allows is an error of the call, no signal.
void clean_up_when_interrupted();

/// Lets those signals wait for as long as it exists.
class InterruptionsHeld {
 public:
  InterruptionsHeld();
  InterruptionsHeld(const InterruptionsHeld&) = delete;
  InterruptionsHeld& operator=(const InterruptionsHeld&) = delete;
  ~InterruptionsHeld();

 private:
  sigset_t before_{};
};

/// A folder, or a file, that is removed with all that is in it if a signal ends the program while this
/// exists.
class RemovedOnInterruption {
 public:
  /// The entry `name` of the open folder `where`, which has to stay open.
  RemovedOnInterruption(int where, std::string_view name);
  RemovedOnInterruption(const RemovedOnInterruption&) = delete;
  RemovedOnInterruption& operator=(const RemovedOnInterruption&) = delete;
  ~RemovedOnInterruption();

 private:
  static constexpr int none = -1;
  int slot_ = none;
};

/// Removes an entry of the open folder `where`, a folder with all that is in it; never follows a link. What
/// may not be removed stays. Returns whether the entry went. May be called by a signal's handler.
bool remove_tree(int where, const char* name) noexcept;

}  // namespace covenant
