// Compiled catalogues: nothing outside the file is read, and every message is found.
#include "core/site/catalogue.hpp"

#include <algorithm>

#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

bool is_within(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void examine(std::string_view bytes) {
  const auto file = MessageFile::open(bytes);
  if (!file) return;
  constexpr std::size_t most = 200;
  constexpr std::size_t forms = 7;
  for (std::size_t place = 0; place < std::min(file->size(), most); ++place) {
    const std::string_view message = file->message(place);
    demand(is_within(message, bytes), "a message outside the file");
    for (std::size_t form = 0; form < forms; ++form) {
      const auto translation = file->find(message, form);
      if (translation) demand(is_within(*translation, bytes), "a translation outside the file");
    }
  }
  // What a comparison is made with, a fuzzer puts into its inputs.
  constexpr std::string_view unknown = "there is no such message in any seed";
  demand(!file->find(unknown) || bytes.find(unknown) != std::string_view::npos,
         "a message that there is not was found");
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  covenant::fuzz::examine(covenant::fuzz::text_of(bytes, size));
  return 0;
}
