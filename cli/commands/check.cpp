#include "core/check/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/files.hpp"
#include "core/formats/style.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

enum class CheckFormat { text, json };

template <>
struct Codes<CheckFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"text", "json"};
};

namespace {

struct CheckOptions {
  std::optional<std::string> against;
  std::optional<std::string> public_key;
  CheckFormat format = CheckFormat::text;
};

constexpr std::uint64_t largest_note = 1024ULL * 1024;

/// What the history is compared with, read before anything is checked.
struct TrustedCheckpoint {
  std::string note;
  std::optional<Ed25519Key> key;
};

std::optional<TrustedCheckpoint> read_checkpoint(const CheckOptions& options) {
  if (!options.against) return std::nullopt;
  TrustedCheckpoint checkpoint{read_file(*options.against, largest_note), std::nullopt};
  if (options.public_key) {
    checkpoint.key.emplace(
        Ed25519Key::public_key(read_file(*options.public_key, largest_note), *options.public_key));
  }
  return checkpoint;
}

/// What a check found, for people: its first fault or note, and how many more there are.
std::string found_by(const CheckResult& result) {
  const std::uint64_t count = result.is_ok() ? result.notes : result.found;
  if (count == 0) return "";
  const std::string first = for_terminal(result.is_ok() ? result.first_note : result.first);
  return count == 1 ? first : fmt::format("{} (and {} more)", first, count - 1);
}

/// A line with tabs; on a terminal columns, the last of which is wrapped.
std::string as_line(const CheckResult& result, const TableLook& look) {
  constexpr std::size_t name_width = 14;
  constexpr std::size_t word_width = 8;
  constexpr std::size_t narrowest = 20;
  const std::string found = found_by(result);
  const std::string_view word = !result.is_ok() ? "failed" : found.empty() ? "ok" : "note";
  if (look.width == 0)
    return fmt::format("{}\t{}{}{}\n", result.name, word, found.empty() ? "" : "\t", found);
  std::string text = fmt::format("{:<{}}", result.name, name_width);
  const std::string_view style = !result.is_ok() ? red : found.empty() ? green : yellow;
  append_styled(text, word, look.color == Color::ansi ? style : std::string_view());
  if (found.empty()) return text + "\n";
  text.append(word_width - word.size(), ' ');
  constexpr std::size_t indent = name_width + word_width;
  const std::size_t room = std::max(narrowest, look.width - std::min(look.width, indent));
  return text + fmt::format("{}\n", fmt::join(wrapped(found, room), "\n" + std::string(indent, ' ')));
}

std::string with_notes(std::uint64_t notes) {
  return notes == 0 ? "" : fmt::format(", with {} note{}", notes, notes == 1 ? "" : "s");
}

std::string as_json(const std::vector<CheckResult>& results, bool all_ok) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("ok").raw(all_ok ? "true" : "false").key("checks").begin_array();
  for (const CheckResult& result : results) {
    json.begin_object().member("name", result.name).key("ok").raw(result.is_ok() ? "true" : "false");
    json.member("faults", static_cast<std::int64_t>(result.found)).key("first");
    result.is_ok() ? json.null() : json.value(for_terminal(result.first));
    json.member("notes", static_cast<std::int64_t>(result.notes)).key("first_note");
    result.notes == 0 ? json.null() : json.value(for_terminal(result.first_note));
    json.end_object();
  }
  json.end_array().end_object();
  return text + "\n";
}

ExitCode check(Context& context, const CheckOptions& options) {
  const std::optional<TrustedCheckpoint> checkpoint = read_checkpoint(options);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  std::vector<CheckResult> results;
  const TableLook look = context.table_look();
  const std::string path = context.registry_path();
  bool all_ok = true;
  std::uint64_t failed = 0;
  std::uint64_t notes = 0;
  const auto sink = [&](const CheckResult& result) {
    all_ok = all_ok && result.is_ok();
    notes += result.notes;
    if (options.format == CheckFormat::text) context.out().write(as_line(result, look));
    failed += result.is_ok() ? 0 : 1;
    results.push_back(result);
  };
  check_registry(read, sink);
  const bool is_sound = all_ok;
  if (checkpoint) sink(check_against(read, checkpoint->note, checkpoint->key ? &*checkpoint->key : nullptr));
  if (options.format == CheckFormat::json) context.out().write(as_json(results, all_ok));
  if (!is_sound) {
    context.complain(fmt::format("{}: damaged, {} of {} checks failed; restore a backup, and keep this file",
                                 path, failed, results.size()));
  } else if (!all_ok) {
    context.complain(fmt::format("{}: sound in itself, but not what the checkpoint vouches for", path));
  } else {
    context.say(fmt::format("{} is sound{}.", path, with_notes(notes)));
  }
  return all_ok ? ExitCode::done : ExitCode::damaged;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<CheckOptions>();
  flags.option("--against", "FILE", options->against, "checkpoint that the history has to extend");
  flags.option("--public-key", "FILE", options->public_key, "Ed25519 key that signed the checkpoint, PEM");
  flags.needs("--public-key", {"--against"});
  flags.format(options->format);
  return [options](Context& context) { return check(context, *options); };
}

}  // namespace

Command check_command() {
  return {"check", CommandGroup::publish, "check the file, the history and the rules", declare};
}

}  // namespace covenant
