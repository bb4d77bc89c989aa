#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/ops/batch.hpp"

namespace covenant {

/// Tells problems to people, a line each ("covenant: in.csv:17: website: …"), and keeps them for the JSON
/// report; beyond `most` it only counts.
class ProblemReport {
 public:
  /// `file` is empty when the input was not a file.
  ProblemReport(Context& context, std::string file, std::uint64_t most)
      : context_(context), file_(std::move(file)), most_(most) {}

  void add(const Problem& problem);
  /// Says how many there were beyond `most`.
  void finish();

  /// The report of covenant(1), JSON REPORT, with a line feed.
  std::string json(const BatchCounts& counts) const;

 private:
  Context& context_;
  std::string file_;
  std::uint64_t most_;
  std::uint64_t count_ = 0;
  std::vector<Problem> kept_;
};

}  // namespace covenant
