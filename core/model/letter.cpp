#include "core/model/letter.hpp"

namespace covenant {

bool fits(LetterKind kind, Status status) {
  switch (kind) {
    case LetterKind::statement:
    case LetterKind::reminder:
      return status == Status::eligible;
    case LetterKind::welcome:
    case LetterKind::renewal:
    case LetterKind::practices:
      return status == Status::approved;
    case LetterKind::refusal:
      return status == Status::ineligible;
    case LetterKind::ending:
      return status == Status::revoked || status == Status::withdrawn;
    case LetterKind::circular:
      return true;
  }
  return false;
}

std::string fitting_statuses(LetterKind kind) {
  std::string text;
  for (const std::string_view code : Codes<Status>::codes) {
    if (fits(kind, *from_code<Status>(code))) text.append(text.empty() ? "" : " or ").append(code);
  }
  return text;
}

}  // namespace covenant
