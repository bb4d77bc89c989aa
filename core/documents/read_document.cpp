#include "core/documents/read_document.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <optional>
#include <string>
#include <utility>

#include "core/base/descriptor.hpp"
#include "core/base/error.hpp"
#include "core/documents/reader_protocol.hpp"

namespace covenant {

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void cannot(const char* what) {
  throw Error(ErrorKind::file,
              std::string("cannot start reading a document: ") + what + ": " + std::strerror(errno));
}

void write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) cannot("memory");
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// The request and the document as a file without a name that nobody can change any more.
Descriptor file_of(const ReadRequest& request, std::uint64_t size, const ByteSource& source) {
  Descriptor file(::memfd_create("document", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!file) cannot("memory");
  write_all(file.get(), to_bytes(request, size));
  std::array<char, 65536> block;
  while (const std::size_t count = source(block.data(), block.size()))
    write_all(file.get(), {block.data(), count});
  ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
  return file;
}

/// The process that reads; killed if it is still there at the end.
class ReaderProcess {
 public:
  ReaderProcess(DocumentKind kind, int input, int output) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string program("covenant");
    std::string word(read_request);
    std::string kind_code(code_of(kind));
    const std::array<char*, 4> arguments = {program.data(), word.data(), kind_code.data(), nullptr};
    std::string locale("LC_ALL=C.UTF-8");
    const std::array<char*, 2> environment = {locale.data(), nullptr};
    errno = ::posix_spawn(&id_, "/proc/self/exe", &files, &attributes, arguments.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (errno != 0) {
      id_ = 0;
      cannot("the program");
    }
  }
  ReaderProcess(const ReaderProcess&) = delete;
  ReaderProcess& operator=(const ReaderProcess&) = delete;
  ~ReaderProcess() {
    if (id_ == 0) return;
    ::kill(id_, SIGKILL);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  /// Its status, once it ended; nothing when it did not until then.
  std::optional<int> status_by(Clock::time_point end) {
    for (int status = 0; Clock::now() < end;) {
      const pid_t ended = ::waitpid(id_, &status, WNOHANG);
      if (ended == id_) {
        id_ = 0;
        return status;
      }
      constexpr timespec moment{0, 100'000};
      ::nanosleep(&moment, nullptr);
    }
    return std::nullopt;
  }

 private:
  pid_t id_ = 0;
};

[[noreturn]] void took_too_long() {
  throw Error(ErrorKind::bad_input, "takes too long to read, or too much memory; it may be made to do so");
}

/// All that comes out of a pipe before the time is over, if that is an answer's size.
std::string read_until(int pipe, Clock::time_point end) {
  std::string text;
  std::array<char, 65536> block;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = left.count() > 0 ? ::poll(&waiting, 1, static_cast<int>(left.count())) : 0;
    if (ready == 0) took_too_long();
    const ssize_t count = ready < 0 ? -1 : ::read(pipe, block.data(), block.size());
    if (count < 0 && errno != EINTR) cannot("a pipe");
    if (count == 0) return text;
    if (count > 0) text.append(block.data(), static_cast<std::size_t>(count));
    if (text.size() > 2 * longest_reading) return text;
  }
}

[[noreturn]] void fail_by(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == static_cast<int>(ReaderEnd::no_module))
    throw Error(ErrorKind::file, "cannot load the part of the program that reads documents");
  const bool is_beyond =
      (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) ||
      (WIFEXITED(status) && WEXITSTATUS(status) == static_cast<int>(ReaderEnd::out_of_memory));
  if (is_beyond) took_too_long();
  throw Error(ErrorKind::bad_input, "cannot be read: the process that reads it broke off; it may be damaged");
}

}  // namespace

ReadAnswer read_document(const ReadRequest& request, DocumentKind kind, std::uint64_t size,
                         const ByteSource& source, std::chrono::milliseconds most) {
  const Clock::time_point end = Clock::now() + most;
  const Descriptor input = file_of(request, size, source);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) cannot("a pipe");
  const Descriptor output(ends[0]);
  Descriptor to_write(ends[1]);
  ReaderProcess process(kind, input.get(), to_write.get());
  to_write.close();
  const std::string json = read_until(output.get(), end);
  const auto status = process.status_by(end);
  if (!status) took_too_long();
  if (!WIFEXITED(*status) || WEXITSTATUS(*status) != static_cast<int>(ReaderEnd::done)) fail_by(*status);
  auto answer = parse_answer(json);
  if (!answer || answer->reading.kind != kind || answer->reading.size != size) {
    throw Error(ErrorKind::bad_input, "cannot be read: the process that reads it answered what is no answer");
  }
  return *std::move(answer);
}

}  // namespace covenant
