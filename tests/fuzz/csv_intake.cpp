// `apply --csv` from the file to the registry: the first byte chooses options, the rest is the file.
#include <filesystem>
#include <string>
#include <vector>

#include "tests/fuzz/support/fuzz.hpp"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant;
  using namespace covenant::fuzz;
  Pieces pieces(text_of(bytes, size));
  const unsigned choices = pieces.byte();
  const auto chosen = [&](unsigned bit) { return (choices >> bit & 1U) != 0; };
  const std::string csv = write_scratch("intake.csv", pieces.rest());
  const std::string registry = write_scratch("intake.db", sound_registry());
  const std::string rejects = scratch("rejects.csv");
  std::filesystem::remove(rejects);
  std::vector<std::string> arguments = {"apply", "--csv", csv, "--registry", registry};
  if (chosen(0)) arguments.emplace_back("--update");
  if (chosen(1)) arguments.emplace_back("--allow-similar");
  if (chosen(2)) arguments.insert(arguments.end(), {"--rejects", rejects});
  if (chosen(3)) arguments.insert(arguments.end(), {"--format", "json"});
  if (chosen(4)) arguments.emplace_back("--dry-run");
  const Ran ran = run_program(arguments);
  demand(ran.code == ExitCode::done || ran.code == ExitCode::bad_input, "refused otherwise: " + ran.err);
  if (chosen(5)) return 0;  // checking takes most of the time
  const Ran checked = run_program({"check", "--registry", registry});
  demand(checked.code == ExitCode::done, "the registry is not sound: " + checked.out);
  return 0;
}
