#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "core/history/record.hpp"
#include "core/ops/bundle.hpp"

namespace covenant {

namespace {

struct InitOptions {
  std::optional<std::string> from;
  bool dry_run = false;
};

std::string counted(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

void restore(Context& context, const std::string& path, const InitOptions& options) {
  Restored restored{};
  const auto fill = [&](Write& write) { restored = restore_bundle(write, *options.from); };
  Registry::create(path, fill, options.dry_run ? Registry::Kept::no : Registry::Kept::yes);
  const std::string what =
      fmt::format("the registry {} from {} ({}, {})", path, *options.from, counted(restored.events, "event"),
                  counted(static_cast<std::uint64_t>(restored.partners), "partner"));
  context.say(sentence_of(options.dry_run ? Mood::would : Mood::done, {"restored", "restore"}, what));
}

ExitCode init(Context& context, const InitOptions& options) {
  const std::string path = context.registry_path();
  const Deed& deed = context.deed();
  if (options.dry_run && !options.from) {
    if (std::filesystem::exists(path))
      throw Error(ErrorKind::conflict, path + ": already exists; choose another name");
    context.say(fmt::format("Would create the registry {}.", path));
    return ExitCode::done;
  }
  if (!options.dry_run && !context.registry_was_named()) {
    std::error_code error;  // a folder that cannot be made shows when the file is
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), error);
  }
  if (options.from) {
    restore(context, path, options);
    return ExitCode::done;
  }
  Registry::create(path, [&](Write& write) { record_init(write, deed); });
  context.say(fmt::format("Created the registry {}.", path));
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<InitOptions>();
  flags.option("--from", "FOLDER", options->from, "bundle to restore");
  flags.flag("--dry-run", options->dry_run, "report the same but write nothing");
  return [options](Context& context) { return init(context, *options); };
}

}  // namespace

Command init_command() {
  return {"init", CommandGroup::set_up, "create the registry, or restore a bundle", declare};
}

}  // namespace covenant
