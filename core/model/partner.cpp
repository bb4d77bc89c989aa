#include "core/model/partner.hpp"

#include <charconv>
#include <string>

#include "core/model/form.hpp"

namespace covenant {

std::optional<PartnerId> PartnerId::parse(std::string_view text) {
  if (text.size() > 3 && (text[0] == 'A' || text[0] == 'a') && (text[1] == 'P' || text[1] == 'p') &&
      text[2] == '-') {
    text.remove_prefix(3);
  }
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return PartnerId(number);
}

std::string PartnerId::str() const {
  std::string digits = std::to_string(number_);
  constexpr std::size_t fewest = 4;
  if (digits.size() < fewest) digits.insert(0, fewest - digits.size(), '0');
  return digits.insert(0, "AP-");
}

namespace {

template <class T>
std::string_view made_from(const std::optional<T>& value, std::string& made) {
  if (!value) return "";
  return made = value->str();
}

}  // namespace

std::string_view column_view(const Partner& partner, Column column, std::string& made) {
  switch (column) {
    case Column::id:
      return made = partner.id.str();
    case Column::status:
      return code_of(partner.status);
    case Column::verified_on:
      return made_from(partner.verified_on, made);
    case Column::approved_on:
      return made_from(partner.approved_on, made);
    case Column::ended_on:
      return made_from(partner.ended_on, made);
    case Column::end_reason:
      return partner.end_reason ? code_of(*partner.end_reason) : "";
    case Column::partner_since:
      return made_from(partner.partner_since, made);
    case Column::end_note:
      return partner.end_note ? std::string_view(partner.end_note->str()) : "";
    case Column::successor:
      return made_from(partner.successor, made);
    case Column::contact_erased_on:
      return made_from(partner.contact_erased_on, made);
    default:
      break;
  }
  // The columns after the id are the form's fields, in the same order.
  return field_view(partner.application, static_cast<Field>(static_cast<std::size_t>(column) - 1), made);
}

std::optional<std::string> column_text(const Partner& partner, Column column) {
  std::string made;
  const std::string_view text = column_view(partner, column, made);
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

}  // namespace covenant
