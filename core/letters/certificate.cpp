#include "core/letters/certificate.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/letters/message.hpp"
#include "core/letters/wording.hpp"
#include "core/model/stored_text.hpp"
#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/head.hpp"
#include "core/site/locale.hpp"
#include "core/site/names.hpp"

namespace covenant {

namespace {

std::string page_url(const PageOptions& options, std::string_view id) {
  if (!options.base_url) return {};
  return site_folder(options.base_url) +
         site_path(SiteFile::partner_page, {.language = options.language, .partner = PartnerId::parse(id)});
}

std::vector<PaperCategory> categories_of(const Catalogue& catalogue, std::string_view codes) {
  std::vector<PaperCategory> categories;
  while (!codes.empty()) {
    const std::string_view code = codes.substr(0, codes.find(';'));
    codes.remove_prefix(std::min(codes.size(), code.size() + 1));
    const Category category = stored(parse_code<Category>(code));
    categories.push_back({category, std::string(short_name(catalogue, category))});
  }
  return categories;
}

}  // namespace

CertificateTexts certificate_texts(const PageOptions& options, const PublicTexts& partner) {
  const Catalogue& catalogue = options.catalogue();
  const auto text = [&](std::string_view english) { return std::string(catalogue.text(english)); };
  const std::string id(partner[index_of("id"_public)]);
  Locale locale(options.language);
  CertificateTexts texts;
  texts.language = catalogue.tag();
  texts.site_name = site_name(catalogue, options);
  texts.recognition = text(english_label("recognition_label"));
  texts.name = partner[index_of("name"_public)];
  texts.name_language = language_on_page(options.language, partner[index_of("language"_public)]);
  texts.title = fmt::format("{} – {} ({})", texts.recognition, texts.name, id);
  texts.role = text(wording::associated_partner_of_the_covenant);
  texts.text = text(english_label("recognition_text"));
  const Date since = stored(Date::parse(partner[index_of("partner_since"_public)]));
  texts.since = filled(catalogue.text(wording::start_of_partnership), "date", locale.long_date(since));
  texts.categories = categories_of(catalogue, partner[index_of("categories"_public)]);
  texts.office = text(english_label("office_label"));
  texts.validity = id + ". " + text(english_label("holds_text"));
  texts.page_url = page_url(options, id);
  return texts;
}

}  // namespace covenant
