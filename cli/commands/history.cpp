#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/files.hpp"
#include "core/check/chain.hpp"
#include "core/formats/text_table.hpp"
#include "core/history/checkpoint.hpp"
#include "core/history/event_list.hpp"
#include "core/history/summary.hpp"
#include "core/ops/find.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/json.hpp"

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
  std::optional<DayWord> until;
  std::optional<ActorName> actor;
  EventFilter filter;  ///< the other filters
  bool runs = false;
  bool checkpoint = false;
  bool prove = false;
  std::optional<std::string> key;
  std::optional<std::uint64_t> extends;
};

/// "2026-11-23 09:52" of an instant.
std::string to_the_minute(const Instant& at) {
  std::string text = at.str().substr(0, 16);
  text[10] = ' ';
  return text;
}

/// How much of an actor's name a terminal shows.
constexpr std::size_t actor_width = 16;

/// The events as a table for people.
class EventTable {
 public:
  EventTable(Context& context, Read& read, const EventFilter& filter)
      : read_(read),
        has_partners_(!filter.partner),
        table_(columns(read, has_partners_), {"change", RowDetail::Lines::wrapped}, context.out(),
               context.table_look()) {}

  void add(EventRecord event) {
    // Events of one command have the same time.
    if (at_ != event.at) minute_ = to_the_minute(at_.emplace(event.at));
    cells_ = {std::to_string(event.seq), minute_, event.actor, event.action};
    if (has_partners_) {
      cells_.push_back(event.partner ? event.partner->str() : "");
      cells_.push_back(event.partner ? find_name_of(read_, *event.partner).value_or("") : "");
    }
    table_.row(cells_, summary_of(read_, std::move(event)));
  }

  void finish() { table_.finish(); }

 private:
  static std::vector<TextColumn> columns(Read& read, bool has_partners) {
    constexpr std::size_t common_digits = 5;
    const std::size_t digits = std::max(common_digits, std::to_string(log_size(read)).size());
    std::vector<TextColumn> columns{{"seq", TextColumn::Side::right, digits},
                                    {"at (UTC)"},
                                    {"actor", TextColumn::Side::left, 0, actor_width},
                                    {"action"}};
    if (has_partners) columns.insert(columns.end(), {{"partner"}, {""}});
    return columns;
  }

  Read& read_;
  bool has_partners_;
  TextTable table_;
  std::vector<std::string> cells_;
  std::optional<Instant> at_;  ///< of the event before
  std::string minute_;
};

/// A table without rows would be a riddle on a terminal.
template <class Table>
void finish(Context& context, Table& table, std::uint64_t rows) {
  if (rows == 0 && context.env().out_terminal.is_terminal) return context.say("No events match.");
  table.finish();
}

void print_events(Context& context, Read& read, const EventFilter& filter) {
  EventTable table(context, read, filter);
  std::uint64_t rows = 0;
  for_each_event(read, filter, [&](const StoredEvent& /*stored*/, EventRecord event) {
    ++rows;
    table.add(std::move(event));
  });
  finish(context, table, rows);
}

void print_bodies(Context& context, Read& read, const EventFilter& filter) {
  for_each_event(read, filter, [&](const StoredEvent& stored, const EventRecord& /*event*/) {
    context.out().write(stored.body);
    context.out().write("\n");
  });
}

std::string json_line(const RunSummary& run) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().member("run", run.run).member("at", run.at.str()).member("actor", run.actor);
  json.member("command", run.command).member("events", static_cast<std::int64_t>(run.events));
  json.member("partners", static_cast<std::int64_t>(run.partners));
  json.end_object();
  return line + "\n";
}

void print_runs(Context& context, Read& read, const EventFilter& filter) {
  using Side = TextColumn::Side;
  TextTable table({{"run"},
                   {"at (UTC)"},
                   {"actor", Side::left, 0, actor_width},
                   {"command"},
                   {"events", Side::right},
                   {"partners", Side::right}},
                  {}, context.out(), context.table_look());
  std::uint64_t rows = 0;
  for_each_run(read, filter, [&](const RunSummary& run) {
    ++rows;
    table.row({run.run, to_the_minute(run.at), run.actor, run.command, std::to_string(run.events),
               std::to_string(run.partners)});
  });
  finish(context, table, rows);
}

ExitCode print(Context& context, const HistoryOptions& options) {
  EventFilter filter = options.filter;
  filter.since = on(options.since, context.today());
  filter.until = on(options.until, context.today());
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  if (options.actor) filter.actor = options.actor->text;
  if (options.ref) filter.partner = require_by_ref(read, *options.ref).id;
  if (options.format == HistoryFormat::table) {
    options.runs ? print_runs(context, read, filter) : print_events(context, read, filter);
  } else if (options.runs) {
    for_each_run(read, filter, [&](const RunSummary& run) { context.out().write(json_line(run)); });
  } else {
    print_bodies(context, read, filter);
  }
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
  check_history(read, [](const std::string& what) { damaged(what); });
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
  return print(context, options);
}

Run declare(Flags& flags) {
  auto options = std::make_shared<HistoryOptions>();
  flags.argument("REF", options->ref, "partner: id, reference, acronym or name");
  flags.format(options->format);
  flags.option("--since", "DATE", options->since, "first day to list (UTC)");
  flags.option("--until", "DATE", options->until, "last day to list (UTC)");
  flags.option("--actor", "NAME", options->actor, "who recorded the events");
  flags.option("--action", "ACTION", options->filter.action, "action of the events");
  flags.offer("--action", ActionName::all());
  flags.option("--run", "RUN", options->filter.run, "run of the events");
  flags.flag("--runs", options->runs, "list the runs, one line each");
  flags.option("--limit", "N", options->filter.limit, "most events or runs to list, the latest");
  flags.flag("--checkpoint", options->checkpoint,
             "print a checkpoint of the whole history, to keep elsewhere");
  flags.flag("--prove", options->prove, "print a proof that the partner's approval is in the history");
  flags.option("--key", "FILE", options->key, "Ed25519 key to sign the checkpoint with, PEM");
  flags.option("--extends", "SIZE", options->extends,
               "print the consistency path from a history of SIZE events");
  for (const char* proof : {"--checkpoint", "--prove", "--extends"})
    flags.excludes(proof, {"--since", "--until", "--actor", "--action", "--run", "--runs", "--limit"});
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
