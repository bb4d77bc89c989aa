#include "core/letters/statement.hpp"

#include <fmt/format.h>

#include "core/letters/message.hpp"
#include "core/letters/wording.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/head.hpp"
#include "core/site/locale.hpp"
#include "core/site/names.hpp"

namespace covenant {

StatementTexts statement_texts(const PageOptions& options, const Partner& partner, const Office& office) {
  const Catalogue& catalogue = options.catalogue();
  const auto text = [&](std::string_view english) { return std::string(catalogue.text(english)); };
  const Application& organisation = partner.application;
  Locale locale(options.language, options.kosovo);
  StatementTexts texts;
  texts.language = catalogue.tag();
  texts.site_name = site_name(catalogue, options);
  texts.id = partner.id.str();
  texts.heading = text(wording::commitment_statement);
  texts.title = fmt::format("{} – {} ({})", texts.heading, organisation.name.str(), texts.id);
  texts.subtitle = text(wording::associated_partner_of_the_covenant);
  texts.organisation_label = text(wording::organisation);
  texts.name = organisation.name.str();
  texts.name_language = language_on_page(options.language, organisation.language.str());
  texts.place = locale.country_name(organisation.country);
  if (organisation.city) texts.place = organisation.city->str() + ", " + texts.place;
  if (options.kosovo == KosovoName::with_footnote && organisation.country.is_kosovo())
    texts.place_footnote = kosovo_footnote(catalogue);
  texts.introduction = text(wording::voluntary_commitment);
  texts.commitments = {text(wording::first_commitment), text(wording::second_commitment)};
  texts.terms = {text(wording::right_to_end), text(wording::meaning_of_recognition)};
  texts.declaration = text(wording::by_signing);
  texts.fields = {text(wording::name), text(wording::function), text(wording::place_and_date)};
  texts.signature_label = text(wording::signature);
  texts.email = office.email->str();
  texts.instructions_heading = text(wording::how_to_sign);
  texts.instructions = {
      text(wording::sign_electronically), text(wording::sign_by_hand),
      filled(filled(catalogue.text(wording::send_it_to), "id", texts.id), "email", texts.email)};
  texts.office = office.name.value_or(text(english_label("office_label")));
  if (office.address) texts.office += " · " + *office.address;
  return texts;
}

}  // namespace covenant
