#include "core/store/stored_partner.hpp"

#include <utility>

#include "core/store/stored.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

using Cell = std::optional<std::string_view>;

template <class T>
std::optional<T> optional_value(const Cell& cell) {
  if (!cell) return std::nullopt;
  return stored(T::parse(*cell));
}

template <class E>
std::optional<E> optional_code(const Cell& cell) {
  if (!cell) return std::nullopt;
  return stored(parse_code<E>(*cell));
}

std::optional<PartnerId> optional_id(const Cell& cell) {
  if (!cell) return std::nullopt;
  const auto id = PartnerId::parse(*cell);
  if (!id) throw Error(ErrorKind::damaged, "the registry is damaged: a successor is not an id");
  return id;
}

Application stored_application(const ColumnTexts& texts, std::optional<Contact> contact) {
  const auto cell = [&](Column column) -> const Cell& { return texts[static_cast<std::size_t>(column)]; };
  const auto text = [&](Column column) { return cell(column).value_or(std::string_view()); };
  return Application{
      .reference = optional_value<Reference>(cell(Column::reference)),
      .name = stored(Name::parse(text(Column::name))),
      .acronym = optional_value<Acronym>(cell(Column::acronym)),
      .categories = stored(Categories::parse(text(Column::categories))),
      .level = stored(parse_code<Level>(text(Column::level))),
      .membership_based = optional_code<MembershipBased>(cell(Column::membership_based)),
      .member_count = optional_value<MemberCount>(cell(Column::member_count)),
      .country = stored(Country::parse(text(Column::country))),
      .city = optional_value<City>(cell(Column::city)),
      .website = optional_value<WebUrl>(cell(Column::website)),
      .description = optional_value<LongText>(cell(Column::description)),
      .expertise = optional_value<LongText>(cell(Column::expertise)),
      .practices = cell(Column::practices) ? stored(parse_practices(*cell(Column::practices))) : Practices{},
      .language = stored(LanguageTag::parse(text(Column::language))),
      .contact = std::move(contact),
      .applied_on = stored(Date::parse(text(Column::applied_on))),
  };
}

}  // namespace

Partner stored_partner(PartnerId id, const ColumnTexts& texts, std::optional<Contact> contact) {
  const auto cell = [&](Column column) -> const Cell& { return texts[static_cast<std::size_t>(column)]; };
  return Partner{
      .id = id,
      .application = stored_application(texts, std::move(contact)),
      .status = stored(parse_code<Status>(cell(Column::status).value_or(std::string_view()))),
      .verified_on = optional_value<Date>(cell(Column::verified_on)),
      .approved_on = optional_value<Date>(cell(Column::approved_on)),
      .partner_since = optional_value<Date>(cell(Column::partner_since)),
      .ended_on = optional_value<Date>(cell(Column::ended_on)),
      .end_reason = optional_code<EndReason>(cell(Column::end_reason)),
      .end_note = optional_value<Note>(cell(Column::end_note)),
      .successor = optional_id(cell(Column::successor)),
      .contact_erased_on = optional_value<Date>(cell(Column::contact_erased_on)),
  };
}

}  // namespace covenant
