/* Counts the calls of one kind that a program makes after its main() began, and at the one that FAULT_AT names (from
   1) kills the program before it (FAULT=kill) or lets it fail with an error number: once (FAULT=once:28) or from then
   on (FAULT=ever:28). FAULT_OF is the kind: "changes" of files (if it is not set), "opens" (and maps), "reads" or
   "memory". FAULT_LOG names a file that gets the number of calls when the program ends, and the name of the call that
   failed first; FAULT_CREATED one that gets the path of every file that is opened to be created; FAULT_JOURNAL one that
   gets every change of a file or folder, with its bytes, for power.py. With FAULT_NAMED set, no file can be without a
   name. Standard output and standard error are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum kind { CHANGES, OPENS, READS, MEMORY };

static const char* const kind_names[] = {"changes", "opens", "reads", "memory"};

static int is_in_main;
static enum kind counted;
static long count;
static long at;
static int error_number;
static int is_kill;
static int is_forever;
static const char* failed = "none";
static int journal = -1;

#define REAL(name) ((__typeof__(name)*)dlsym(RTLD_NEXT, #name))

static void read_orders(void) {
  const char* place = getenv("FAULT_AT");
  const char* fault = getenv("FAULT");
  const char* kind = getenv("FAULT_OF");
  const char* path = getenv("FAULT_JOURNAL");
  at = place == NULL ? 0 : strtol(place, NULL, 10);
  for (int i = 0; kind != NULL && i <= MEMORY; ++i) {
    if (strcmp(kind, kind_names[i]) == 0) counted = (enum kind)i;
  }
  if (path != NULL)
    journal = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fault == NULL) return;
  is_kill = strcmp(fault, "kill") == 0;
  is_forever = strncmp(fault, "ever:", 5) == 0;
  if (strchr(fault, ':') != NULL) error_number = atoi(strchr(fault, ':') + 1);
}

static void log_count(void) {
  const char* path = getenv("FAULT_LOG");
  if (path == NULL) return;
  FILE* file = fopen(path, "we");
  if (file == NULL) return;
  fprintf(file, "%ld %s", count, failed);
  fclose(file);
}

typedef int main_function(int, char**, char**);
static main_function* real_main;

/* What is allocated before main() begins cannot be reported by any program. */
static int counted_main(int argc, char** argv, char** environment) {
  read_orders();
  is_in_main = 1;
  int code = real_main(argc, argv, environment);
  is_in_main = 0;
  log_count();
  return code;
}

int __libc_start_main(main_function* given, int argc, char** argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void* stack_end);
int __libc_start_main(main_function* given, int argc, char** argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void* stack_end) {
  real_main = given;
  return REAL(__libc_start_main)(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}

void _exit(int code) {
  is_in_main = 0;
  log_count();
  syscall(SYS_exit_group, code);
  __builtin_unreachable();
}

/* Whether this call has to fail. */
static int fails(enum kind kind, const char* name) {
  if (!is_in_main || kind != counted) return 0;
  ++count;
  if (at == 0 || count < at || (count > at && !is_forever)) return 0;
  if (is_kill) {
    kill(getpid(), SIGKILL);
    pause();
  }
  if (error_number == 0) return 0;
  if (count == at) failed = name;
  errno = error_number;
  return 1;
}

/* The memory of a program. glibc has these names for whoever takes the place of malloc and the like. */
extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);

void* malloc(size_t size) { return fails(MEMORY, "malloc") ? NULL : __libc_malloc(size); }
void* calloc(size_t many, size_t size) { return fails(MEMORY, "calloc") ? NULL : __libc_calloc(many, size); }
void* realloc(void* old, size_t size) { return fails(MEMORY, "realloc") ? NULL : __libc_realloc(old, size); }
void* aligned_alloc(size_t alignment, size_t size) {
  return fails(MEMORY, "aligned_alloc") ? NULL : __libc_memalign(alignment, size);
}

/* The journal: a line "LETTER NUMBER NUMBER SIZE", then so many bytes. Files are known by their inodes. */
static void record(char letter, unsigned long long number, long long second, const void* bytes, size_t size) {
  char line[96];
  const int length = snprintf(line, sizeof line, "%c %llu %lld %zu\n", letter, number, second, size);
  syscall(SYS_write, journal, line, (size_t)length);
  if (size > 0) syscall(SYS_write, journal, bytes, size);
}

/* The inode of a regular file or a folder, else 0. */
static unsigned long long inode_of(int file) {
  struct stat status;
  if (syscall(SYS_fstat, file, &status) != 0) return 0;
  return S_ISREG(status.st_mode) || S_ISDIR(status.st_mode) ? status.st_ino : 0;
}

/* The whole path of a name within an open folder. */
static void whole_path(int folder, const char* path, char* whole) {
  char link[64];
  snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", folder);
  ssize_t size = path[0] == '/' ? 0 : readlink(link, whole, PATH_MAX);
  if (size < 0) size = 0;
  snprintf(whole + size, PATH_MAX, path[0] == '/' ? "%s" : "/%s", path);
}

static void record_path(char letter, unsigned long long number, long long second, int folder, const char* path) {
  if (journal < 0) return;
  const int error = errno;
  char whole[2 * PATH_MAX];
  whole_path(folder, path, whole);
  record(letter, number, second, whole, strlen(whole));
  errno = error;
}

static void record_two(char letter, int from_folder, const char* from, int to_folder, const char* to) {
  if (journal < 0) return;
  const int error = errno;
  char whole[4 * PATH_MAX];
  whole_path(from_folder, from, whole);
  const size_t size = strlen(whole) + 1;
  whole_path(to_folder, to, whole + size);
  record(letter, 0, 0, whole, size + strlen(whole + size));
  errno = error;
}

static void record_bytes(int file, const void* bytes, ssize_t size, off_t place) {
  if (journal < 0 || size <= 0) return;
  const int error = errno;
  const unsigned long long inode = inode_of(file);
  if (inode != 0) record('W', inode, place, bytes, (size_t)size);
  errno = error;
}

static int recorded(int result, char letter, int file, long long number) {
  if (journal < 0 || result != 0) return result;
  record(letter, inode_of(file), number, "", 0);
  return result;
}

ssize_t write(int file, const void* bytes, size_t size) {
  if (file > STDERR_FILENO && fails(CHANGES, "write")) return -1;
  const ssize_t written = REAL(write)(file, bytes, size);
  if (journal >= 0 && written > 0) record_bytes(file, bytes, written, lseek(file, 0, SEEK_CUR) - written);
  return written;
}

#define WRITES(name, offset)                                                  \
  ssize_t name(int file, const void* bytes, size_t size, offset place) {      \
    if (fails(CHANGES, #name)) return -1;                                     \
    const ssize_t written = REAL(name)(file, bytes, size, place);             \
    record_bytes(file, bytes, written, place);                                \
    return written;                                                           \
  }

WRITES(pwrite, off_t)
WRITES(pwrite64, off64_t)

ssize_t read(int file, void* bytes, size_t size) {
  return fails(READS, "read") ? -1 : REAL(read)(file, bytes, size);
}

ssize_t pread(int file, void* bytes, size_t size, off_t place) {
  return fails(READS, "pread") ? -1 : REAL(pread)(file, bytes, size, place);
}

ssize_t pread64(int file, void* bytes, size_t size, off64_t place) {
  return fails(READS, "pread64") ? -1 : REAL(pread64)(file, bytes, size, place);
}

void* mmap(void* address, size_t size, int protection, int flags, int file, off_t place) {
  if (file >= 0 && fails(OPENS, "mmap")) return MAP_FAILED;
  return REAL(mmap)(address, size, protection, flags, file, place);
}

void* mmap64(void* address, size_t size, int protection, int flags, int file, off64_t place) {
  if (file >= 0 && fails(OPENS, "mmap64")) return MAP_FAILED;
  return REAL(mmap64)(address, size, protection, flags, file, place);
}

int fsync(int file) { return fails(CHANGES, "fsync") ? -1 : recorded(REAL(fsync)(file), 'S', file, 0); }

int fdatasync(int file) { return fails(CHANGES, "fdatasync") ? -1 : recorded(REAL(fdatasync)(file), 'S', file, 0); }

int syncfs(int file) { return fails(CHANGES, "syncfs") ? -1 : recorded(REAL(syncfs)(file), 'A', file, 0); }

int ftruncate(int file, off_t size) {
  return fails(CHANGES, "ftruncate") ? -1 : recorded(REAL(ftruncate)(file, size), 'T', file, size);
}

int ftruncate64(int file, off64_t size) {
  return fails(CHANGES, "ftruncate64") ? -1 : recorded(REAL(ftruncate64)(file, size), 'T', file, size);
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  if (fails(CHANGES, "renameat2")) return -1;
  const int result = REAL(renameat2)(from_folder, from, to_folder, to, flags);
  if (result == 0) record_two((flags & RENAME_EXCHANGE) != 0 ? 'X' : 'R', from_folder, from, to_folder, to);
  return result;
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  if (fails(CHANGES, "renameat")) return -1;
  const int result = REAL(renameat)(from_folder, from, to_folder, to);
  if (result == 0) record_two('R', from_folder, from, to_folder, to);
  return result;
}

int rename(const char* from, const char* to) { return renameat(AT_FDCWD, from, AT_FDCWD, to); }

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) {
  if (fails(CHANGES, "linkat")) return -1;
  const int result = REAL(linkat)(from_folder, from, to_folder, to, flags);
  struct stat status;
  if (result == 0 && journal >= 0 && fstatat(to_folder, to, &status, AT_SYMLINK_NOFOLLOW) == 0)
    record_path('O', status.st_ino, 0, from_folder, from);
  if (result == 0 && journal >= 0) record_path('L', status.st_ino, 0, to_folder, to);
  return result;
}

int link(const char* from, const char* to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int symlinkat(const char* leads_to, int folder, const char* path) {
  if (fails(CHANGES, "symlinkat")) return -1;
  const int result = REAL(symlinkat)(leads_to, folder, path);
  if (result == 0) record_two('Y', AT_FDCWD, leads_to, folder, path);
  return result;
}

int unlinkat(int folder, const char* path, int flags) {
  if (fails(CHANGES, "unlinkat")) return -1;
  const int result = REAL(unlinkat)(folder, path, flags);
  if (result == 0) record_path('U', 0, 0, folder, path);
  return result;
}

int unlink(const char* path) { return unlinkat(AT_FDCWD, path, 0); }

int mkdirat(int folder, const char* path, mode_t mode) {
  if (fails(CHANGES, "mkdirat")) return -1;
  const int result = REAL(mkdirat)(folder, path, mode);
  if (result == 0) record_path('M', mode, 0, folder, path);
  return result;
}

int mkdir(const char* path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

int fchmod(int file, mode_t mode) { return fails(CHANGES, "fchmod") ? -1 : REAL(fchmod)(file, mode); }

int fchown(int file, uid_t owner, gid_t group) {
  return fails(CHANGES, "fchown") ? -1 : REAL(fchown)(file, owner, group);
}

/* Whether a file that is opened so has to have a name, and cannot be opened. */
static int lacks_name(int flags) {
  if ((flags & O_TMPFILE) != O_TMPFILE || getenv("FAULT_NAMED") == NULL) return 0;
  errno = EOPNOTSUPP;
  return 1;
}

static void log_creation(const char* path, int flags) {
  const char* log = getenv("FAULT_CREATED");
  if (log == NULL || (flags & O_CREAT) == 0) return;
  FILE* file = fopen(log, "ae");
  if (file == NULL) return;
  fprintf(file, "%s\n", path);
  fclose(file);
}

static mode_t mode_of(int flags, va_list more) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}

static int open_in(int folder, const char* path, int flags, mode_t mode) {
  log_creation(path, flags);
  if (lacks_name(flags) || fails(OPENS, "open")) return -1;
  struct stat status;
  const int is_new = (flags & O_CREAT) != 0 && journal >= 0 && fstatat(folder, path, &status, 0) != 0;
  const int file = REAL(openat)(folder, path, flags, mode);
  if (file < 0 || journal < 0) return file;
  if ((flags & O_TMPFILE) == O_TMPFILE) {
    record('C', inode_of(file), 0, "", 0);
  } else if (is_new) {
    record_path('C', inode_of(file), 0, folder, path);
  } else if (inode_of(file) != 0) {
    record_path('O', inode_of(file), 0, folder, path);
    if ((flags & O_TRUNC) != 0) record('T', inode_of(file), 0, "", 0);
  }
  return file;
}

#define OPENS_PATH(name)                                   \
  int name(const char* path, int flags, ...) {             \
    va_list more;                                          \
    va_start(more, flags);                                 \
    mode_t mode = mode_of(flags, more);                    \
    va_end(more);                                          \
    return open_in(AT_FDCWD, path, flags, mode);           \
  }

#define OPENS_IN(name)                                     \
  int name(int folder, const char* path, int flags, ...) { \
    va_list more;                                          \
    va_start(more, flags);                                 \
    mode_t mode = mode_of(flags, more);                    \
    va_end(more);                                          \
    return open_in(folder, path, flags, mode);             \
  }

OPENS_PATH(open)
OPENS_PATH(open64)
OPENS_IN(openat)
OPENS_IN(openat64)
