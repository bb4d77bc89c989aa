#include "core/model/codes.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/model/text.hpp"
#include "core/text/escape.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

unsigned bit_of(Category category) {
  return 1U << static_cast<unsigned>(category);
}

/// A text that is no category, or has one that is none; where others were clearly meant, with those.
Problem refuse(std::string_view text, Problem problem) {
  if (const auto meant = Categories::suggest(text))
    problem.message = fmt::format("{} is not a category; write '{}'", revealed_in_quotes(text), *meant);
  return problem;
}

/// The codes of words that are set apart by any of `separators`, joined by ';'.
std::optional<std::string> codes_of(std::string_view text, std::string_view separators) {
  std::string joined;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find_first_of(separators);
    const std::string_view word = trimmed(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (word.empty()) continue;
    const auto code = meant_code(word, Codes<Category>::codes);
    if (!code) return std::nullopt;
    joined.append(joined.empty() ? "" : ";").append(*code);
  }
  return joined.empty() ? std::nullopt : std::optional(std::move(joined));
}

}  // namespace

Result<Categories> Categories::parse(std::string_view text) {
  if (trimmed(text).empty()) {
    return Problem::of(ProblemCode::required, text,
                       "no category; write one of financial, industrial, civil-society, other");
  }
  unsigned bits = 0;
  for (std::string_view rest = text;;) {
    const std::size_t end = rest.find(';');
    const auto category = parse_code<Category>(trimmed(rest.substr(0, end)));
    if (!category) return refuse(text, category.problem());
    bits |= bit_of(*category);
    if (end == std::string_view::npos) return Categories(static_cast<std::uint8_t>(bits));
    rest.remove_prefix(end + 1);
  }
}

std::optional<std::string> Categories::suggest(std::string_view text) {
  if (auto codes = codes_of(text, ";,/|+&\n")) return codes;
  return codes_of(text, ";,/|+&\n ");
}

bool Categories::has(Category category) const {
  return (bits_ & bit_of(category)) != 0;
}

std::vector<Category> Categories::list() const {
  std::vector<Category> categories;
  for (std::size_t i = 0; i < Codes<Category>::codes.size(); ++i) {
    if (has(static_cast<Category>(i))) categories.push_back(static_cast<Category>(i));
  }
  return categories;
}

std::string Categories::str() const {
  std::string text;
  for (std::size_t i = 0; i < Codes<Category>::codes.size(); ++i) {
    if (has(static_cast<Category>(i))) text.append(text.empty() ? "" : ";").append(Codes<Category>::codes[i]);
  }
  return text;
}

}  // namespace covenant
