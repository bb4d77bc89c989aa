#include "core/site/page_data.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "core/base/error.hpp"
#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/country_name.hpp"
#include "core/site/feeds.hpp"
#include "core/site/head.hpp"
#include "core/site/linked_data.hpp"
#include "core/text/alphabet.hpp"
#include "core/text/collator.hpp"

namespace covenant {

namespace {

using page_names::number;

/// Above so many partners a browser lays out only those in sight.
constexpr std::int64_t long_list = 100;

/// Above so many partners letters lead to those whose names begin with them.
constexpr std::int64_t list_with_letters = 60;

constexpr std::array<std::pair<std::string_view, std::size_t>, 6> forms = {{{"zero", number("form_zero")},
                                                                            {"one", number("form_one")},
                                                                            {"two", number("form_two")},
                                                                            {"few", number("form_few")},
                                                                            {"many", number("form_many")},
                                                                            {"other", number("form_other")}}};

/// A message around its one placeholder.
std::pair<std::string_view, std::string_view> around(std::string_view message) {
  const std::size_t open = message.find('{');
  const std::size_t close = message.find('}');
  if (close == std::string_view::npos) return {message, ""};
  return {message.substr(0, open), message.substr(close + 1)};
}

std::string_view change_message(const Catalogue& catalogue, PublicChangeKind kind) {
  switch (kind) {
    case PublicChangeKind::joined:
      return catalogue.text("New partner: {name}");
    case PublicChangeKind::ended:
      return catalogue.text("No longer a partner: {name}");
    case PublicChangeKind::practices:
      break;
  }
  return catalogue.text("New practices and tools: {name}");
}

}  // namespace

PageData::PageData(const PageOptions& options, const PageSource& source)
    : options_(options),
      source_(source),
      catalogue_(options.catalogue()),
      locale_(options.language, options.kosovo),
      values_{},
      row_(values_, options, locale_) {
  set_labels();
  set_counts();
  set_selection();
  set_sizes();
  set_addresses();
}

void PageData::keep(std::size_t name, std::string text) {
  values_[name] = kept_.emplace_back(std::move(text));
}

void PageData::set_around(std::size_t before, std::size_t after, std::string_view message) {
  std::tie(values_[before], values_[after]) = around(message);
}

void PageData::set_labels() {
  for (std::size_t i = 0; i < page_labels.size(); ++i) {
    values_[page_names::first_label + i] = catalogue_.text(page_labels[i].english);
  }
  values_[number("lang")] = catalogue_.tag();
  values_[number("language_name")] = own_name(options_.language);
  values_[number("lead")] = lead(catalogue_);
  keep(number("site_name"), site_name(catalogue_, options_));
  keep(number("feed_title"), feed_title(FeedTopic::partners, catalogue_));
  keep(number("practices_feed_title"), feed_title(FeedTopic::practices, catalogue_));
  // TRANSLATORS: a number of practices and tools, after the colon so that nothing has to agree with it
  const std::string_view practices_form = catalogue_.text("Practices and tools: {count}");
  values_[number("practices_count_form")] = practices_form;
  const auto [practices_before, practices_after] = around(practices_form);
  keep(number("practices_count_text"),
       std::string(practices_before)
           .append(locale_.number(static_cast<std::uint64_t>(source_.summary.count)))
           .append(practices_after));
  set_around(number("since_before"), number("since_after"), catalogue_.text("Partner since: {date}"));
  set_around(number("until_before"), number("until_after"), catalogue_.text("Partner until: {date}"));
  set_around(number("permalink_before"), number("permalink_after"), catalogue_.text("Permanent link: {id}"));
  set_around(number("details_before"), number("details_after"), catalogue_.text("Details: {name}"));
  set_around(number("changed_before"), number("changed_after"), catalogue_.text("Last change: {date}"));
}

void PageData::set_counts() {
  const PublicSummary& summary = source_.summary;
  const auto count = static_cast<std::uint64_t>(summary.count);
  const auto countries = static_cast<std::uint64_t>(summary.by_country.size());
  keep(number("total"), std::to_string(summary.count));
  keep(number("count"), locale_.number(count));
  keep(number("countries_count"), locale_.number(countries));
  set_around(number("count_before"), number("count_after"),
             catalogue_.plural("{count} partner", "{count} partners", count));
  set_around(number("countries_before"), number("countries_after"),
             catalogue_.plural("{count} country", "{count} countries", countries));
  keep(number("count_text"), std::string(values_[number("count_before")])
                                 .append(values_[number("count")])
                                 .append(values_[number("count_after")]));
  const auto& categories = catalogue_.plural_categories();
  for (std::size_t form = 0; form < categories.size(); ++form) {
    const auto place = std::find_if(forms.begin(), forms.end(),
                                    [&](const auto& one) { return one.first == categories[form]; });
    if (place == forms.end()) continue;
    values_[place->second] = catalogue_.plural_form("{count} partner", "{count} partners", form);
  }
  set_if(number("has_partners"), summary.count > 0);
  set_footnote(std::any_of(summary.by_country.begin(), summary.by_country.end(),
                           [](const auto& one) { return one.first.is_kosovo(); }));
  set_if(number("is_long"), summary.count > long_list);
  set_if(number("has_letters"), summary.count > list_with_letters);
  const bool has_later_update =
      summary.modified && (source_.changes.empty() || source_.changes.front().day < *summary.modified);
  set_if(number("has_later_update"), has_later_update);
  set_if(number("has_changes"), has_later_update || !source_.changes.empty());
  if (summary.modified) {
    keep(number("changed"), summary.modified->str());
    values_[number("changed_date")] = locale_.long_date(*summary.modified);
  }
}

void PageData::set_selection() {
  if (options_.selection.empty()) return;
  std::string list;
  const auto add = [&](std::string_view name) { list.append(list.empty() ? "" : " · ").append(name); };
  for (const Category category : options_.selection.categories) add(short_name(catalogue_, category));
  for (const Country& country : options_.selection.countries) add(locale_.country_name(country));
  const auto [before, after] = around(catalogue_.text("Selection: {filters}"));
  keep(number("selection_text"), std::string(before).append(list).append(after));
  keep(number("selection"), std::move(list));
}

void PageData::set_footnote(bool names_kosovo) {
  const bool is_shown = names_kosovo && options_.kosovo == KosovoName::with_footnote;
  values_[number("kosovo_text")] = is_shown ? kosovo_footnote(catalogue_) : std::string_view();
}

void PageData::set_sizes() {
  const DataSizes& sizes = source_.sizes;
  const std::array<std::pair<std::size_t, std::uint64_t>, 3> known = {
      {{number("csv_size"), sizes.csv},
       {number("json_size"), sizes.json},
       {number("practices_csv_size"), sizes.practices_csv}}};
  for (const auto& [name, bytes] : known) {
    if (bytes > 0) keep(name, locale_.file_size(bytes));
  }
}

void PageData::set_addresses() {
  const bool is_in_site = options_.place == PagePlace::in_site;
  const bool is_whole = options_.selection.empty();
  set_if(number("has_languages"), options_.languages.size() > 1);
  // Beside a page with a selection is the data of the whole list.
  set_if(number("has_data"), is_in_site || (options_.base_url && is_whole));
  const SiteFileOf in_language{.language = options_.language};
  const std::string list = site_path(SiteFile::list, in_language);
  keep(number("folder"), site_folder(options_.base_url));
  if (options_.base_url && is_whole) keep(number("page_url"), site_folder(options_.base_url) + list);
  if (options_.base_url && !is_whole && !is_in_site)
    keep(number("whole_list"), site_folder(options_.base_url) + list);
  keep(number("list"), list);
  keep(number("feed"), site_path(SiteFile::partners_feed, in_language));
  if (is_in_site) {
    keep(number("practices_page"), site_path(SiteFile::practices, in_language));
    keep(number("practices_feed"), site_path(SiteFile::practices_feed, in_language));
    keep(number("json_feed"), site_path(SiteFile::json_feed, in_language));
    if (source_.has_former) keep(number("former_list"), site_path(SiteFile::former, in_language));
  }
  const SiteLinks& links = options_.links;
  if (links.home) keep(number("home_url"), links.home->in(options_.language).str());
  const std::array<std::pair<std::size_t, const std::optional<LanguageUrl>*>, 9> urls = {
      {{number("join_url"), &links.join},
       {number("contact_url"), &links.contact},
       {number("newsletter_url"), &links.newsletter},
       {number("rss_help_url"), &links.rss_help},
       {number("licence_url"), &links.licence},
       {number("accessibility_url"), &links.accessibility},
       {number("privacy_url"), &links.privacy},
       {number("legal_notice_url"), &links.legal_notice},
       {number("sitemap_url"), &links.sitemap}}};
  for (const auto& [name, url] : urls) {
    if (!*url) continue;
    keep(name, (*url)->in(options_.language).str());
    set_if(number("has_links"), true);
  }
}

std::string_view PageData::value(std::size_t name) {
  if (name <= number("mark") && values_[name].empty()) make_element(name);
  return values_[name];
}

void PageData::make_element(std::size_t name) {
  switch (name) {
    case number("policy"):
      values_[name] = policy_element();
      break;
    case number("style"):
      keep(name, style_element());
      break;
    case number("script"):
      keep(name, script_element());
      break;
    case number("linked_data"):
      keep(name, linked_data(options_, source_));
      break;
    case number("icon"):
      values_[name] = icon_element();
      break;
    default:
      values_[name] = mark_element();
  }
}

bool PageData::has_rows(std::size_t section) {
  switch (section) {
    case number("languages"):
      return !options_.languages.empty();
    case number("letters"):
      return source_.summary.count > list_with_letters;
    case number("countries"):
      return !source_.summary.by_country.empty();
    case number("changes"):
      return !source_.changes.empty();
    case number("former"):
      return false;
    case number("partners"):
      return source_.summary.count > 0;
    case number("description_lines", "partners"):
      return !values_[number("description", "partners")].empty();
    case number("expertise_lines", "partners"):
      return !values_[number("expertise", "partners")].empty();
    case number("practices", "partners"):
      return !values_[number("has_practices", "partners")].empty();
    default:
      return true;  // there is always a category
  }
}

void PageData::each(std::size_t section, const Row& row) {
  switch (section) {
    case number("languages"):
      return each_language(row);
    case number("letters"):
      return each_letter(row);
    case number("countries"):
      return each_country(row);
    case number("categories"):
      return each_category(row);
    case number("changes"):
      return each_change(row);
    case number("partners"):
      return each_partner(row);
    case number("former"):
      return;
    case number("kinds", "partners"):
      return row_.each_kind(row);
    case number("description_lines", "partners"):
      return row_.each_line(number("description", "partners"), number("line", "description_lines"),
                            number("has_more", "description_lines"), row);
    case number("expertise_lines", "partners"):
      return row_.each_line(number("expertise", "partners"), number("line", "expertise_lines"),
                            number("has_more", "expertise_lines"), row);
    default:
      return row_.each_practice(row);
  }
}

void PageData::each_language(const Row& row) {
  for (const OfficialLanguage language : by_own_name) {
    if (std::count(options_.languages.begin(), options_.languages.end(), language) == 0) continue;
    const std::string page = page_in(language);
    values_[number("code", "languages")] = code_of(language);
    values_[number("own_name", "languages")] = own_name(language);
    values_[number("page", "languages")] = page;
    set_if(number("is_current", "languages"), language == options_.language);
    set_if(number("is_default", "languages"), language == leading_language(options_.languages));
    row();
  }
}

void PageData::each_letter(const Row& row) {
  const Alphabet alphabet(catalogue_.tag());
  std::optional<std::size_t> last;
  source_.partners([&](const PublicTexts& texts) {
    const std::size_t place = alphabet.place(texts[index_of("name"_public)]);
    if (last && place <= *last) return;
    last = place;
    const std::string letter = alphabet.letter(place);
    values_[number("letter", "letters")] = letter;
    values_[number("first_id", "letters")] = texts[index_of("id"_public)];
    row();
  });
}

void PageData::each_country(const Row& row) {
  const auto& by_country = source_.summary.by_country;
  Collator collator(catalogue_.tag());
  std::vector<std::pair<std::string, std::size_t>> order;
  for (std::size_t i = 0; i < by_country.size(); ++i) {
    order.emplace_back(
        collator.key(without_article(options_.language, locale_.country_name(by_country[i].first))), i);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [key, i] : order) {
    const auto& [country, count] = by_country[i];
    const std::string digits = locale_.number(static_cast<std::uint64_t>(count));
    values_[number("code", "countries")] = country.code();
    values_[number("country_name", "countries")] = locale_.country_name(country);
    values_[number("country_count", "countries")] = digits;
    row();
  }
}

void PageData::each_category(const Row& row) {
  for (std::size_t i = 0; i < Codes<Category>::codes.size(); ++i) {
    const auto category = static_cast<Category>(i);
    const std::int64_t count = source_.summary.by_category[i];
    const std::string digits = locale_.number(static_cast<std::uint64_t>(count));
    values_[number("code", "categories")] = code_of(category);
    values_[number("label", "categories")] = short_name(catalogue_, category);
    values_[number("wording", "categories")] = official_wording(catalogue_, category);
    values_[number("category_count", "categories")] = digits;
    set_if(number("is_empty", "categories"), count == 0);
    row();
  }
}

void PageData::each_change(const Row& row) {
  for (const PublicChange& change : source_.changes) {
    const std::string day = change.day.str();
    const std::string id = change.partner.str();
    values_[number("day", "changes")] = day;
    values_[number("day_date", "changes")] = locale_.long_date(change.day);
    set_around(number("change_before", "changes"), number("change_after", "changes"),
               change_message(catalogue_, change.kind));
    values_[number("change_id", "changes")] = id;
    set_if(number("is_listed", "changes"), change.listed == IsListed::yes);
    const std::string link = link_to(change);
    values_[number("change_link", "changes")] = link;
    values_[number("name", "changes")] = change.name.str();
    values_[number("name_dir", "changes")] = PageRow::direction(change.name.str());
    values_[number("text_lang", "changes")] = row_.other_language(change.language.str());
    row();
  }
}

void PageData::show_former(const FormerPartner& partner, const std::string& link, const Row& row) {
  const std::string id = partner.id.str();
  const std::string since = partner.joined.str();
  const std::string until = partner.ended.str();
  values_[number("id", "former")] = id;
  values_[number("name", "former")] = partner.name.str();
  values_[number("name_dir", "former")] = PageRow::direction(partner.name.str());
  const std::string title = row_.in_title(partner.name.str());
  values_[number("name_in_title", "former")] = title;
  values_[number("permalink", "former")] = link;
  values_[number("since", "former")] = since;
  values_[number("since_date", "former")] = locale_.long_date(partner.joined);
  values_[number("until", "former")] = until;
  values_[number("until_date", "former")] = locale_.long_date(partner.ended);
  row();
}

std::string PageData::link_to(const PublicChange& change) const {
  if (options_.place == PagePlace::in_site)
    return site_path(SiteFile::partner_page, {.language = options_.language, .partner = change.partner});
  return change.listed == IsListed::yes ? '#' + change.partner.str() : std::string();
}

void PageData::each_partner(const Row& row) {
  std::int64_t count = 0;
  source_.partners([&](const PublicTexts& texts) {
    ++count;
    row_.set(texts);
    row();
  });
  if (count != source_.summary.count) {
    throw Error(ErrorKind::fault, "the list has " + std::to_string(count) +
                                      " partners and its summary counts " +
                                      std::to_string(source_.summary.count));
  }
}

}  // namespace covenant
