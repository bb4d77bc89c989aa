// The settings: what is wrong is refused with its place, and nothing else happens.
#include "cli/settings.hpp"

#include <string>

#include "core/base/error.hpp"
#include "core/base/sink.hpp"
#include "core/text/utf8.hpp"
#include "tests/fuzz/support/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant;
  using namespace covenant::fuzz;
  const std::string path = write_scratch("covenant.toml", text_of(bytes, size));
  StringSink sink;
  const Env env{sink,
                sink,
                {},
                {},
                [](const char*) { return std::optional<std::string>(); },
                Instant::of({}),
                0,
                [] { return std::string("tester"); }};
  try {
    const Settings settings = read_settings(path, env);
    std::vector<std::optional<std::string>> texts = {settings.actor, settings.site_name};
    for (const auto& [language, name] : settings.site_names) texts.emplace_back(name);
    for (const auto& text : texts) {
      if (!text) continue;
      demand(!find_invalid_utf8(*text) && !find_control(*text, LineFeeds::refused), "a text is not clean");
    }
  } catch (const Error& error) {
    const std::string_view message = error.what();
    demand(error.kind() == ErrorKind::usage && message.starts_with(path + ":"),
           std::string("refused in another way: ").append(message));
  }
  return 0;
}
