#include "cli/editor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/sink.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// The same for all forms, so that each run finds what any other left.
constexpr std::string_view workplace_name = "edit";

[[noreturn]] void fail(const std::string& path) {
  throw Error(ErrorKind::file,
              fmt::format("cannot write {}: {}", for_terminal(path), std::generic_category().message(errno)));
}

Descriptor open_folder(const std::string& path) {
  Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) fail(path);
  return folder;
}

/// Keys that interrupt are for the editor, as long as it runs.
class KeysLeftToEditor {
 public:
  KeysLeftToEditor() {
    struct sigaction ignored {};
    ignored.sa_handler = SIG_IGN;
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &ignored, &before_[i]);
  }
  KeysLeftToEditor(const KeysLeftToEditor&) = delete;
  KeysLeftToEditor& operator=(const KeysLeftToEditor&) = delete;
  ~KeysLeftToEditor() { restore(); }

  /// Also in the process that becomes the editor.
  void restore() const {
    for (std::size_t i = 0; i < signals.size(); ++i) ::sigaction(signals[i], &before_[i], nullptr);
  }

 private:
  static constexpr std::array signals = {SIGINT, SIGQUIT};
  std::array<struct sigaction, signals.size()> before_{};
};

}  // namespace

EditedFile::EditedFile(const Env& env, std::string name, std::string_view text)
    : place_path_(env.variable("TMPDIR").value_or("/tmp")),
      place_(open_folder(place_path_)),
      workplace_(place_.get(), workplace_name),
      name_(std::move(name)) {
  if (!workplace_.is_made()) fail(place_path_);
  const Descriptor file(::openat(workplace_.folder(), name_.c_str(),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file) fail(path());
  FileSink sink(file.get(), path());
  sink.write(text);
  sink.flush();
}

std::string EditedFile::path() const {
  return fmt::format("{}/{}/{}", place_path_, workplace_.name(), name_);
}

std::string EditedFile::keep() const {
  // Nobody else can have guessed the name.
  const std::string kept = fmt::format("covenant-{}-{}", to_hex(random_bytes(8)), name_);
  if (::renameat(workplace_.folder(), name_.c_str(), place_.get(), kept.c_str()) != 0) fail(place_path_);
  return place_path_ + "/" + kept;
}

void EditedFile::edit(const Env& env) const {
  const auto visual = env.variable("VISUAL");
  const std::string editor = visual ? *visual : env.variable("EDITOR").value_or("editor");
  // As the shell reads it: it may have options, and blanks in quotes.
  const std::string command = editor + " \"$@\"";
  const std::string file = path();
  const KeysLeftToEditor keys;
  const pid_t child = ::fork();
  if (child == 0) {
    keys.restore();
    ::execl("/bin/sh", "sh", "-c", command.c_str(), editor.c_str(), file.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(ErrorKind::usage,
                fmt::format("the editor {} failed; set $VISUAL or $EDITOR", in_quotes(editor)));
  }
}

}  // namespace covenant
