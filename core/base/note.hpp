#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/diagnostic.hpp"

namespace covenant {

/// What a note is about; the code a machine reads in the JSON report. Source: covenant(1), NOTES.
enum class NoteCode {
  mojibake,
  entity,
  placeholder,
  language,
  domain,
  cleared,
  converted,
  finding,
  document,
  criterion,
  ended,
  erased,
  remains,
  reader,
  again,
};

template <>
struct Codes<NoteCode> {
  static constexpr std::array<std::string_view, 15> codes = {
      "mojibake", "entity",    "placeholder", "language", "domain",  "cleared", "converted", "finding",
      "document", "criterion", "ended",       "erased",   "remains", "reader",  "again"};
};
static_assert(Codes<NoteCode>::codes.size() == static_cast<std::size_t>(NoteCode::again) + 1);

/// Something worth a look that is no error: it is reported and counted, and never refuses anything.
using Note = Diagnostic<NoteCode>;

using Notes = std::vector<Note>;

}  // namespace covenant
