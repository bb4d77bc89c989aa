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

/// A text that is no category; where blanks or commas join categories, with what joins them.
Problem refuse(std::string_view text, Problem problem) {
  std::string joined;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find_first_of(";, ");
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (word.empty()) continue;
    if (!from_code<Category>(word)) return problem;
    joined.append(joined.empty() ? "" : ";").append(word);
  }
  if (joined.empty()) return problem;
  problem.message = fmt::format("'{}' is not a category; write '{}'", revealed(text), joined);
  return problem;
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
