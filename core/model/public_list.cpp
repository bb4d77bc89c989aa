#include "core/model/public_list.hpp"

#include <algorithm>

namespace covenant {

PracticeView take_practice(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  const std::size_t open = line.rfind(" <");
  if (open == std::string_view::npos || !line.ends_with('>')) return {line, {}};
  return {line.substr(0, open), line.substr(open + 2, line.size() - open - 3)};
}

}  // namespace covenant
