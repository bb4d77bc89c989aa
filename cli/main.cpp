#include <fcntl.h>
#include <unistd.h>

#include "cli/app.hpp"
#include "core/base/interruption.hpp"
#include "core/base/sink.hpp"

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

}  // namespace

int main(int argc, char** argv) {
  occupy_standard_streams();
  covenant::clean_up_when_interrupted();
  covenant::FileSink out(STDOUT_FILENO, "standard output");
  covenant::FileSink err_file(STDERR_FILENO, "standard error");
  covenant::LossySink err(err_file);
  covenant::Env env = covenant::real_env(out, err);
  return static_cast<int>(covenant::run_app({argv + 1, argv + argc}, env));
}
