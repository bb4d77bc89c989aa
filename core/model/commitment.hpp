#pragma once

#include <optional>

#include "core/model/date.hpp"
#include "core/model/document.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// What a joining rests on: the signed statement that came back, or the recorded exception for a partner that
/// joined on paper. Exactly one of `document` and `exception` is there.
struct Commitment {
  Date received_on;  ///< the day that counts
  std::optional<Date> signed_on;
  std::optional<PersonText> signed_by;  ///< personal data: sealed, like the contact
  std::optional<Document> document;
  std::optional<Note> exception;
};

}  // namespace covenant
