/* Counts the calls by which a program changes files, and at the one that FAULT_AT names (from 1) kills the program
   before it (FAULT=kill) or lets it fail with an error number: once (FAULT=once:28) or from then on
   (FAULT=ever:28). FAULT_LOG names a file that gets the number of calls when the program ends, FAULT_CREATED one that
   gets the path of every file that is opened to be created. With FAULT_NAMED set, no file can be without a name.
   Standard output and standard error are left alone. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long count;
static long at;
static int error_number;
static int is_kill;
static int is_forever;

__attribute__((constructor)) static void read_orders(void) {
  const char* place = getenv("FAULT_AT");
  const char* kind = getenv("FAULT");
  at = place == NULL ? 0 : strtol(place, NULL, 10);
  if (kind == NULL) return;
  is_kill = strcmp(kind, "kill") == 0;
  is_forever = strncmp(kind, "ever:", 5) == 0;
  if (strchr(kind, ':') != NULL) error_number = atoi(strchr(kind, ':') + 1);
}

__attribute__((destructor)) static void tell_count(void) {
  const char* path = getenv("FAULT_LOG");
  if (path == NULL) return;
  FILE* file = fopen(path, "we");
  if (file == NULL) return;
  fprintf(file, "%ld", count);
  fclose(file);
}

/* Whether this call has to fail. */
static int fails(void) {
  ++count;
  if (at == 0 || count < at || (count > at && !is_forever)) return 0;
  if (is_kill) {
    kill(getpid(), SIGKILL);
    pause();
  }
  if (error_number == 0) return 0;
  errno = error_number;
  return 1;
}

#define REAL(name) ((__typeof__(name)*)dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void* bytes, size_t size) {
  if (file > STDERR_FILENO && fails()) return -1;
  return REAL(write)(file, bytes, size);
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t place) {
  return fails() ? -1 : REAL(pwrite)(file, bytes, size, place);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t place) {
  return fails() ? -1 : REAL(pwrite64)(file, bytes, size, place);
}

int fsync(int file) { return fails() ? -1 : REAL(fsync)(file); }

int fdatasync(int file) { return fails() ? -1 : REAL(fdatasync)(file); }

int ftruncate(int file, off_t size) { return fails() ? -1 : REAL(ftruncate)(file, size); }

int ftruncate64(int file, off64_t size) { return fails() ? -1 : REAL(ftruncate64)(file, size); }

int rename(const char* from, const char* to) { return fails() ? -1 : REAL(rename)(from, to); }

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  return fails() ? -1 : REAL(renameat2)(from_folder, from, to_folder, to, flags);
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  return fails() ? -1 : REAL(renameat)(from_folder, from, to_folder, to);
}

int link(const char* from, const char* to) { return fails() ? -1 : REAL(link)(from, to); }

int unlink(const char* path) { return fails() ? -1 : REAL(unlink)(path); }

int mkdir(const char* path, mode_t mode) { return fails() ? -1 : REAL(mkdir)(path, mode); }

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) {
  return fails() ? -1 : REAL(linkat)(from_folder, from, to_folder, to, flags);
}

int unlinkat(int folder, const char* path, int flags) { return fails() ? -1 : REAL(unlinkat)(folder, path, flags); }

int mkdirat(int folder, const char* path, mode_t mode) { return fails() ? -1 : REAL(mkdirat)(folder, path, mode); }

int fchmod(int file, mode_t mode) { return fails() ? -1 : REAL(fchmod)(file, mode); }

int fchown(int file, uid_t owner, gid_t group) { return fails() ? -1 : REAL(fchown)(file, owner, group); }

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

#define OPENS(name)                                      \
  int name(const char* path, int flags, ...) {           \
    va_list more;                                        \
    va_start(more, flags);                               \
    mode_t mode = mode_of(flags, more);                  \
    va_end(more);                                        \
    log_creation(path, flags);                           \
    return REAL(name)(path, flags, mode);                \
  }

OPENS(open)
OPENS(open64)

int openat(int folder, const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  mode_t mode = mode_of(flags, more);
  va_end(more);
  return lacks_name(flags) ? -1 : REAL(openat)(folder, path, flags, mode);
}
