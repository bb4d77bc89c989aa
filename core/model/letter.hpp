#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/date.hpp"
#include "core/model/email.hpp"
#include "core/model/message_id.hpp"
#include "core/model/status.hpp"

namespace covenant {

/// What a letter to a partner's contact is for. Source: covenant-letter(1).
enum class LetterKind { statement, welcome, refusal, ending, renewal, reminder, practices, circular };

template <>
struct Codes<LetterKind> {
  static constexpr std::string_view noun = "a kind of letter";
  static constexpr std::array<std::string_view, 8> codes = {"statement", "welcome",  "refusal",   "ending",
                                                            "renewal",   "reminder", "practices", "circular"};
};

/// Whether the answer to such a letter is the commitment.
constexpr bool asks_for_commitment(LetterKind kind) {
  return kind == LetterKind::statement || kind == LetterKind::reminder;
}

/// Whether partners of that status are sent letters of that kind.
bool fits(LetterKind kind, Status status);

/// The statuses that it fits, for people: "revoked or withdrawn".
std::string fitting_statuses(LetterKind kind);

/// A letter that was sent.
struct Letter {
  LetterKind kind;
  Date on;
  std::optional<Email> recipient;  ///< personal data: sealed; absent once it is erased
  std::optional<MessageId>
      message_id{};  ///< sealed; of one that asks for the commitment and that the program wrote
};

}  // namespace covenant
