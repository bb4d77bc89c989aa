#include "core/model/column.hpp"

#include "core/model/application.hpp"

namespace covenant {

namespace {

std::optional<std::string> present(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return value->str();
}

}  // namespace

std::optional<std::string> column_text(const Partner& partner, Column column) {
  switch (column) {
    case Column::id:
      return partner.id.str();
    case Column::status:
      return std::string(code_of(partner.status));
    case Column::verified_on:
      return text_of(partner.verified_on);
    case Column::approved_on:
      return text_of(partner.approved_on);
    case Column::ended_on:
      return text_of(partner.ended_on);
    case Column::end_reason:
      if (!partner.end_reason) return std::nullopt;
      return std::string(code_of(*partner.end_reason));
    case Column::partner_since:
      return text_of(partner.partner_since);
    case Column::end_note:
      return text_of(partner.end_note);
    case Column::successor:
      return text_of(partner.successor);
    case Column::contact_erased_on:
      return text_of(partner.contact_erased_on);
    default:
      break;
  }
  // The columns after the id are the form's fields, in the same order.
  const auto field = static_cast<Field>(static_cast<std::size_t>(column) - 1);
  return present(field_text(partner.application, field));
}

}  // namespace covenant
