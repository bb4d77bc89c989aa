#include "cli/env.hpp"

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdlib>

namespace covenant {

namespace {

std::optional<std::string> variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

/// The number of columns or rows that a variable names; nothing unless it is a whole number from 1 on.
std::optional<std::size_t> number_in(const char* name) {
  const auto text = variable(name);
  std::size_t number = 0;
  if (!text) return std::nullopt;
  const char* const end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || rest != end || number == 0) return std::nullopt;
  return number;
}

Terminal terminal(int descriptor) {
  if (::isatty(descriptor) == 0) return {};
  winsize size{};
  constexpr std::size_t default_width = 80;
  constexpr std::size_t default_height = 24;
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0) size = {};
  return {true, size.ws_col > 0 ? size.ws_col : number_in("COLUMNS").value_or(default_width),
          size.ws_row > 0 ? size.ws_row : number_in("LINES").value_or(default_height)};
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
