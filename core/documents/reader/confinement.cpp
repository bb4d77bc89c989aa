#include "core/documents/reader/confinement.hpp"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>

namespace covenant {

namespace {

/// A sanitizer maps terabytes, opens pipes to find out what can be read, and looks at /proc.
#ifdef __SANITIZE_ADDRESS__
constexpr bool is_watched_by_sanitizer = true;
#else
constexpr bool is_watched_by_sanitizer = false;
#endif

void limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{most, most};
  ::setrlimit(resource, &both);
}

void limit_resources() {
  constexpr rlim_t seconds = 10;
  constexpr rlim_t memory = rlim_t{1} << 30U;
  limit(RLIMIT_AS, memory);
  limit(RLIMIT_CPU, seconds);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_NPROC, 0);
  limit(RLIMIT_NOFILE, 0);
}

/// No file, whatever it is: a set of rules that handles every access and allows none.
void close_file_system() {
  landlock_ruleset_attr rules{};
  rules.handled_access_fs =
      LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
      LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
      LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
      LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
      LANDLOCK_ACCESS_FS_MAKE_SYM;
  const long ruleset = ::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
  if (ruleset < 0) return;
  ::syscall(SYS_landlock_restrict_self, ruleset, 0);
  ::close(static_cast<int>(ruleset));
}

#if defined(__x86_64__) || defined(__aarch64__)

#ifdef __x86_64__
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#endif

/// What reading needs: what is open, memory, the time, and the end.
constexpr std::array allowed = {
    SYS_read,         SYS_write,           SYS_readv,        SYS_writev,
    SYS_close,        SYS_lseek,           SYS_fstat,        SYS_munmap,
    SYS_mremap,       SYS_madvise,         SYS_brk,          SYS_futex,
    SYS_getrandom,    SYS_clock_gettime,   SYS_clock_getres, SYS_gettimeofday,
    SYS_getpid,       SYS_gettid,          SYS_getuid,       SYS_geteuid,
    SYS_getgid,       SYS_getegid,         SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_rt_sigreturn, SYS_sigaltstack,     SYS_sched_yield,  SYS_sched_getaffinity,
    SYS_getrusage,    SYS_restart_syscall, SYS_exit,         SYS_exit_group,
};

constexpr std::uint32_t offset_of_argument(std::uint32_t number) {
  // The low half, on both of these machines.
  return static_cast<std::uint32_t>(offsetof(seccomp_data, args)) + number * 8;
}

/// A program of the kernel's filter: every call but those above fails as if it was forbidden; memory may be
/// mapped, but not run.
void filter_system_calls() {
  constexpr auto load = [](std::size_t offset) {
    return sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
  };
  constexpr auto answer = [](std::uint32_t what) { return sock_filter BPF_STMT(BPF_RET | BPF_K, what); };
  constexpr std::size_t head_size = 4;
  constexpr std::size_t mapping_size = 5;
  constexpr std::size_t tail_size = 1;
  constexpr auto forbid = answer(SECCOMP_RET_ERRNO | EPERM);
  constexpr auto allow = answer(SECCOMP_RET_ALLOW);
  std::array<sock_filter, head_size + allowed.size() * 2 + 2 * mapping_size + tail_size> program{};
  std::size_t size = 0;
  const auto add = [&](const sock_filter& step) { program.at(size++) = step; };
  const auto skip_unless = [&](std::uint32_t value, std::uint8_t steps) {
    add(sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, steps));
  };
  add(load(offsetof(seccomp_data, arch)));
  add(sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0));
  add(answer(SECCOMP_RET_KILL_PROCESS));
  add(load(offsetof(seccomp_data, nr)));
  for (const long number : allowed) {
    skip_unless(static_cast<std::uint32_t>(number), 1);
    add(allow);
  }
  for (const long number : {SYS_mmap, SYS_mprotect}) {
    skip_unless(static_cast<std::uint32_t>(number), mapping_size - 1);
    constexpr std::uint32_t protection = 2;
    add(load(offset_of_argument(protection)));
    add(sock_filter BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 1, 0));
    add(allow);
    add(forbid);
  }
  add(forbid);
  sock_fprog whole{static_cast<unsigned short>(size), program.data()};
  ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole);
}

#else

void filter_system_calls() {}

#endif

}  // namespace

void confine() {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (is_watched_by_sanitizer) return;
  close_file_system();
  limit_resources();
  filter_system_calls();
}

}  // namespace covenant
