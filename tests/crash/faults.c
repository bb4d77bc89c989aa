/* Counts the calls by which a program changes files, and at the one that FAULT_AT names (from 1) kills the program
   before it (FAULT=kill) or lets it fail with an error number: once (FAULT=once:28) or from then on
   (FAULT=ever:28). FAULT_LOG names a file that gets the number of calls when the program ends. Standard output and
   standard error are left alone. */
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

int link(const char* from, const char* to) { return fails() ? -1 : REAL(link)(from, to); }

int unlink(const char* path) { return fails() ? -1 : REAL(unlink)(path); }

int mkdir(const char* path, mode_t mode) { return fails() ? -1 : REAL(mkdir)(path, mode); }
