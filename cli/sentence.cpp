#include "cli/sentence.hpp"

#include <fmt/format.h>

#include "core/text/ascii.hpp"

namespace covenant {

std::string sentence_of(Mood mood, const Verb& verb, const std::string& what) {
  return sentence_of(mood, {{verb, what}});
}

std::string sentence_of(Mood mood, const std::vector<Clause>& clauses) {
  if (clauses.empty()) return "Nothing to do.";
  std::string text = mood == Mood::would ? "would " : "";
  std::string_view separator;
  for (const Clause& clause : clauses) {
    text += fmt::format("{}{} {}", separator, mood == Mood::would ? clause.verb.base : clause.verb.past,
                        clause.what);
    separator = ", ";
  }
  text.front() = upper_case(text.front());
  return text + ".";
}

std::string counted(std::uint64_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace covenant
