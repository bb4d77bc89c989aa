#include "core/text/suggest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::string folded(std::string_view word) {
  std::string text;
  for (const char c : word) {
    if (c == '-' || c == '_') continue;
    text += lower_case(c);
  }
  return text;
}

/// Optimal string alignment distance: insertions, deletions, changes, swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

/// The one candidate that begins with a word of three letters or more.
std::optional<std::string_view> completed(std::string_view wanted,
                                          const std::vector<std::string_view>& candidates) {
  constexpr std::size_t shortest = 3;
  if (wanted.size() < shortest) return std::nullopt;
  const auto begins = [&](std::string_view candidate) { return folded(candidate).starts_with(wanted); };
  const auto found = std::find_if(candidates.begin(), candidates.end(), begins);
  if (found == candidates.end() || std::any_of(found + 1, candidates.end(), begins)) return std::nullopt;
  return *found;
}

}  // namespace

bool are_near(std::string_view a, std::string_view b) {
  constexpr std::size_t longest = 300;
  const std::size_t longer = std::max(a.size(), b.size());
  const std::size_t shorter = std::min(a.size(), b.size());
  if (longer > longest || (longer - shorter) * 3 > longer) return false;
  return distance(a, b) * 3 <= longer;
}

std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates) {
  constexpr std::size_t longest = 64;
  const std::string wanted = folded(word);
  if (wanted.size() > longest) return std::nullopt;
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : candidates) {
    const std::string known = folded(candidate);
    const std::size_t far = distance(wanted, known);
    if (far * 3 > std::max(wanted.size(), known.size())) continue;
    if (best && far >= best_distance) continue;
    best = candidate;
    best_distance = far;
  }
  return best ? best : completed(wanted, candidates);
}

std::optional<std::string_view> meant_code(std::string_view text, std::span<const std::string_view> codes) {
  std::string word = lower_case(text);
  std::replace_if(
      word.begin(), word.end(), [](char c) { return c == ' ' || c == '_'; }, '-');
  const auto found = std::find(codes.begin(), codes.end(), word);
  return found == codes.end() ? std::nullopt : std::optional(*found);
}

Problem not_a_choice(std::string_view value, std::string_view noun, std::span<const std::string_view> codes) {
  const std::vector<std::string_view> known(codes.begin(), codes.end());
  const auto near = nearest(value, known);
  const std::string choices = fmt::format("{}", fmt::join(known, ", "));
  const std::string what = noun.empty() ? "one of " + choices : std::string(noun);
  std::string message = fmt::format("{} is not {}", revealed_in_quotes(value), what);
  if (near) {
    message += fmt::format("; did you mean '{}'?", *near);
  } else if (!noun.empty()) {
    message += "; write one of " + choices;
  }
  return Problem::of(ProblemCode::choice, value, std::move(message));
}

}  // namespace covenant
