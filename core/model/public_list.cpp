#include "core/model/public_list.hpp"

namespace covenant {

namespace {

template <class T>
std::string_view text_of(const std::optional<T>& value) {
  return value ? std::string_view(value->str()) : std::string_view();
}

}  // namespace

std::string_view public_text(const PublicPartner& partner, PublicField field, std::string& scratch) {
  switch (field) {
    case PublicField::id:
      return scratch = partner.id.str();
    case PublicField::name:
      return partner.name.str();
    case PublicField::acronym:
      return text_of(partner.acronym);
    case PublicField::categories:
      return scratch = partner.categories.str();
    case PublicField::level:
      return code_of(partner.level);
    case PublicField::country:
      return partner.country.code();
    case PublicField::city:
      return text_of(partner.city);
    case PublicField::website:
      return text_of(partner.website);
    case PublicField::member_count:
      return scratch = partner.member_count ? std::to_string(partner.member_count->number()) : "";
    case PublicField::description:
      return text_of(partner.description);
    case PublicField::expertise:
      return text_of(partner.expertise);
    case PublicField::practices:
      return scratch = to_text(partner.practices);
    case PublicField::language:
      return partner.language.str();
    case PublicField::partner_since:
      return scratch = partner.partner_since.str();
  }
  return {};
}

}  // namespace covenant
