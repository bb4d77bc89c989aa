#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "core/history/record.hpp"

namespace covenant {

namespace {

struct InitOptions {
  bool dry_run = false;
};

ExitCode init(Context& context, const InitOptions& options) {
  const std::string path = context.registry_path();
  const Deed& deed = context.deed();
  if (options.dry_run) {
    if (std::filesystem::exists(path))
      throw Error(ErrorKind::conflict, path + ": already exists; choose another name");
    context.say(fmt::format("Would create the registry {}.", path));
    return ExitCode::done;
  }
  if (!context.registry_was_named()) {
    std::error_code error;  // a folder that cannot be made shows when the file is
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  }
  Registry::create(path, [&](Write& write) { record_init(write, deed); });
  context.say(fmt::format("Created the registry {}.", path));
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<InitOptions>();
  flags.flag("--dry-run", options->dry_run, "report the same but write nothing");
  return [options](Context& context) { return init(context, *options); };
}

}  // namespace

Command init_command() {
  return {"init", CommandGroup::set_up, "create the registry", declare};
}

}  // namespace covenant
