#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/change.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/history/event_list.hpp"
#include "core/history/summary.hpp"
#include "core/ops/undo.hpp"
#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

struct UndoOptions {
  std::optional<RunId> run;
  bool last = false;
  bool skip_changed = false;
  ChangeOptions change;
};

/// The run that is asked for, or the problem that there is none.
Result<RunInfo> find(Read& read, const UndoOptions& options, const std::string& actor) {
  const auto found = options.last ? find_last_run(read, actor) : find_run(read, options.run->text);
  if (found) return *found;
  if (options.last) {
    return Problem::of(ProblemCode::partner, actor,
                       fmt::format("{} recorded nothing that could be undone", in_quotes(actor)));
  }
  return Problem::of(ProblemCode::partner, options.run->text, fmt::format("no run '{}'", options.run->text));
}

/// What the events that undo a run say, a line each, the first ones alone.
std::vector<std::string> changes_of(Read& read, const std::string& run) {
  constexpr std::size_t most = 20;
  EventFilter filter;
  filter.run = RunId{run};
  std::vector<std::string> lines;
  std::size_t count = 0;
  for_each_event(read, filter, [&](const StoredEvent& /*stored*/, EventRecord event) {
    if (++count > most) return;
    const std::string id = event.partner ? event.partner->str() : "";
    const std::string summary = summary_of(read, std::move(event));
    lines.push_back(fmt::format("{}: {}", id, summary.substr(0, summary.find("; undone run: "))));
  });
  if (count > most) lines.push_back(fmt::format("and {} more", count - most));
  return lines;
}

/// Shows a change; on a terminal its further lines begin below what follows the partner's id.
void say_change(Context& context, const std::string& change) {
  constexpr std::size_t narrowest = 20;
  const std::size_t width = context.env().err_terminal.width;
  if (width == 0) return context.say(change);
  const std::size_t indent = change.find(' ') + 1;
  std::string before = change.substr(0, indent);
  const std::size_t room = std::max(narrowest, width - std::min(width, indent));
  for (const std::string& line : wrapped(line_for_terminal(change.substr(indent)), room))
    context.say(std::exchange(before, std::string(indent, ' ')) + line);
}

ExitCode run(Context& context, const UndoOptions& options) {
  std::optional<RunInfo> undone;
  std::vector<std::string> changes;
  const auto verbs = [&](Write& write, const VisitOutcome& visit) {
    auto info = find(write, options, context.deed().actor);
    if (!info) return visit(refuse(std::move(info).problem()));
    undone = *info;
    undo(write, *info, options.skip_changed ? ChangedSince::skipped : ChangedSince::refused,
         context.settings().policies, context.deed(), visit);
    changes = changes_of(write, context.deed().run);
  };
  const Sentence sentence = [&](const ChangeSummary& summary) {
    std::string text =
        fmt::format("run {}: {}", described(*undone), counted(summary.outcomes.size(), "partner"));
    if (summary.counts.unchanged > 0) text += fmt::format(", {} left as they are", summary.counts.unchanged);
    for (const std::string& change : changes) say_change(context, change);
    return sentence_of(summary.mood, {"undid", "undo"}, text);
  };
  const ExitCode code = change_several(context, options.change, verbs, sentence).code;
  // Of a document that was added again after its erasure.
  if (code == ExitCode::done && !options.change.dry_run) context.open(OpenMode::write).wipe(context.wait());
  return code;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<UndoOptions>();
  flags.argument("RUN", options->run, "id of the run to undo");
  flags.flag("--last", options->last, "undo the last run that this actor recorded");
  flags.one_of({"RUN", "--last"});
  flags.flag("--skip-changed", options->skip_changed, "leave partners as they are that were changed since");
  declare_change(flags, options->change);
  return [options](Context& context) { return run(context, *options); };
}

}  // namespace

Command undo_command() {
  return {"undo", CommandGroup::correct, "take back what one command recorded", declare};
}

}  // namespace covenant
