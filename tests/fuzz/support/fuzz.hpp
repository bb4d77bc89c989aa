#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/exit_code.hpp"

/// What every fuzzer defines: it examines one input. In the program of all fuzzers each has a name of its own
/// instead. Source: LLVM, "libFuzzer – a library for coverage-guided fuzz testing".
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace covenant::fuzz {

std::string_view text_of(const std::uint8_t* bytes, std::size_t size);

/// Takes an input apart from the front. Of an input that has ended it takes zeros.
class Pieces {
 public:
  explicit Pieces(std::string_view input) : rest_(input) {}

  bool is_at_end() const { return rest_.empty(); }
  std::uint8_t byte();
  std::uint32_t three_bytes();
  /// As many bytes as the next one says, or what is left.
  std::string_view text();
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// Unless it is so, reports what is wrong and aborts: that is a finding.
void demand(bool is_so, std::string_view what);

/// What a run of the program did.
struct Ran {
  ExitCode code;
  std::string out;
  std::string err;
};

/// Runs the program in this process: without an environment, always at the same time. Whatever the arguments
/// are, a fault of the program is a finding.
Ran run_program(const std::vector<std::string>& arguments);

/// A file of that name in a folder of this process, in memory where the system has such; gone at the end.
std::string scratch(std::string_view name);

/// Replaces `scratch(name)` by these bytes, and removes what a database may have left beside it.
std::string write_scratch(std::string_view name, std::string_view bytes);

/// The bytes of a sound registry with partners of every status, a contact that was erased and a document.
const std::string& sound_registry();

/// The key of RFC 8032 section 7.1, TEST 1.
inline constexpr std::string_view private_key =
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";

}  // namespace covenant::fuzz
