#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "core/site/catalogue.hpp"
#include "core/template/template.hpp"

// The names that templates of the public list know. Documented in covenant-template(5).

namespace covenant {

/// A text that pages have in their own language, and its name in templates.
struct PageLabel {
  std::string_view name;
  std::string_view english;
};

inline constexpr std::array page_labels = std::to_array<PageLabel>({
    // TRANSLATORS: the title of the page, and the kind of organisation that it lists
    {"heading", translatable("Associated Partners")},
    {"about_text",
     translatable(
         "Partners have joined by returning the signed commitment statement. The European Commission may end "
         "a partnership at any time. The Covenant of Mayors Office maintains this list.")},
    // TRANSLATORS: a link for those who use a keyboard or a screen reader; the first thing on the page
    {"skip_label", translatable("Skip to the list of partners")},
    // TRANSLATORS: heads the choice of languages: a noun in the plural
    {"languages_label", translatable("Languages")},
    // TRANSLATORS: names the form above the list: an imperative, or a noun such as "filter"
    {"filter_label", translatable("Filter the list")},
    // TRANSLATORS: the label of a choice: one of the four categories of organisations
    {"category_label", translatable("Category")},
    // TRANSLATORS: all categories; agrees with "category"
    {"all_label", translatable("All")},
    // TRANSLATORS: the label of a choice and of a place: where an organisation has its seat; partners work in
    // other countries, too
    {"seat_label", translatable("Seat")},
    // TRANSLATORS: the first line of the choice of countries
    {"all_countries_label", translatable("All countries")},
    // TRANSLATORS: the label of a text field: a noun or an imperative
    {"search_label", translatable("Search")},
    // TRANSLATORS: the label of a check box: hides partners without practices and tools
    {"tools_label", translatable("Only partners that offer practices and tools")},
    // TRANSLATORS: the label of a choice: in which order partners are listed: a noun
    {"order_label", translatable("Order")},
    // TRANSLATORS: an order of the list: alphabetical
    {"by_name_label", translatable("By name")},
    // TRANSLATORS: an order of the list: those who joined last come first
    {"newest_label", translatable("Newest first")},
    // TRANSLATORS: what was chosen above the list: {filters} is a list of categories, countries and words
    // with
    // dots between them
    {"selection_form", translatable("Selection: {filters}")},
    // TRANSLATORS: a button that shows all partners again: an imperative
    {"show_all_label", translatable("Show all")},
    // TRANSLATORS: the name of a line of letters that lead to the partners whose names begin with them
    {"letters_label", translatable("Alphabetical index")},
    // TRANSLATORS: a link to all that is known of a partner, after the day on which it joined: a noun
    {"details_label", translatable("Details")},
    // TRANSLATORS: a heading: the partners, in the plural
    {"partners_label", translatable("Partners")},
    // TRANSLATORS: opens the definitions of the four categories: what each of them means
    {"categories_label", translatable("What the categories mean")},
    // TRANSLATORS: a heading above those who joined and left, newest first
    {"changes_label", translatable("Latest changes")},
    // TRANSLATORS: what happened to the list on a day, where no partner joined or left: texts of partners
    // changed
    {"updated_label", translatable("List updated")},
    // TRANSLATORS: the title of a page, and a link to it: organisations that were partners
    {"former_label", translatable("Former partners")},
    // TRANSLATORS: a heading above feeds of changes: an imperative, or a noun
    {"follow_label", translatable("Follow the list")},
    // TRANSLATORS: a heading above links to files
    {"downloads_label", translatable("Download the data")},
    // TRANSLATORS: a link to the file that describes the data for portals of open data
    {"dataset_label", translatable("Description of the data set")},
    // TRANSLATORS: the label of a text in which a partner describes what it knows of energy
    {"expertise_label", translatable("Energy expertise")},
    // TRANSLATORS: the label of a list of good practices and tools that a partner shares
    {"practices_label", translatable("Practices and tools")},
    // TRANSLATORS: below the title "Practices and tools", what the page lists
    {"practices_lead_text",
     translatable(
         "Good practices and tools for sustainable energy that the Associated Partners share with the "
         "Covenant signatories.")},
    {"no_practices_text", translatable("There are no practices and tools yet.")},
    // TRANSLATORS: shown in the place of a list when category, country and search leave nothing of it
    {"nothing_matches_text", translatable("Nothing matches your selection.")},
    {"empty_text", translatable("There are no partners yet.")},
    // TRANSLATORS: shown in the place of the list when category, country and search leave nothing
    {"no_match_text",
     translatable(
         "No partner matches your selection. Partners work all over Europe, wherever their seat is. Choose "
         "another category or seat, or clear the search.")},
    // TRANSLATORS: a link in the footer to the page that says how an organisation joins
    {"join_label", translatable("How to become a partner")},
    // TRANSLATORS: a link in the footer to the office's contact page: a noun
    {"contact_label", translatable("Contact")},
    // TRANSLATORS: a link in the footer: the letter that is sent to subscribers
    {"newsletter_label", translatable("Newsletter")},
    // TRANSLATORS: a link in the footer to a page that explains feeds
    {"rss_help_label", translatable("RSS help")},
    // TRANSLATORS: a link in the footer to the accessibility statement, as websites of the institutions call
    // it
    {"accessibility_label", translatable("Accessibility")},
    // TRANSLATORS: a link in the footer; the title of that page on the websites of the institutions
    {"privacy_label", translatable("Privacy policy")},
    // TRANSLATORS: a link in the footer to the list of the website's pages
    {"sitemap_label", translatable("Site map")},
    // TRANSLATORS: a link in the footer; the title of that page on the websites of the institutions
    {"legal_notice_label", translatable("Legal notice")},
    // TRANSLATORS: a link in the footer: the licence under which the data may be used again
    {"licence_label", translatable("Data licence")},
    // TRANSLATORS: a link for those who use a keyboard or a screen reader; the first thing on a partner's
    // page
    {"skip_to_text_label", translatable("Skip to main content")},
    // TRANSLATORS: the label of how far an organisation reaches: European, international, national or local
    {"level_label", translatable("Level")},
    // TRANSLATORS: the label of the number of members that an organisation has
    {"members_label", translatable("Members")},
    // TRANSLATORS: a link back from a partner's page to the list
    {"all_partners_label", translatable("All partners")},
    // TRANSLATORS: the label of a link to the organisation's own website
    {"website_label", translatable("Website")},
    // TRANSLATORS: the label of the partner's number, such as AP-0031
    {"identifier_label", translatable("Identifier")},
    // TRANSLATORS: above the name on the page of an organisation that left
    {"no_longer_label", translatable("No longer a partner")},
    // TRANSLATORS: a link to the certificate of a partner, for printing: a noun
    {"certificate_label", translatable("Certificate")},
    // TRANSLATORS: the title of the certificate
    {"recognition_label", translatable("Official recognition")},
    // TRANSLATORS: what the organisation is: in the singular
    {"role_label", translatable("Associated Partner of the Covenant of Mayors")},
    // TRANSLATORS: the sentence of the certificate, below the organisation's name
    {"recognition_text",
     translatable(
         "This organisation has joined the Covenant of Mayors as an Associated Partner. It has undertaken to "
         "share its experience with the Covenant signatories and to offer them practices and tools for "
         "sustainable energy.")},
    // TRANSLATORS: the signature of the certificate
    {"office_label", translatable("Covenant of Mayors Office")},
    // TRANSLATORS: the last sentence of the certificate
    {"holds_text",
     translatable(
         "This recognition is valid for as long as the organisation is on the public list of partners.")},
});

/// The English text of the label of that name.
consteval std::string_view english_label(std::string_view name) {
  for (const PageLabel& label : page_labels) {
    if (label.name == name) return label.english;
  }
  throw "no such label";
}

namespace page_names {

using enum NameKind;

/// What has rows in a template of the public list, and what each row has.
inline constexpr std::array rows = std::to_array<TemplateName>({
    {"languages", section},
    {"code", text, "languages"},
    {"own_name", text, "languages"},
    {"page", url, "languages"},
    {"is_current", text, "languages"},
    {"is_default", text, "languages"},
    {"letters", section},
    {"letter", text, "letters"},
    {"first_id", text, "letters"},
    {"countries", section},
    {"code", text, "countries"},
    {"country_name", text, "countries"},
    {"country_count", text, "countries"},
    {"categories", section},
    {"code", text, "categories"},
    {"label", text, "categories"},
    {"wording", text, "categories"},
    {"category_count", text, "categories"},
    {"is_empty", text, "categories"},
    {"changes", section},
    {"day", text, "changes"},
    {"day_date", text, "changes"},
    {"change_before", text, "changes"},
    {"change_after", text, "changes"},
    {"change_id", text, "changes"},
    {"change_link", url, "changes"},
    {"is_listed", text, "changes"},
    {"name", text, "changes"},
    {"name_dir", text, "changes"},
    {"text_lang", text, "changes"},
    {"partners", section},
    {"id", text, "partners"},
    {"name", text, "partners"},
    {"name_dir", text, "partners"},
    {"name_in_title", text, "partners"},
    {"acronym", text, "partners"},
    {"acronym_dir", text, "partners"},
    {"category_codes", text, "partners"},
    {"level", text, "partners"},
    {"level_name", text, "partners"},
    {"country", text, "partners"},
    {"country_code", text, "partners"},
    {"city", text, "partners"},
    {"city_dir", text, "partners"},
    {"website", url, "partners"},
    {"permalink", url, "partners"},
    {"member_count", text, "partners"},
    {"members", text, "partners"},
    {"summary", text, "partners"},
    {"certificate", url, "partners"},
    {"certificate_lang", text, "partners"},
    {"description", text, "partners"},
    {"description_dir", text, "partners"},
    {"expertise", text, "partners"},
    {"expertise_dir", text, "partners"},
    {"language", text, "partners"},
    {"text_lang", text, "partners"},
    {"has_long_name", text, "partners"},
    {"since", text, "partners"},
    {"since_date", text, "partners"},
    {"has_offer", text, "partners"},
    {"has_list", text, "partners"},
    {"has_practices", text, "partners"},
    {"kinds", section, "partners"},
    {"code", text, "kinds"},
    {"label", text, "kinds"},
    {"description_lines", section, "partners"},
    {"line", text, "description_lines"},
    {"has_more", text, "description_lines"},
    {"expertise_lines", section, "partners"},
    {"line", text, "expertise_lines"},
    {"has_more", text, "expertise_lines"},
    {"practices", section, "partners"},
    {"title", text, "practices"},
    {"title_dir", text, "practices"},
    {"link", url, "practices"},
    {"former", section},
    {"id", text, "former"},
    {"name", text, "former"},
    {"name_dir", text, "former"},
    {"name_in_title", text, "former"},
    {"permalink", url, "former"},
    {"since", text, "former"},
    {"since_date", text, "former"},
    {"until", text, "former"},
    {"until_date", text, "former"},
    {"successor_name", text, "former"},
    {"successor_dir", text, "former"},
    {"successor_link", url, "former"},
});

}  // namespace page_names

namespace page_names {

/// What the program makes whole.
inline constexpr std::array elements = std::to_array<TemplateName>({
    {"policy", element},
    {"style", element},
    {"script", element},
    {"linked_data", element},
    {"icon", element},
    {"mark", element},
});

inline constexpr std::array of_page = std::to_array<TemplateName>({
    {"lang", text},
    {"site_name", text},
    {"lead", text},
    {"total", text},
    {"count", text},
    {"count_before", text},
    {"count_after", text},
    {"count_text", text},
    {"countries_count", text},
    {"countries_before", text},
    {"countries_after", text},
    {"changed", text},
    {"changed_date", text},
    {"changed_before", text},
    {"changed_after", text},
    {"form_zero", text},
    {"form_one", text},
    {"form_two", text},
    {"form_few", text},
    {"form_many", text},
    {"form_other", text},
    {"has_partners", text},
    {"has_languages", text},
    {"has_data", text},
    {"has_changes", text},
    {"has_later_update", text},
    {"has_links", text},
    {"is_long", text},
    {"since_before", text},
    {"since_after", text},
    {"until_before", text},
    {"until_after", text},
    {"permalink_before", text},
    {"permalink_after", text},
    {"details_before", text},
    {"details_after", text},
    {"language_name", text},
    {"has_letters", text},
    {"selection", text},
    {"selection_text", text},
    {"feed_title", text},
    {"practices_feed_title", text},
    {"practices_count_form", text},
    {"practices_count_text", text},
    {"kosovo_text", text},
    {"csv_size", text},
    {"json_size", text},
    {"practices_csv_size", text},
    // addresses
    {"page_url", url},
    {"folder", url},
    {"list", url},
    {"whole_list", url},
    {"former_list", url},
    {"feed", url},
    {"practices_page", url},
    {"practices_feed", url},
    {"json_feed", url},
    {"home_url", url},
    {"join_url", url},
    {"contact_url", url},
    {"newsletter_url", url},
    {"rss_help_url", url},
    {"licence_url", url},
    {"accessibility_url", url},
    {"privacy_url", url},
    {"legal_notice_url", url},
    {"sitemap_url", url},
});

inline constexpr std::size_t first_label = elements.size() + of_page.size();

inline constexpr auto all = [] {
  std::array<TemplateName, first_label + page_labels.size() + rows.size()> names{};
  auto end = std::copy(elements.begin(), elements.end(), names.begin());
  end = std::copy(of_page.begin(), of_page.end(), end);
  for (const PageLabel& label : page_labels) *end++ = {label.name, text};
  std::copy(rows.begin(), rows.end(), end);
  return names;
}();

/// The number of a name; one that is not there does not compile.
consteval std::size_t number(std::string_view name, std::string_view section = {}) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name && all[i].section == section) return i;
  }
  throw std::logic_error("no such name");
}

}  // namespace page_names

}  // namespace covenant
