#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/model/codes.hpp"
#include "core/model/criteria.hpp"
#include "core/model/form.hpp"
#include "core/model/status.hpp"
#include "core/site/page.hpp"
#include "core/text/ascii.hpp"
#include "core/text/suggest.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

namespace {

constexpr std::size_t indent = 2;
constexpr std::size_t gap = 2;

/// A word and what it means.
struct Entry {
  std::string word;
  std::string meaning;
};

struct Section {
  std::string title;  ///< empty: none
  std::vector<Entry> entries;
};

/// Appends a text in lines of at most `width` columns; those after the first begin at `hanging`.
void append_wrapped(std::string& out, std::string_view text, std::size_t width, std::size_t hanging) {
  const std::vector<std::string> lines = wrapped(text, width - std::min(width, hanging));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) out.append(hanging, ' ');
    out.append(lines[i]).append("\n");
  }
}

/// The words of all sections begin and end at the same columns. A word that is too long for that is a line of
/// its own.
void append_sections(std::string& out, const std::vector<Section>& sections, std::size_t width) {
  constexpr std::size_t most = 34;
  std::size_t column = 0;
  for (const Section& section : sections) {
    for (const Entry& entry : section.entries) {
      const std::size_t end = indent + display_width(entry.word) + gap;
      if (end <= std::min(most, width / 2)) column = std::max(column, end);
    }
  }
  if (column == 0) column = 2 * indent;
  for (const Section& section : sections) {
    if (section.entries.empty()) continue;
    out += "\n";
    if (!section.title.empty()) out.append(section.title).append(":\n");
    for (const Entry& entry : section.entries) {
      out.append(indent, ' ').append(entry.word);
      const std::size_t taken = indent + display_width(entry.word);
      const bool fits = taken + gap <= column;
      out.append(fits ? std::string(column - taken, ' ') : "\n" + std::string(column, ' '));
      append_wrapped(out, entry.meaning, width, column);
    }
  }
}

/// Appends a text behind a label; its further lines begin below it.
void append_sentence(std::string& out, std::string_view label, std::string_view text, std::size_t width) {
  out.append(label).append(" ");
  append_wrapped(out, text, width, label.size() + 1);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// Whether the choices of an option are too many to be shown in its place.
bool has_many_choices(const DeclaredOption& option) {
  constexpr std::size_t longest = 40;
  return option.value_name.size() > longest;
}

/// What is written for an option's value: "DATE", "text|json", or of many choices the last word
/// of the option's name in capitals.
std::string value_of(const DeclaredOption& option) {
  if (!has_many_choices(option)) return option.value_name;
  std::string name;
  for (const char c : option.name.substr(option.name.rfind('-') + 1)) name += upper_case(c);
  return name;
}

/// What an option is for; its choices are said here when they are many.
std::string meaning_of(const DeclaredOption& option) {
  if (!has_many_choices(option)) return option.help;
  return fmt::format("{}: {}", option.help, fmt::join(option.choices, ", "));
}

/// As it is written on the command line: "--on DATE", "-h, --help".
std::string written(const DeclaredOption& option) {
  std::string text = option.name == "--help" ? "-h, --help" : option.name;
  if (option.is_argument) return option.is_repeatable ? text + "..." : text;
  if (!option.takes_value) return text;
  text += option.is_bare_too ? " [" + value_of(option) + "]" : " " + value_of(option);
  return option.is_repeatable ? text + " ..." : text;
}

const DeclaredOption* find(const DeclaredCommand& command, const std::string& name) {
  const auto found = std::find_if(command.options.begin(), command.options.end(),
                                  [&](const DeclaredOption& option) { return option.name == name; });
  return found == command.options.end() ? nullptr : &*found;
}

/// The ways of calling a command: one for each of the options or arguments of which one has to be given.
std::vector<std::string> usages(const DeclaredCommand& command) {
  if (!command.usages.empty()) return command.usages;
  std::vector<std::string> starts;
  const std::vector<std::string>* choice = nullptr;
  for (const std::vector<std::string>& names : command.alternatives) {
    if (names.size() > 1) choice = &names;
  }
  const auto is_alternative = [&](const std::string& name) {
    return choice != nullptr && std::find(choice->begin(), choice->end(), name) != choice->end();
  };
  std::string before;
  std::string after;
  for (const DeclaredOption& option : command.options) {
    if (is_alternative(option.name)) continue;
    if (option.is_argument) {
      before += option.required.empty() ? " [" + written(option) + "]" : " " + written(option);
    } else if (option.required == "Required") {
      after += " " + written(option);
    }
  }
  const bool has_options = std::any_of(command.options.begin(), command.options.end(),
                                       [](const DeclaredOption& option) { return !option.is_argument; });
  if (has_options) after += " [OPTION...]";
  if (choice == nullptr) return {before + after};
  for (const std::string& name : *choice) {
    const DeclaredOption* const option = find(command, name);
    if (option != nullptr) starts.push_back(fmt::format("{} {}{}", before, written(*option), after));
  }
  return starts;
}

/// The arguments, then what is required, then the rest in the order in which it was declared.
std::vector<Section> sections_of(const DeclaredCommand& command) {
  std::vector<Section> first = {{"", {}}};
  std::vector<Section> rest;
  for (const DeclaredOption& option : command.options) {
    if (option.name == "--help") continue;
    std::string title = option.group.empty() ? "Options" : option.group;
    if (!option.required.empty()) title = option.required;
    if (option.is_argument) title = "";
    std::vector<Section>& sections = option.is_argument || !option.required.empty() ? first : rest;
    auto section = std::find_if(sections.begin(), sections.end(),
                                [&](const Section& known) { return known.title == title; });
    if (section == sections.end()) section = sections.insert(section, {title, {}});
    section->entries.push_back({written(option), meaning_of(option)});
  }
  first.insert(first.end(), rest.begin(), rest.end());
  return first;
}

std::string fields_help(std::size_t width) {
  std::string out =
      "The fields of a partner. A field is an option ('--contact-name'), a column of a CSV file and a key of "
      "a "
      "form ('contact_name').";
  std::string text;
  append_wrapped(text, out, width, 0);
  Section section;
  for (const Field field : all_fields) {
    const bool is_required =
        std::find(required_fields.begin(), required_fields.end(), field) != required_fields.end();
    section.entries.push_back(
        {std::string(name_of(field)), std::string(info_of(field).help) + (is_required ? " (required)" : "")});
  }
  append_sections(text, {section}, width);
  return text + "\nManual: covenant-fields(7)\n";
}

std::string csv_help(std::size_t width) {
  std::string text;
  append_wrapped(text, "CSV files are UTF-8 with a header, separated by comma, semicolon or tab.", width, 0);
  append_sections(text,
                  {{"",
                    {{"Columns", "the fields ('covenant help fields') in any order"},
                     {"Lists", "categories with ';', practices one a line in quotes"},
                     {"Partner", "'id' or 'reference' names it; --update changes it"},
                     {"Errors", "one bad row and nothing is written, unless --rejects FILE"},
                     {"Start", "covenant apply --csv-template > applications.csv"}}}},
                  width);
  return text + "\nManual: covenant-csv(5)\n";
}

std::string lifecycle_help(std::size_t width) {
  std::string text;
  append_wrapped(text, "The statuses of a partner, and the commands that change each.", width, 0);
  Section statuses;
  for (const std::string_view code : Codes<Status>::codes) {
    std::vector<std::pair<std::string_view, std::string>> moves;
    for (const Transition& transition : transitions) {
      if (code_of(transition.from) != code) continue;
      const std::string_view to = code_of(transition.to);
      const std::string_view move = code_of(transition.move);
      if (!moves.empty() && moves.back().first == move) {
        moves.back().second.append(" or ").append(to);
      } else {
        moves.emplace_back(move, to == code ? "stays " + std::string(to) : std::string(to));
      }
    }
    std::string meaning;
    for (const auto& [move, to] : moves)
      meaning += fmt::format("{}{} ({})", meaning.empty() ? "" : ", ", move, to);
    statuses.entries.push_back({std::string(code), meaning});
  }
  append_sections(text, {statuses}, width);
  text += "\nReasons of revoke:\n";
  text.append(indent, ' ');
  append_wrapped(text, joined_codes<EndReason>(", "), width, indent);
  return text + "\nManual: covenant-lifecycle(7)\n";
}

std::string criteria_help(std::size_t width) {
  std::string text;
  append_wrapped(text, "A partner is eligible when 'covenant verify' finds that it meets every criterion.",
                 width, 0);
  Section section;
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const auto criterion = static_cast<Criterion>(i);
    section.entries.push_back({std::string(code_of(criterion)), std::string(requirement(criterion))});
  }
  append_sections(text, {section}, width);
  text += "\n";
  append_wrapped(text,
                 "What a person found counts instead: --finding CRITERION=pass|fail, with --source TEXT.",
                 width, 0);
  return text + "\nManual: covenant-lifecycle(7)\n";
}

std::string templates_help(std::size_t width) {
  std::string text;
  append_wrapped(text, "Templates lay out the public list and the certificate: HTML with names in braces.",
                 width, 0);
  append_sections(
      text,
      {{"",
        {{"{{name}}", "a value, escaped for its place"},
         {"{{#partners}} {{/partners}}", "once for each, or if there is one"},
         {"{{^website}} {{/website}}", "if there is none"}}},
       {"Start",
        {{"covenant export --print-template NAME", "a built-in one: " + joined_codes<BuiltInTemplate>(", ")},
         {"covenant export --format html --template FILE", "the list by your own"}}}},
      width);
  return text + "\nManual: covenant-template(5)\n";
}

std::string exit_codes_help(std::size_t width) {
  std::string text;
  append_wrapped(text, "What each exit status says.", width, 0);
  Section section;
  for (const ExitMeaning& meaning : exit_meanings) {
    section.entries.push_back(
        {fmt::format("{:>2}", static_cast<int>(meaning.code)), std::string(meaning.meaning)});
  }
  append_sections(text, {section}, width);
  return text + "\nManual: covenant(1)\n";
}

/// A word that users of other programs try, and what does that here.
struct Synonym {
  std::string_view word;
  std::string_view meant;
};

constexpr std::array<Synonym, 42> synonyms = {{
    {"accept", "approve"},
    {"add", "apply"},
    {"change", "update"},
    {"comment", "note"},
    {"create", "apply"},
    {"delete", "revoke"},
    {"doctor", "check"},
    {"dump", "export"},
    {"email", "letter"},
    {"end", "revoke"},
    {"find", "list --search"},
    {"get", "show"},
    {"import", "apply --csv"},
    {"info", "show"},
    {"load", "apply --csv"},
    {"log", "history"},
    {"ls", "list"},
    {"mail", "letter"},
    {"man", "help"},
    {"merge", "revoke --reason merged"},
    {"modify", "update"},
    {"new", "apply"},
    {"print", "show"},
    {"publish", "export"},
    {"remove", "revoke"},
    {"rename", "update --name"},
    {"restore", "init --from"},
    {"revert", "undo"},
    {"rm", "revoke"},
    {"search", "list --search"},
    {"send", "letter"},
    {"set", "update"},
    {"settings", "config"},
    {"site", "export --format site"},
    {"stats", "report"},
    {"status", "due"},
    {"terminate", "revoke"},
    {"todo", "due"},
    {"validate", "check"},
    {"version", "--version"},
    {"view", "show"},
    {"web", "export --format site"},
}};

/// The one name that a word is the beginning of, or, of words of at least four letters, a part of.
std::optional<std::string_view> only_one_with(std::string_view word,
                                              const std::vector<std::string_view>& names) {
  constexpr std::size_t shortest_part = 4;
  const auto only = [&](const auto& matches) -> std::optional<std::string_view> {
    std::optional<std::string_view> found;
    for (const std::string_view name : names) {
      if (!matches(name)) continue;
      if (found) return std::nullopt;
      found = name;
    }
    return found;
  };
  if (const auto name = only([&](std::string_view candidate) { return candidate.starts_with(word); }))
    return name;
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  if (word.size() < shortest_part) return std::nullopt;
  return only([&](std::string_view candidate) { return candidate.find(word) != std::string_view::npos; });
}

std::optional<std::string_view> likely(std::string_view word, const std::vector<std::string_view>& names) {
  if (word.empty()) return std::nullopt;
  if (const auto name = only_one_with(word, names)) return name;
  return nearest(word, names);
}

}  // namespace

std::string brief_help() {
  constexpr std::array<std::string_view, 5> first = {"apply", "due", "list", "show", "export"};
  std::string text = "Usage: covenant [OPTION...] COMMAND [ARGUMENT...]\n";
  for (const std::string_view name : first) {
    for (const Command& command : commands()) {
      if (command.name == name) text += fmt::format("  {:<7}  {}\n", name, command.summary);
    }
  }
  return text + "'covenant help' lists all commands; 'covenant help COMMAND' explains one.\n";
}

std::string main_help(std::size_t width) {
  std::string text;
  append_wrapped(text, "Keep the register of the Covenant of Mayors' Associated Partners.", width, 0);
  text += "\n";
  append_sentence(text, "Usage:", "covenant [OPTION...] COMMAND [ARGUMENT...]", width);
  std::vector<Section> sections;
  sections.reserve(std::size(Codes<CommandGroup>::codes));
  for (const std::string_view title : Codes<CommandGroup>::codes)
    sections.push_back({std::string(title), {}});
  for (const Command& command : commands())
    sections[static_cast<std::size_t>(command.group)].entries.push_back({command.name, command.summary});
  append_sections(text, sections, width);
  Section options{"Options, before or after the command", {}};
  for (const DeclaredOption& option : common_options())
    options.entries.push_back({written(option), option.help});
  append_sections(text, {options}, width);
  text += "\n";
  append_sentence(text, "Topics:", joined_codes<HelpTopic>(", "), width);
  return text + "Manual: covenant(1)\n";
}

std::string command_help(const DeclaredCommand& command, std::size_t width) {
  std::string text;
  append_wrapped(text, capitalised(command.summary) + ".", width, 0);
  text += "\n";
  std::string_view label = "Usage:";
  for (const std::string& usage : usages(command)) {
    append_sentence(text, label, "covenant " + command.name + usage, width);
    label = "      ";
  }
  append_sections(text, sections_of(command), width);
  std::string common;
  for (const DeclaredOption& option : common_options()) {
    if (option.name != "--version") common += (common.empty() ? "" : " ") + option.name;
  }
  text += "\n";
  append_sentence(text, "Common:", common, width);
  const std::string_view example = example_of(command.name);
  if (!example.empty()) text.append("Example: ").append(example).append("\n");
  return text + fmt::format("Manual: covenant-{}(1)\n", command.name);
}

std::string topic_help(HelpTopic topic, std::size_t width) {
  switch (topic) {
    case HelpTopic::fields:
      return fields_help(width);
    case HelpTopic::csv:
      return csv_help(width);
    case HelpTopic::lifecycle:
      return lifecycle_help(width);
    case HelpTopic::criteria:
      return criteria_help(width);
    case HelpTopic::templates:
      return templates_help(width);
    case HelpTopic::exit_codes:
      return exit_codes_help(width);
  }
  return "";
}

std::string suggest_command(std::string_view word) {
  for (const Synonym& synonym : synonyms) {
    if (synonym.word == lower_case(word)) return fmt::format("; did you mean '{}'?", synonym.meant);
  }
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.emplace_back(command.name);
  const auto name = likely(lower_case(word), names);
  return name ? fmt::format("; did you mean '{}'?", *name) : "; see 'covenant help'";
}

std::string suggest_topic(std::string_view word) {
  constexpr std::array<Synonym, 18> topics = {{{"codes", "exit-codes"},
                                               {"columns", "csv"},
                                               {"criterion", "criteria"},
                                               {"eligibility", "criteria"},
                                               {"error", "exit-codes"},
                                               {"errors", "exit-codes"},
                                               {"exit", "exit-codes"},
                                               {"exit-status", "exit-codes"},
                                               {"form", "fields"},
                                               {"forms", "fields"},
                                               {"html", "templates"},
                                               {"mustache", "templates"},
                                               {"spreadsheet", "csv"},
                                               {"status", "lifecycle"},
                                               {"statuses", "lifecycle"},
                                               {"toml", "fields"},
                                               {"workflow", "lifecycle"},
                                               {"xlsx", "csv"}}};
  const std::string lower = lower_case(word);
  const auto* const meant =
      std::find_if(topics.begin(), topics.end(), [&](const Synonym& topic) { return topic.word == lower; });
  if (meant != topics.end()) return fmt::format("; did you mean '{}'?", meant->meant);
  const auto name = likely(lower, {Codes<HelpTopic>::codes.begin(), Codes<HelpTopic>::codes.end()});
  return name ? fmt::format("; did you mean '{}'?", *name) : suggest_command(word);
}

std::string suggest_option(std::string_view word, const std::vector<std::string>& names,
                           const std::string& command) {
  // Of a letter the option that begins with it.
  const std::string full = word.size() == 2 && word[0] == '-' ? "-" + lower_case(word) : std::string(word);
  const auto name = likely(full, {names.begin(), names.end()});
  if (name) return fmt::format("; did you mean '{}'?", *name);
  return command.empty() ? "; see 'covenant help'" : fmt::format("; see 'covenant help {}'", command);
}

}  // namespace covenant
