#include "cli/pager.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include "core/text/terminal.hpp"

namespace covenant {

namespace {

/// Whether the first word of a command is a program that can be run.
bool can_run(std::string_view command, const Env& env) {
  const std::size_t begin = command.find_first_not_of(' ');
  if (begin == std::string_view::npos) return false;
  const std::string program(command.substr(begin, command.find(' ', begin) - begin));
  if (program.find('/') != std::string::npos) return ::access(program.c_str(), X_OK) == 0;
  const std::string path = env.variable("PATH").value_or("/usr/bin:/bin");
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find(':', at), path.size());
    if (::access((path.substr(at, end - at) + "/" + program).c_str(), X_OK) == 0) return true;
    at = end + 1;
  }
  return false;
}

std::optional<std::string> pager_command(const Env& env) {
  const auto terminal = env.variable("TERM");
  if (!env.out_terminal.is_terminal || !terminal || *terminal == "dumb") return std::nullopt;
  std::string command = env.variable("PAGER").value_or("less");
  if (command == "cat" || !can_run(command, env)) return std::nullopt;
  return command;
}

constexpr std::array<int, 3> signals = {SIGINT, SIGQUIT, SIGPIPE};

}  // namespace

PagedSink::PagedSink(const Env& env)
    : env_(env), command_(pager_command(env)), is_wanted_(command_.has_value()) {}

PagedSink::~PagedSink() {
  if (pipe_ >= 0) ::close(pipe_);
  if (process_ > 0) ::waitpid(process_, nullptr, 0);
}

void PagedSink::write(std::string_view text) {
  if (!is_wanted_) return env_.out.write(text);
  if (process_ > 0) return feed(text);
  held_ += text;
  rows_ += rows_of(text);
  if (rows_ < env_.out_terminal.height) return;
  start(*command_);
  if (process_ > 0) return feed(std::exchange(held_, {}));
  is_wanted_ = false;
  env_.out.write(std::exchange(held_, {}));
}

void PagedSink::flush() {
  if (process_ > 0) {
    if (pipe_ >= 0) ::close(pipe_);
    pipe_ = -1;
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
    process_ = -1;
  }
  env_.out.write(std::exchange(held_, {}));
  env_.out.flush();
}

/// How many rows of the terminal a text ends; escape sequences take no column.
std::size_t PagedSink::rows_of(std::string_view text) {
  const std::size_t width = std::max<std::size_t>(env_.out_terminal.width, 1);
  std::size_t rows = 0;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\n\x1b");
    column_ += display_width(text.substr(0, end));
    if (end == std::string_view::npos) break;
    if (text[end] == '\n') {
      rows += 1 + (column_ > 0 ? (column_ - 1) / width : 0);
      column_ = 0;
      text.remove_prefix(end + 1);
    } else {
      const std::size_t last = text.find('m', end);
      text.remove_prefix(last == std::string_view::npos ? text.size() : last + 1);
    }
  }
  return rows;
}

void PagedSink::start(const std::string& command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return;
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  sigset_t defaults;
  ::sigemptyset(&defaults);
  for (const int signal : signals) ::sigaddset(&defaults, signal);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setsigdefault(&attributes, &defaults);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  // Ends at once what fits the screen, passes on colour, and leaves the text there at the end.
  std::string script = "export LESS=\"${LESS-FRX}\" LV=\"${LV--c}\"; " + command;
  std::string shell = "sh";
  std::string option = "-c";
  const std::array<char*, 4> words = {shell.data(), option.data(), script.data(), nullptr};
  const int error = ::posix_spawn(&process_, "/bin/sh", &actions, &attributes, words.data(), environ);
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
  if (error != 0) {
    ::close(ends[1]);
    process_ = -1;
    return;
  }
  pipe_ = ends[1];
  // Whoever interrupts the pager or leaves it early does not mean the command.
  for (const int signal : signals) std::signal(signal, SIG_IGN);
}

void PagedSink::feed(std::string_view text) {
  while (pipe_ >= 0 && !text.empty()) {
    const ssize_t written = ::write(pipe_, text.data(), text.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      ::close(pipe_);
      pipe_ = -1;
      return;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace covenant
