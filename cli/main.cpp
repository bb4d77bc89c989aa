#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string_view>

#include "cli/app.hpp"
#include "core/base/interruption.hpp"
#include "core/base/sink.hpp"
#include "core/text/icu_memory.hpp"

namespace {

/// A standard stream that is closed would be the next file opened, and what is printed would end up in that.
void occupy_standard_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0) continue;
    // The wrong way round, so that using it fails. The lowest free number is this one.
    const int opened = ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    if (opened != descriptor) ::_exit(static_cast<int>(covenant::ExitCode::file));
  }
}

int run(int argc, char** argv) {
  covenant::FileSink out(STDOUT_FILENO, "standard output");
  covenant::FileSink err_file(STDERR_FILENO, "standard error");
  covenant::LossySink err(err_file);
  covenant::Env env = covenant::real_env(out, err);
  return static_cast<int>(covenant::run_app({argv + 1, argv + argc}, env));
}

/// Without any memory.
int report_exhaustion() {
  constexpr std::string_view message = "covenant: out of memory\n";
  static_cast<void>(!::write(STDERR_FILENO, message.data(), message.size()));
  return static_cast<int>(covenant::ExitCode::fault);
}

/// CLI11 and ICU have functions that promise not to throw, and do where memory is short.
[[noreturn]] void end_after_exception() {
  try {
    if (const auto thrown = std::current_exception()) std::rethrow_exception(thrown);
  } catch (const std::bad_alloc&) {
    covenant::remove_unfinished();
    ::_exit(report_exhaustion());
  } catch (...) {
    std::abort();
  }
  std::abort();
}

}  // namespace

int main(int argc, char** argv) {
  occupy_standard_streams();
  covenant::clean_up_when_interrupted();
  std::set_terminate(end_after_exception);
  covenant::let_icu_demand_memory();
  try {
    return run(argc, argv);
  } catch (const std::bad_alloc&) {
    return report_exhaustion();
  }
}
