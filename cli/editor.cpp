#include "cli/editor.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "core/base/error.hpp"
#include "core/base/sink.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::string place_of(const Env& env) {
  return env.variable("TMPDIR").value_or("/tmp");
}

[[noreturn]] void fail(const std::string& path) {
  throw Error(ErrorKind::file,
              fmt::format("cannot write {}: {}", for_terminal(path), std::generic_category().message(errno)));
}

Descriptor open_place(const std::string& place) {
  Descriptor folder(::open(place.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) fail(place);
  return folder;
}

/// Its name in the place.
std::string make_folder(const std::string& place) {
  std::string path = place + "/covenant-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) fail(place);
  return path.substr(path.rfind('/') + 1);
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

EditedFile::EditedFile(const Env& env, const std::string& name, std::string_view text)
    : place_(open_place(place_of(env))),
      folder_(make_folder(place_of(env))),
      removed_(place_.get(), folder_),
      path_(place_of(env) + "/" + folder_ + "/" + name) {
  const Descriptor file(
      ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file) fail(path_);
  FileSink sink(file.get(), path_);
  sink.write(text);
  sink.flush();
}

EditedFile::~EditedFile() {
  std::error_code ignored;
  if (!is_kept_) std::filesystem::remove_all(std::filesystem::path(path_).parent_path(), ignored);
}

void EditedFile::edit(const Env& env) const {
  const auto visual = env.variable("VISUAL");
  const std::string editor = visual ? *visual : env.variable("EDITOR").value_or("editor");
  // As the shell reads it: it may have options, and blanks in quotes.
  const std::string command = editor + " \"$@\"";
  const KeysLeftToEditor keys;
  const pid_t child = ::fork();
  if (child == 0) {
    keys.restore();
    ::execl("/bin/sh", "sh", "-c", command.c_str(), editor.c_str(), path_.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(ErrorKind::usage,
                fmt::format("the editor '{}' failed; set $VISUAL or $EDITOR", for_terminal(editor)));
  }
}

}  // namespace covenant
