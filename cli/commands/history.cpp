#include "core/history/record.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/files.hpp"
#include "core/check/chain.hpp"
#include "core/history/checkpoint.hpp"
#include "core/history/summary.hpp"
#include "core/ops/find.hpp"
#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

enum class HistoryFormat { table, jsonl };

template <>
struct Codes<HistoryFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"table", "jsonl"};
};

namespace {

struct HistoryOptions {
  std::optional<std::string> ref;
  HistoryFormat format = HistoryFormat::table;
  std::optional<DayWord> since;
  bool checkpoint = false;
  bool prove = false;
  std::optional<std::string> key;
  std::optional<std::uint64_t> extends;
};

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(text) + std::string(taken < width ? width - taken : 0, ' ');
}

/// "2026-11-23T09:52:00.123Z" without what people do not need.
std::string to_the_second(const std::string& at) {
  std::string text = at.substr(0, 19);
  if (text.size() == 19) text[10] = ' ';
  return text;
}

std::string table_line(const EventSummary& event, std::size_t width) {
  constexpr std::size_t actor_width = 16;
  std::string line =
      fmt::format("{:>6}  {}  {}  {:<8}  {:<8}  {}", event.seq, to_the_second(event.at),
                  padded(clipped(for_terminal(event.actor), actor_width), actor_width), event.action,
                  event.partner ? event.partner->str() : "", for_terminal(event.what));
  if (width > 0) line = clipped(line, width);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

ExitCode print_events(Context& context, const HistoryOptions& options) {
  EventQuery query;
  query.since = on(options.since, context.today());
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  if (options.ref) query.partner = require_by_ref(read, *options.ref).id;
  const std::size_t width = context.env().out_terminal.width;
  for_each_event(read, query, [&](const StoredEvent& event) {
    if (options.format == HistoryFormat::jsonl) {
      context.out().write(event.body);
      context.out().write("\n");
    } else {
      context.out().write(table_line(summarise_event(read, event.body), width));
    }
  });
  return ExitCode::done;
}

/// @throws Error{file} when the key cannot be read, or others than its owner can read it
Ed25519Key read_key(const std::string& path) {
  constexpr std::uint64_t largest = 64ULL * 1024;
  Ed25519Key key = Ed25519Key::private_key(read_file(path, largest), path);
  if (is_open_to_others(path))
    throw Error(ErrorKind::file, path + ": a private key that others can read; run 'chmod 600' on it");
  return key;
}

/// Nobody vouches for a history that is not valid. @throws Error{damaged}
void demand_valid_history(Read& read) {
  check_history(read, [](const std::string& what) { damaged(what + "; see 'covenant check'"); });
}

/// What is asked of the history besides reading it.
std::string for_outsiders(Read& read, const HistoryOptions& options) {
  std::optional<Ed25519Key> key;
  if (options.key) key.emplace(read_key(*options.key));
  if (options.checkpoint || options.prove) demand_valid_history(read);
  const Ed25519Key* signer = key ? &*key : nullptr;
  if (options.checkpoint) return make_checkpoint(read, signer);
  if (options.prove) return make_proof(read, require_by_ref(read, *options.ref), signer);
  return make_extension(read, *options.extends);
}

ExitCode history(Context& context, const HistoryOptions& options) {
  if (options.checkpoint || options.prove || options.extends) {
    Registry registry = context.open(OpenMode::read);
    Read read = registry.read();
    context.out().write(for_outsiders(read, options));
    return ExitCode::done;
  }
  return print_events(context, options);
}

Run declare(Flags& flags) {
  auto options = std::make_shared<HistoryOptions>();
  flags.argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.format(options->format);
  flags.option("--since", "DATE", options->since, "first day to list (UTC)");
  flags.flag("--checkpoint", options->checkpoint,
             "print a checkpoint of the whole history, to keep elsewhere");
  flags.flag("--prove", options->prove, "print a proof that the partner's approval is in the history");
  flags.option("--key", "FILE", options->key, "Ed25519 key to sign the checkpoint with, PEM");
  flags.option("--extends", "SIZE", options->extends,
               "print the consistency path from a history of SIZE events");
  flags.excludes("--checkpoint", {"--prove", "--extends", "REF"});
  flags.excludes("--extends", {"--prove", "REF"});
  flags.needs("--prove", {"REF"});
  flags.needs("--key", {"--checkpoint", "--prove"});
  return [options](Context& context) { return history(context, *options); };
}

}  // namespace

Command history_command() {
  return {"history", CommandGroup::look_up, "show who changed what, and when", declare};
}

}  // namespace covenant
