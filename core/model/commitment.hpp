#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/date.hpp"
#include "core/model/signature.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// What is known of a stored commitment file, its bytes aside.
struct Document {
  std::optional<FileName> name;  ///< absent once it is erased
  std::string type;              ///< media type ("application/pdf")
  std::uint64_t size;            ///< in bytes, at most `largest_document`
  std::string sha256;            ///< of the bytes, 64 lower-case hexadecimal digits

  friend bool operator==(const Document&, const Document&) = default;
};

inline constexpr std::uint64_t largest_document = 25ULL * 1024 * 1024;

/// What a commitment is for: a joining, or confirming a partnership again.
enum class CommitmentKind { joining, renewal };

template <>
struct Codes<CommitmentKind> {
  static constexpr std::array<std::string_view, 2> codes = {"joining", "renewal"};
};

/// Why a commitment does not count.
enum class Annulment { entered_in_error, corrected, undone };

template <>
struct Codes<Annulment> {
  static constexpr std::array<std::string_view, 3> codes = {"entered-in-error", "corrected", "undone"};
};

/// What a joining rests on: the signed statement that came back, or the recorded exception for a partner that
/// joined on paper. Exactly one of `document` and `exception` is there, or neither once the reason of an
/// exception is erased.
struct Commitment {
  Date received_on;  ///< the day that counts
  std::optional<Date> signed_on;
  std::optional<PersonText> signed_by;  ///< personal data: sealed
  std::optional<Document> document;
  std::optional<Remark> exception;
  std::optional<Judgement> judgement{};  ///< of the document; nothing where a version did not read it
  CommitmentKind kind = CommitmentKind::joining;
  std::optional<std::int64_t> annulled_by{};  ///< the ending that says that the joining was entered in error,
                                              ///< or the event that corrected it or took it back
  std::optional<std::int64_t> corrects{};     ///< of a correction: the event of the approval
  std::optional<Annulment> annulment{};       ///< why `annulled_by` annuls it, where the table was asked
};

}  // namespace covenant
