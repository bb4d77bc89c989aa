#include "cli/input_lines.hpp"

#include <array>
#include <string_view>

#include "core/base/files.hpp"
#include "core/model/text.hpp"
#include "core/ops/find.hpp"

namespace covenant {

namespace {

std::string read_input() {
  InputFile input("-");
  std::string text;
  std::array<char, 4096> block{};
  while (const std::size_t count = input.read(block.data(), block.size())) text.append(block.data(), count);
  return text;
}

}  // namespace

std::vector<GivenRef> with_input_lines(const std::vector<std::string>& arguments) {
  std::vector<GivenRef> all;
  for (const std::string& argument : arguments) {
    if (argument != "-") {
      all.push_back({argument, RefOrigin::argument});
      continue;
    }
    const std::string text = read_input();
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = trimmed(rest.substr(0, end));
      if (!line.empty()) all.push_back({std::string(line), RefOrigin::input});
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  return all;
}

std::variant<Partner, Problem> find_given(Read& read, const GivenRef& ref) {
  return ref.origin == RefOrigin::argument ? find_by_ref_or_name(read, ref.text)
                                           : find_by_ref(read, ref.text);
}

}  // namespace covenant
