#include "core/model/converted.hpp"

#include <fmt/format.h>

#include <string>

#include "core/text/escape.hpp"

namespace covenant {

Note converted(std::string_view given, std::string_view meant, std::string_view column) {
  return Note::of(NoteCode::converted, given,
                  fmt::format("read {} as {}", revealed_in_quotes(given), in_quotes(meant)), column);
}

}  // namespace covenant
