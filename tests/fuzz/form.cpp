// Forms in TOML: what is not one is refused with its place, and a form that is read can be written again.
#include "cli/form.hpp"

#include <string>

#include "core/base/error.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

void examine(const std::string& path) {
  const Date today = *Date::parse("2026-03-01");
  const Form form = read_form(path);
  const auto application = ParsedForm(form.texts(), today).application();
  if (!application) return;
  std::array<std::string, field_count> made;
  FieldTexts texts;
  for (const Field field : all_fields) {
    made[index_of(field)] = field_text(*application, field);
    texts[field] = made[index_of(field)];
  }
  const auto again = ParsedForm(texts, today).application();
  demand(again && *again == *application, "not the same when it is read again");
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant;
  using namespace covenant::fuzz;
  const std::string path = write_scratch("form.toml", text_of(bytes, size));
  try {
    examine(path);
  } catch (const Error& error) {
    const std::string_view message = error.what();
    demand(error.kind() == ErrorKind::bad_input && message.starts_with(path + ":"),
           std::string("refused in another way: ").append(message));
  }
  return 0;
}
