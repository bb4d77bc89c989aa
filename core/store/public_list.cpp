#include "core/store/public_list.hpp"

#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "core/model/status.hpp"
#include "core/store/database.hpp"
#include "core/store/stored_text.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

namespace {

/// Runs "SELECT … WHERE <conditions> …" and gives each row.
template <class Give>
void each_row(Read& read, const Conditions& conditions, const std::string& head, const std::string& tail,
              Give give) {
  Query rows = read.query(head + conditions.sql() + tail);
  conditions.bind(rows);
  while (rows.step()) give(rows);
}

constexpr const char* select_public =
    "SELECT id, name, acronym, categories, level, country, city, website, member_count, description, "
    "expertise, "
    "practices, language, partner_since FROM public_partner";

/// The partner's column that a public field is.
constexpr Column column_of(PublicField field) {
  constexpr std::array<Column, public_field_count> columns = {
      Column::id,        Column::name,      Column::acronym,  Column::categories,   Column::level,
      Column::country,   Column::city,      Column::website,  Column::member_count, Column::description,
      Column::expertise, Column::practices, Column::language, Column::partner_since};
  return columns[static_cast<std::size_t>(field)];
}

template <class T>
std::optional<T> optional_value(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return stored(T::parse(text));
}

PublicPartner read_public_partner(const Query& query) {
  const auto text = [&](PublicField field) {
    return stored_text(query, static_cast<int>(field), column_of(field));
  };
  return PublicPartner{
      .id = stored_id(query, 0),
      .name = stored(Name::parse(text(PublicField::name))),
      .acronym = optional_value<Acronym>(text(PublicField::acronym)),
      .categories = stored(Categories::parse(text(PublicField::categories))),
      .level = stored(parse_code<Level>(text(PublicField::level))),
      .country = stored(Country::parse(text(PublicField::country))),
      .city = optional_value<City>(text(PublicField::city)),
      .website = optional_value<WebUrl>(text(PublicField::website)),
      .member_count = optional_value<MemberCount>(text(PublicField::member_count)),
      .description = optional_value<LongText>(text(PublicField::description)),
      .expertise = optional_value<LongText>(text(PublicField::expertise)),
      .practices = stored(parse_practices(text(PublicField::practices))),
      .language = stored(LanguageTag::parse(text(PublicField::language))),
      .partner_since = stored(Date::parse(text(PublicField::partner_since))),
  };
}

using Counts = std::map<std::string, std::int64_t, std::less<>>;

void count(Counts& counts, std::string_view what) {
  const auto at = counts.find(what);
  ++(at != counts.end() ? at : counts.emplace(what, 0).first)->second;
}

}  // namespace

PublicSummary summarise(Read& read, const PublicQuery& query) {
  PublicSummary summary;
  Counts categories;
  Counts countries;
  std::string modified;
  // Those who were listed once count too: what they changed is part of the list's date even when they are
  // gone.
  Conditions ever_listed = conditions_of(query);
  ever_listed.add("changed_on >= ?", std::string());
  each_row(read, ever_listed, "SELECT changed_on, status, categories, country FROM partner", "",
           [&](const Query& row) {
             if (row.text(0) > modified) modified = row.text(0);
             if (row.text(1) != code_of(Status::approved)) return;
             ++summary.count;
             count(categories, row.text(2));
             count(countries, row.text(3));
           });
  for (const auto& [codes, partners] : categories) {
    for (const Category category : stored(Categories::parse(codes)).list())
      summary.by_category[static_cast<std::size_t>(category)] += partners;
  }
  for (const auto& [code, partners] : countries)
    summary.by_country.emplace_back(stored(Country::parse(code)), partners);
  if (!modified.empty()) summary.modified = stored(Date::parse(modified));
  return summary;
}

void for_each_public_partner_by_id(Read& read, const PublicQuery& query,
                                   const std::function<void(const PublicPartner&)>& give) {
  each_row(read, conditions_of(query), select_public, " ORDER BY id",
           [&](const Query& row) { give(read_public_partner(row)); });
}

namespace {

/// Gives rows of `select_public` as they are stored.
class GiveTexts {
 public:
  explicit GiveTexts(const std::function<void(const PublicTexts&)>& give) : give_(give) {}

  void operator()(const Query& row) {
    const std::string id = stored_id(row, 0).str();
    texts_.front() = id;
    for (std::size_t i = 1; i < texts_.size(); ++i) {
      texts_[i] = stored_text(row, static_cast<int>(i), column_of(static_cast<PublicField>(i)));
    }
    if (texts_.back().empty())
      throw Error(ErrorKind::damaged,
                  "the registry is damaged: " + id + " is listed without a day of joining");
    give_(texts_);
  }

 private:
  const std::function<void(const PublicTexts&)>& give_;
  PublicTexts texts_;
};

}  // namespace

void for_each_public_row_by_id(Read& read, const PublicQuery& query,
                               const std::function<void(const PublicTexts&)>& give) {
  each_row(read, conditions_of(query), select_public, " ORDER BY id", GiveTexts(give));
}

void for_each_public_row_by_name(Read& read, const PublicQuery& query, const std::string& language,
                                 const std::function<void(const PublicTexts&)>& give) {
  const bool stored_order = language == "en" || language.starts_with("en-");
  Conditions conditions = conditions_of(query);
  GiveTexts give_texts(give);
  if (stored_order) return each_row(read, conditions, select_public, " ORDER BY +sort_key, id", give_texts);
  Query rows = read.query(select_public + conditions.sql() + " ORDER BY collation_key(:language, name), id");
  conditions.bind(rows);
  rows.bind(":language", language);
  while (rows.step()) give_texts(rows);
}

bool find_public_row(Read& read, PartnerId id, const std::function<void(const PublicTexts&)>& give) {
  Query query = read.query(std::string(select_public) + " WHERE id = :id");
  query.bind(":id", id.number());
  if (!query.step()) return false;
  GiveTexts give_texts(give);
  give_texts(query);
  return true;
}

void for_each_former_partner(Read& read, const PublicQuery& query,
                             const std::function<void(const FormerPartner&)>& give) {
  Conditions conditions = conditions_of(query);
  conditions.add("status <> ?", std::string(code_of(Status::approved)));
  each_row(read, conditions, "SELECT id, name, partner_since, ended_on FROM partner",
           " AND partner_since IS NOT NULL AND ended_on IS NOT NULL ORDER BY id", [&](const Query& row) {
             give({stored_id(row, 0), stored(Name::parse(row.text(1))), stored(Date::parse(row.text(2))),
                   stored(Date::parse(row.text(3)))});
           });
}

}  // namespace covenant
