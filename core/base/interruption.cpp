#include "core/base/interruption.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>

// How it works, and why. The handler itself removes what is unfinished, and then lets the signal do what it
// does by default. Nothing else has to look out for signals, however long it waits: for a lock, for a pipe,
// for the disk. It may call nothing but what POSIX calls async-signal-safe: hence the table of fixed size,
// and a folder that is read by the system call, since opendir() allocates.

namespace covenant {

namespace {

struct Slot {
  std::atomic<bool> is_used;
  int where;
  std::array<char, NAME_MAX + 1> name;
};

constexpr std::size_t slot_count = 8;  // a command has one or two at a time
std::array<Slot, slot_count> slots;

constexpr std::array<int, 6> signals = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGXCPU};

sigset_t set_of_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : signals) sigaddset(&set, number);
  return set;
}

extern "C" void clean_up(int number) {
  remove_unfinished();
  static_cast<void>(std::signal(number, SIG_DFL));
  static_cast<void>(std::raise(number));  // arrives when the handler returns
}

/// What getdents64(2) writes.
struct Entry {
  std::uint64_t inode;
  std::int64_t offset;
  std::uint16_t length;
  unsigned char type;
  char name[1];
};

bool is_itself_or_parent(const char* name) {
  return std::strcmp(name, ".") == 0 || std::strcmp(name, "..") == 0;
}

/// Removes what is in an open folder and returns how many entries went.
std::size_t empty(int folder) noexcept {
  std::size_t count = 0;
  alignas(Entry) std::array<char, 2048> block{};
  for (;;) {
    const long size = ::syscall(SYS_getdents64, folder, block.data(), block.size());
    if (size <= 0) return count;
    for (long at = 0; at < size;) {
      const auto* entry = reinterpret_cast<const Entry*>(block.data() + at);
      const char* name = block.data() + at + offsetof(Entry, name);
      at += entry->length;
      if (is_itself_or_parent(name)) continue;
      if (remove_tree(folder, name)) ++count;
    }
  }
}

}  // namespace

bool remove_tree(int where, const char* name) noexcept {
  if (::unlinkat(where, name, 0) == 0) return true;
  constexpr int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  int folder = ::openat(where, name, flags);
  if (folder < 0) folder = ::openat(where, name, flags);  // what it has would stay until the next run
  if (folder < 0) return false;
  // Some file systems pass over entries while others are removed: read it again until it is empty.
  constexpr int most_passes = 100;
  for (int pass = 0; pass < most_passes && empty(folder) > 0; ++pass) ::lseek(folder, 0, SEEK_SET);
  ::close(folder);
  return ::unlinkat(where, name, AT_REMOVEDIR) == 0;
}

void remove_unfinished() noexcept {
  for (const Slot& slot : slots) {
    if (slot.is_used) remove_tree(slot.where, slot.name.data());
  }
}

void clean_up_when_interrupted() {
  static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
  struct sigaction action {};
  action.sa_handler = clean_up;
  action.sa_mask = set_of_signals();
  for (const int number : signals) {
    struct sigaction before {};
    if (::sigaction(number, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    ::sigaction(number, &action, nullptr);
  }
}

InterruptionsHeld::InterruptionsHeld() {
  const sigset_t set = set_of_signals();
  ::sigprocmask(SIG_BLOCK, &set, &before_);
}

InterruptionsHeld::~InterruptionsHeld() {
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

RemovedOnInterruption::RemovedOnInterruption(int where, std::string_view name) {
  if (name.size() > NAME_MAX) return;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots.at(i);
    if (slot.is_used) continue;
    slot.where = where;
    slot.name.at(name.copy(slot.name.data(), NAME_MAX)) = '\0';
    slot.is_used = true;
    slot_ = static_cast<int>(i);
    return;
  }
}

RemovedOnInterruption::~RemovedOnInterruption() {
  if (slot_ != none) slots.at(static_cast<std::size_t>(slot_)).is_used = false;
}

}  // namespace covenant
