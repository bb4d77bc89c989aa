#include "cli/env.hpp"

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace covenant {

namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

Terminal terminal(int descriptor) {
  if (::isatty(descriptor) == 0) return {};
  winsize size{};
  constexpr std::size_t default_width = 80;
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return {true, default_width};
  return {true, size.ws_col};
}

std::string login_name() {
  const passwd* account = ::getpwuid(::getuid());
  return account == nullptr ? "uid " + std::to_string(::getuid()) : account->pw_name;
}

}  // namespace

Env real_env(TextSink& out, TextSink& err) {
  using namespace std::chrono;
  return {out,
          err,
          terminal(STDOUT_FILENO),
          terminal(STDERR_FILENO),
          variable,
          Instant::of(floor<milliseconds>(system_clock::now())),
          static_cast<std::int64_t>(::getuid()),
          login_name};
}

}  // namespace covenant
