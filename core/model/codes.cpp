#include "core/model/codes.hpp"

#include "core/model/text.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

unsigned bit_of(Category category) {
  return 1U << static_cast<unsigned>(category);
}

}  // namespace

Result<Categories> Categories::parse(std::string_view text) {
  if (trimmed(text).empty()) {
    return Problem{ProblemCode::required, std::string(text),
                   "at least one category is required: financial, industrial, civil-society or other", "", 0};
  }
  unsigned bits = 0;
  for (std::string_view rest = text;;) {
    const std::size_t end = rest.find(';');
    const auto category = parse_code<Category>(trimmed(rest.substr(0, end)));
    if (!category) return category.problem();
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
