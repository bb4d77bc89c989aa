#include "core/site/practices.hpp"

#include <algorithm>
#include <array>

#include "core/formats/csv_cell.hpp"
#include "core/model/stored_text.hpp"
#include "core/site/addresses.hpp"
#include "core/site/head.hpp"
#include "core/site/page_data.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

using page_names::number;

std::string_view text_of(const PublicTexts& partner, PublicField field) {
  return partner[index_of(field)];
}

/// The page as templates see it: those who share nothing are no rows.
class PracticesData final : public PageData {
 public:
  PracticesData(const PageOptions& options, const PageSource& source)
      : PageData(options, source),
        source_(source),
        page_url_(site_folder(options.base_url) + page_in(options.language)) {
    if (options.base_url) set(number("page_url"), page_url_);
  }

  std::string_view value(std::size_t name) override {
    if (name != number("script")) return PageData::value(name);
    static const std::string script = practices_script_element();
    return script;
  }

  void each(std::size_t section, const Row& row) override {
    if (section != number("partners")) return PageData::each(section, row);
    source_.partners([&](const PublicTexts& partner) {
      if (text_of(partner, "practices"_public).empty()) return;
      show(shown_with_practices(partner));
      row();
    });
  }

 private:
  std::string page_in(OfficialLanguage language) const override {
    return site_path(SiteFile::practices, {.language = language});
  }

  const PageSource& source_;
  std::string page_url_;
};

}  // namespace

void PracticeCount::add(const PublicTexts& partner) {
  std::string_view rest = text_of(partner, "practices"_public);
  if (rest.empty()) return;
  const std::int64_t practices = 1 + std::count(rest.begin(), rest.end(), '\n');
  counted_.count += practices;
  const Categories categories = stored(Categories::parse(text_of(partner, "categories"_public)));
  for (const Category category : categories.list())
    counted_.by_category[static_cast<std::size_t>(category)] += practices;
  const Country country = stored(Country::parse(text_of(partner, "country"_public)));
  auto& countries = counted_.by_country;
  const auto place =
      std::lower_bound(countries.begin(), countries.end(), country,
                       [](const auto& a, const Country& b) { return a.first.code() < b.code(); });
  if (place != countries.end() && place->first.code() == country.code()) {
    place->second += practices;
  } else {
    countries.emplace(place, country, practices);
  }
}

PublicSummary PracticeCount::summary(std::optional<Date> modified) const {
  PublicSummary summary = counted_;
  summary.modified = modified;
  return summary;
}

PublicTexts shown_with_practices(const PublicTexts& partner) {
  PublicTexts shown;
  for (const PublicField field : {"id"_public, "name"_public, "categories"_public, "country"_public,
                                  "practices"_public, "language"_public, "partner_since"_public})
    shown[index_of(field)] = partner[index_of(field)];
  return shown;
}

void write_practices_page(const PageOptions& options, const PageSource& source, TextSink& sink) {
  PracticesData data(options, source);
  built_in_template(BuiltInTemplate::practices).write(data, sink);
}

PracticesCsvWriter::PracticesCsvWriter(TextSink& sink) : sink_(sink) {
  sink_.write("title,link,partner,partner_id,categories,country,since\r\n");
}

void PracticesCsvWriter::rows(const PublicTexts& partner) {
  std::string_view rest = text_of(partner, "practices"_public);
  while (!rest.empty()) {
    const PracticeView practice = take_practice(rest);
    line_.clear();
    for (const std::string_view text :
         {practice.title, practice.url, text_of(partner, "name"_public), text_of(partner, "id"_public),
          text_of(partner, "categories"_public), text_of(partner, "country"_public),
          text_of(partner, "partner_since"_public)}) {
      if (!line_.empty()) line_ += ',';
      append_cell(line_, text, CsvReadBy::program);
    }
    sink_.write(line_ + "\r\n");
  }
}

}  // namespace covenant
