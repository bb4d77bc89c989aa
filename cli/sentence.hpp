#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace covenant {

/// Whether a summary is of what was done, or of what a dry run would do.
enum class Mood { done, would };

/// A verb as both summaries have it: "filed" and "file".
struct Verb {
  std::string_view past;
  std::string_view base;
};

/// "Erased 2 values." or "Would erase 2 values."
std::string sentence_of(Mood mood, const Verb& verb, const std::string& what);

/// A clause of a summary: "filed 2 applications".
struct Clause {
  Verb verb;
  std::string what;
};

/// "Filed 2 applications, updated 1 partner." or "Would file 2 applications, update 1 partner."; "Nothing to
/// do." without a clause.
std::string sentence_of(Mood mood, const std::vector<Clause>& clauses);

/// "1 partner", "2 partners"; `noun` forms its plural with an s.
std::string counted(std::uint64_t count, const std::string& noun);

}  // namespace covenant
