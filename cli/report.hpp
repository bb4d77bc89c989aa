#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/base/sink.hpp"
#include "core/ops/batch.hpp"
#include "core/ops/outcome.hpp"

namespace covenant {

/// What a command did, partner by partner, until it is committed and may be printed. A long log goes to a
/// nameless temporary file: memory does not grow with the batch.
class OutcomeLog {
 public:
  /// @throws Error{file} when the temporary file cannot be written
  void add(const Outcome& outcome);

  std::uint64_t size() const { return size_; }
  /// How many partners have that status now.
  std::uint64_t count(Status status) const { return by_status_.at(static_cast<std::size_t>(status)); }
  /// The first partner; there has to be one.
  PartnerId first() const { return first_.value(); }

  /// Writes a line a partner, its id, a tab and its status.
  void write_to(TextSink& sink);

 private:
  struct Close {
    void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
  };

  void spill();

  std::uint64_t size_ = 0;
  std::array<std::uint64_t, Codes<Status>::codes.size()> by_status_{};
  std::optional<PartnerId> first_;
  std::string lines_;
  std::unique_ptr<std::FILE, Close> file_;
};

/// Reports problems to people, a line each ("covenant: in.csv:17: website: …", "covenant: --website: …"), and
/// keeps them for the JSON report; beyond `most` it only counts.
class ProblemReport {
 public:
  /// Problems of options.
  explicit ProblemReport(Context& context) : context_(context) {}
  /// Problems of a file's lines.
  ProblemReport(Context& context, std::string file, std::uint64_t most)
      : context_(context), file_(std::move(file)), most_(most) {}

  void add(const Problem& problem);
  /// Says how many there were beyond `most`.
  void finish();

  /// The report of covenant(1), JSON REPORT, with a line feed.
  std::string json(const BatchCounts& counts) const;

 private:
  std::string line_for_people(const Problem& problem) const;

  Context& context_;
  std::optional<std::string> file_;
  std::uint64_t most_ = UINT64_MAX;
  std::uint64_t count_ = 0;
  std::array<std::uint64_t, Codes<ProblemCode>::codes.size()> not_shown_{};  ///< by their codes
  std::vector<Problem> kept_;
};

}  // namespace covenant
