#include "core/history/record.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/base/files.hpp"
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
  std::optional<std::string> format;
  std::optional<std::string> since;
  bool checkpoint = false;
  bool prove = false;
  std::optional<std::string> key;
  std::optional<std::string> extends;
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
  const HistoryFormat format = parse_choice_or("--format", options.format, HistoryFormat::table);
  EventQuery query;
  query.since = parse_option<Date>("--since", options.since, ErrorKind::usage);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  if (options.ref) query.partner = require_by_ref(read, *options.ref).id;
  const std::size_t width = context.env().out_terminal.width;
  for_each_event(read, query, [&](const StoredEvent& event) {
    if (format == HistoryFormat::jsonl) {
      context.out().write(event.body);
      context.out().write("\n");
    } else {
      context.out().write(table_line(summarise_event(event.body), width));
    }
  });
  return ExitCode::done;
}

/// What is asked of the history besides reading it.
std::string for_outsiders(Read& read, const HistoryOptions& options) {
  std::optional<Ed25519Key> key;
  constexpr std::uint64_t largest_key = 64ULL * 1024;
  if (options.key) key.emplace(Ed25519Key::private_key(read_file(*options.key, largest_key), *options.key));
  const Ed25519Key* signer = key ? &*key : nullptr;
  if (options.checkpoint) return make_checkpoint(read, signer);
  if (options.prove) return make_proof(read, require_by_ref(read, *options.ref), signer);
  return make_extension(read, parse_count_or("--extends", options.extends, 0));
}

ExitCode history(Context& context, const HistoryOptions& options) {
  const int proofs = (options.checkpoint ? 1 : 0) + (options.prove ? 1 : 0) + (options.extends ? 1 : 0);
  if (proofs > 1) throw Error(ErrorKind::usage, "give one of --checkpoint, --prove and --extends");
  if (options.prove != options.ref.has_value() && proofs == 1) {
    throw Error(ErrorKind::usage, "--prove is about one partner: give its REF, and only then");
  }
  if (options.key && !options.checkpoint && !options.prove) {
    throw Error(ErrorKind::usage, "--key goes with --checkpoint or --prove");
  }
  if (proofs == 1) {
    Registry registry = context.open(OpenMode::read);
    Read read = registry.read();
    context.out().write(for_outsiders(read, options));
    return ExitCode::done;
  }
  return print_events(context, options);
}

}  // namespace

Run declare_history(Flags& flags) {
  auto options = std::make_shared<HistoryOptions>();
  flags.argument("REF", options->ref, "only of this partner: its id or its reference");
  flags.option("--format", "table|jsonl", options->format,
               "jsonl gives the events byte for byte (default table)");
  flags.option("--since", "DATE", options->since, "from that day on (UTC)");
  flags.flag("--checkpoint", options->checkpoint, "a checkpoint of the whole history, to be kept elsewhere");
  flags.flag("--prove", options->prove, "a proof that the partner's approval stands in the history");
  flags.option("--key", "FILE", options->key, "sign the checkpoint with this Ed25519 key, PEM");
  flags.option("--extends", "SIZE", options->extends, "the consistency path from the history of SIZE events");
  return [options](Context& context) { return history(context, *options); };
}

}  // namespace covenant
