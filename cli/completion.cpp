#include "cli/completion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/language.hpp"
#include "core/model/policy.hpp"
#include "core/ops/find.hpp"
#include "core/ops/undo.hpp"
#include "core/site/country_name.hpp"
#include "core/store/evidence_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::string_view files = ":files\n";

const DeclaredOption* find_option(const DeclaredCommand& command, std::string_view name) {
  const auto found =
      std::find_if(command.options.begin(), command.options.end(),
                   [&](const DeclaredOption& option) { return !option.is_argument && option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

/// What the words before the cursor mean.
class Line {
 public:
  explicit Line(const std::vector<std::string>& words) : commands_(declared_commands()) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) take(words[i], i + 2 == words.size());
  }

  /// The command; the one without a name when there is none yet.
  const DeclaredCommand& command() const { return *command_; }
  bool has_command() const { return command_ != &commands_.front(); }
  const std::vector<DeclaredCommand>& commands() const { return commands_; }
  const Globals& globals() const { return globals_; }
  /// The option whose value the cursor is at.
  const DeclaredOption* open_option() const { return open_; }
  /// The argument that the cursor is at.
  const DeclaredOption* argument() const {
    std::size_t number = arguments_.size();
    for (const DeclaredOption& option : command_->options) {
      if (option.is_argument && (option.is_repeatable || number-- == 0)) return &option;
    }
    return nullptr;
  }
  const std::vector<std::string>& arguments() const { return arguments_; }
  bool may_be_option() const { return !after_options_; }

  const DeclaredOption* find(std::string_view name) const {
    const DeclaredOption* const option = find_option(*command_, name);
    return option != nullptr ? option : find_option(commands_.front(), name);
  }

  /// The options that can follow.
  std::vector<const DeclaredOption*> options() const {
    std::vector<const DeclaredOption*> all;
    for (const DeclaredCommand* of : {command_, &commands_.front()}) {
      for (const DeclaredOption& option : of->options) {
        const bool is_of_another = of != command_ && (option.name == "--help" || option.name == "--version");
        const bool is_given = std::find(given_.begin(), given_.end(), option.name) != given_.end();
        if (!option.is_argument && !is_of_another && (!is_given || option.is_repeatable))
          all.push_back(&option);
      }
      if (!has_command()) break;
    }
    return all;
  }

 private:
  void take(const std::string& word, bool is_last) {
    if (awaits_value_) return set_value(word);
    if (after_options_ || !word.starts_with("-") || word == "-") return take_argument(word);
    after_options_ = word == "--";
    const std::size_t equals = word.find('=');
    const DeclaredOption* const option = find(word.substr(0, equals));
    if (option == nullptr) return;
    given_.push_back(option->name);
    if (!option->takes_value) return;
    awaits_value_ = option;
    if (equals != std::string::npos) return set_value(word.substr(equals + 1));
    if (is_last) open_ = option;
  }

  void set_value(const std::string& value) {
    if (awaits_value_->name == "--registry") globals_.registry = value;
    if (awaits_value_->name == "--config") globals_.config = value;
    awaits_value_ = nullptr;
  }

  void take_argument(const std::string& word) {
    if (has_command()) return arguments_.push_back(word);
    const auto named = std::find_if(commands_.begin() + 1, commands_.end(),
                                    [&](const DeclaredCommand& command) { return command.name == word; });
    if (named != commands_.end()) command_ = &*named;
  }

  std::vector<DeclaredCommand> commands_;
  const DeclaredCommand* command_ = &commands_.front();
  Globals globals_;
  std::vector<std::string> given_;
  std::vector<std::string> arguments_;
  const DeclaredOption* awaits_value_ = nullptr;
  const DeclaredOption* open_ = nullptr;
  bool after_options_ = false;
};

/// Collects the words that begin as the one to complete does.
class Proposals {
 public:
  Proposals(std::string_view begin, std::string prefix) : begin_(begin), prefix_(std::move(prefix)) {}

  void add(std::string_view word, std::string_view meaning) {
    if (word.starts_with(begin_)) add_meant(word, meaning);
  }

  /// One that may begin otherwise.
  void add_meant(std::string_view word, std::string_view meaning) {
    lines_ += fmt::format("{}{}\t{}\n", prefix_, for_terminal(word), for_terminal(meaning));
  }

  std::string finish() { return std::move(lines_); }

 private:
  std::string_view begin_;
  std::string prefix_;
  std::string lines_;
};

void add_commands(Proposals& proposals, const Line& line) {
  for (const DeclaredCommand& command : line.commands())
    if (!command.name.empty()) proposals.add(command.name, command.summary);
}

/// Proposes what the registry has; `begin` is that of the word to complete.
using Propose = void (*)(Read& read, const Line& line, std::string_view begin, Proposals& proposals);

void propose_partners(Read& read, const Line& /*line*/, std::string_view begin, Proposals& proposals) {
  for_each_ref(read, begin,
               [&](std::string_view ref, std::string_view name) { proposals.add_meant(ref, name); });
}

void propose_runs(Read& read, const Line& /*line*/, std::string_view begin, Proposals& proposals) {
  constexpr std::size_t most = 20;
  std::size_t count = 0;
  for (const RunInfo& info : find_late_runs(read)) {
    if (!std::string_view(info.run).starts_with(begin) || ++count > most) continue;
    proposals.add(info.run, fmt::format("{} by {} on {}", info.action, info.actor, info.day.str()));
  }
}

void propose_actors(Read& read, const Line& /*line*/, std::string_view /*begin*/, Proposals& proposals) {
  std::set<std::string> actors;
  for (RunInfo& info : find_late_runs(read)) actors.insert(std::move(info.actor));
  for (const std::string& actor : actors) proposals.add(actor, "");
}

/// The partner that the first argument names.
std::optional<Partner> partner_of(Read& read, const Line& line) {
  if (line.arguments().empty()) return std::nullopt;
  auto found = find_by_ref_or_name(read, line.arguments().front());
  auto* const partner = std::get_if<Partner>(&found);
  return partner == nullptr ? std::nullopt : std::optional(std::move(*partner));
}

void propose_documents(Read& read, const Line& line, std::string_view /*begin*/, Proposals& proposals) {
  const auto partner = partner_of(read, line);
  if (!partner) return;
  std::size_t number = 0;
  for (const KeptDocument& kept : find_documents(read, partner->id)) {
    const auto& name = kept.document.name;
    proposals.add(std::to_string(++number),
                  fmt::format("{} {}", kept.day.str(), name ? name->str() : kept.document.type));
  }
}

void propose_practices(Read& read, const Line& line, std::string_view /*begin*/, Proposals& proposals) {
  const auto partner = partner_of(read, line);
  if (!partner) return;
  for (const Practice& practice : partner->application.practices) proposals.add(practice.title(), "");
}

/// How values that are in the registry are found; null for others.
Propose find_proposer(const DeclaredOption& declared) {
  if (declared.value_name == "REF") return propose_partners;
  if (declared.value_name == "RUN") return propose_runs;
  if (declared.name == "--actor" || declared.name == "--as") return propose_actors;
  if (declared.name == "--number" || declared.name == "--erase") return propose_documents;
  if (declared.name == "--remove-practice") return propose_practices;
  return nullptr;
}

std::string from_registry(Propose propose, std::string_view begin, const std::string& prefix,
                          const Line& line, Env& env) {
  Proposals proposals(begin, prefix);
  try {
    Context context(env, line.globals(), read_settings(line.globals().config, env));
    Registry registry = context.open(OpenMode::read);
    Read read = registry.read();
    propose(read, line, begin, proposals);
  } catch (const Error&) {  // the command itself will report it
    return "";
  }
  return proposals.finish();
}

/// The years that a report can be about.
std::string years(std::string_view begin, const std::string& prefix, const Line& line, Env& env) {
  Proposals proposals(begin, prefix);
  try {
    const Context context(env, line.globals(), read_settings(line.globals().config, env));
    const auto year_of = [](Date day) { return int(std::chrono::year_month_day(day.days()).year()); };
    for (int year = year_of(context.today()); year >= year_of(first_day); --year)
      proposals.add(std::to_string(year), "");
  } catch (const Error&) {  // the command itself will report it
    return "";
  }
  return proposals.finish();
}

void add_countries(Proposals& proposals) {
  for (const Country& country : Country::all())
    proposals.add(country.code(), country_name(OfficialLanguage::en, country));
}

/// What a value that is declared so can be; `prefix` comes before it in the same word.
std::string values(const DeclaredOption& declared, std::string_view begin, std::string prefix,
                   const Line& line, Env& env) {
  const std::string_view kind = declared.value_name;
  if (kind.starts_with("FILE") || kind == "FOLDER") return std::string(files);
  if (const Propose propose = find_proposer(declared))
    return from_registry(propose, begin, prefix, line, env);
  if (kind == "YEAR") return years(begin, prefix, line, env);
  if (declared.joint != '\0' && begin.find(declared.joint) != std::string_view::npos) {
    const std::size_t after = begin.rfind(declared.joint) + 1;
    prefix += begin.substr(0, after);
    begin.remove_prefix(after);
  }
  Choices choices = declared.choices;
  if (declared.name == "--columns") {
    choices.emplace_back("all");
    if (begin.starts_with('+')) {
      prefix += '+';
      begin.remove_prefix(1);
    }
  }
  Proposals proposals(begin, std::move(prefix));
  if (kind.ends_with("DATE")) choices = {"today", "yesterday"};
  if (declared.name == "--country") add_countries(proposals);
  if (line.command().name == "policy" && kind == "VALUE") {
    if (const auto policy = from_code<Policy>(line.arguments().front())) {
      for (const std::string_view value : values_of(*policy)) choices.emplace_back(value);
    }
  }
  for (const std::string& choice : choices) proposals.add(choice, "");
  if (kind == "COMMAND") add_commands(proposals, line);
  return proposals.finish();
}

std::string options(std::string_view begin, const Line& line) {
  Proposals proposals(begin, "");
  for (const DeclaredOption* option : line.options()) proposals.add(option->name, option->help);
  return proposals.finish();
}

constexpr std::string_view bash_script = R"(
_covenant() {
  local -a words=() lines=()
  local i line word
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]//[\"\'\\]/}
    # To bash a '=' is a word of its own.
    if ((${#words[@]})) && [[ $word == '=' || ${words[-1]} == *= ]]; then
      words[-1]+=$word
    else
      words+=("$word")
    fi
  done
  [[ $word != '=' ]] || word=''
  mapfile -t lines < <("${COMP_WORDS[0]}" __complete "${words[@]}" 2>/dev/null)
  if [[ ${lines[0]} == :files ]]; then
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    return
  fi
  lines=("${lines[@]%%$'\t'*}")
  # Names need to be quoted, but of a choice a folder may have the name.
  for line in "${lines[@]}"; do
    [[ $line != *[!a-zA-Z0-9_./,:=@%+-]* ]] || compopt -o filenames
  done
  COMPREPLY=("${lines[@]#"${words[-1]%"$word"}"}")
}
complete -F _covenant covenant
)";

constexpr std::string_view zsh_script = R"(
_covenant() {
  local -a given lines proposals
  local line word
  for word in "${(@)words[2,CURRENT]}"; do
    given+=("${${(Q)word}#[\"\']}")
  done
  lines=("${(@f)$("${(Q)words[1]}" __complete "${(@)given}" 2>/dev/null)}")
  if [[ $lines[1] == :files ]]; then
    [[ $PREFIX != --*=* ]] || compset -P '--*='
    _files
    return
  fi
  for line in "${(@)lines}"; do
    [[ -z $line ]] || proposals+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
  done
  _describe -t covenant covenant proposals -M 'm:{a-zA-Z}={A-Za-z}'
}
if [[ $funcstack[1] == _covenant ]]; then
  _covenant "$@"
else
  compdef _covenant covenant
fi
)";

constexpr std::string_view fish_script = R"(
function __covenant_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    # Without its quotes, of which the last may be missing.
    set word (string unescape -- $word; or string unescape -- $word\"; or string unescape -- $word\')
    set -l lines ($words[1] __complete $words[2..-1] "$word" 2>/dev/null)
    if test "$lines[1]" = :files
        set -l option (string match -r -- '^--[^=]*=' $word)
        for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' $word))
            echo -- "$option$path"
        end
    else
        printf '%s\n' $lines
    end
end
complete -c covenant -f -a '(__covenant_complete)'
)";

std::string_view body_of(Shell shell) {
  switch (shell) {
    case Shell::bash:
      return bash_script;
    case Shell::zsh:
      return zsh_script;
    case Shell::fish:
      return fish_script;
  }
  return "";
}

}  // namespace

std::string completion_script(Shell shell) {
  std::string script = shell == Shell::zsh ? "#compdef covenant\n" : "";
  script += fmt::format("# {} completion for covenant. The program itself knows what a word can become:\n",
                        code_of(shell));
  for (const Command& command : commands())
    script += fmt::format("#   {:<12} {}\n", command.name, command.summary);
  return script.append(body_of(shell));
}

std::string completions(const std::vector<std::string>& words, Env& env) {
  if (words.empty()) return "";
  const Line line(words);
  const std::string_view word = words.back();
  if (const DeclaredOption* const option = line.open_option()) return values(*option, word, "", line, env);
  if (line.may_be_option() && word.starts_with("-")) {
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) return options(word, line);
    const DeclaredOption* const option = line.find(word.substr(0, equals));
    if (option == nullptr || !option->takes_value) return "";
    return values(*option, word.substr(equals + 1), std::string(word.substr(0, equals + 1)), line, env);
  }
  if (!line.has_command()) {
    Proposals proposals(word, "");
    add_commands(proposals, line);
    return proposals.finish();
  }
  const DeclaredOption* const argument = line.argument();
  return argument == nullptr ? "" : values(*argument, word, "", line, env);
}

}  // namespace covenant
