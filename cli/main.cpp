#include <unistd.h>

#include "cli/app.hpp"
#include "core/base/file_sink.hpp"

int main(int argc, char** argv) {
  covenant::FileSink out(STDOUT_FILENO, "standard output");
  covenant::FileSink err(STDERR_FILENO, "standard error");
  covenant::Env env = covenant::real_env(out, err);
  return static_cast<int>(covenant::run_app({argv + 1, argv + argc}, env));
}
