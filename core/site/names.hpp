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
    {"heading", translatable("Associated Partners")},
    {"about_text",
     translatable("Partners have joined by returning a signed commitment. The European Commission may end a "
                  "partnership at "
                  "any time. The Covenant of Mayors Office keeps this list.")},
    {"skip_label", translatable("Skip to the list of partners")},
    {"languages_label", translatable("Languages")},
    {"contents_label", translatable("On this page")},
    {"filter_label", translatable("Filter the list")},
    {"category_label", translatable("Category")},
    // TRANSLATORS: all categories
    {"all_label", translatable("All")},
    {"country_label", translatable("Country")},
    {"all_countries_label", translatable("All countries")},
    {"search_label", translatable("Search")},
    {"tools_label", translatable("Only those that offer practices and tools")},
    {"partners_label", translatable("Partners")},
    {"categories_label", translatable("The four categories")},
    {"changes_label", translatable("Latest changes")},
    {"downloads_label", translatable("Download the data")},
    {"expertise_label", translatable("Energy know-how")},
    {"practices_label", translatable("Practices and tools")},
    {"empty_text", translatable("There are no partners yet.")},
    {"no_match_text",
     translatable("No partner matches. Choose another category or country, or clear the search.")},
    {"contact_label", translatable("Contact")},
    {"newsletter_label", translatable("Newsletter")},
    {"rss_help_label", translatable("RSS help")},
    {"legal_notice_label", translatable("Legal notice")},
    {"licence_label", translatable("Licence of the data")},
    {"all_partners_label", translatable("All partners")},
    {"website_label", translatable("Website")},
    {"identifier_label", translatable("Identifier")},
    {"no_longer_label", translatable("No longer a partner")},
    {"recognition_label", translatable("Official recognition")},
    {"role_label", translatable("Associated Partner")},
    {"recognition_text",
     translatable(
         "This organisation has joined the Covenant of Mayors as an Associated Partner. It has "
         "undertaken to "
         "share its experience with the Covenant’s signatories and to offer them practices and tools for "
         "sustainable energy.")},
    {"office_label", translatable("Covenant of Mayors Office")},
    {"holds_text",
     translatable(
         "This recognition holds for as long as the organisation is on the public list of partners.")},
});

namespace page_names {

using enum NameKind;

/// What has rows in a template of the public list, and what each row has.
inline constexpr std::array rows = std::to_array<TemplateName>({
    {"languages", section},
    {"code", text, "languages"},
    {"own_name", text, "languages"},
    {"page", url, "languages"},
    {"is_current", text, "languages"},
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
    {"is_listed", text, "changes"},
    {"name", text, "changes"},
    {"name_dir", text, "changes"},
    {"text_lang", text, "changes"},
    {"partners", section},
    {"id", text, "partners"},
    {"name", text, "partners"},
    {"name_dir", text, "partners"},
    {"acronym", text, "partners"},
    {"acronym_dir", text, "partners"},
    {"category_codes", text, "partners"},
    {"level", text, "partners"},
    {"country", text, "partners"},
    {"country_code", text, "partners"},
    {"city", text, "partners"},
    {"city_dir", text, "partners"},
    {"website", url, "partners"},
    {"permalink", url, "partners"},
    {"member_count", text, "partners"},
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
    {"until", text, "former"},
    {"until_date", text, "former"},
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
    {"has_links", text},
    {"is_long", text},
    {"since_before", text},
    {"since_after", text},
    {"until_before", text},
    {"until_after", text},
    {"permalink_before", text},
    {"permalink_after", text},
    {"feed_title", text},
    {"practices_feed_title", text},
    // addresses
    {"page_url", url},
    {"folder", url},
    {"list", url},
    {"feed", url},
    {"practices_feed", url},
    {"json_feed", url},
    {"contact_url", url},
    {"newsletter_url", url},
    {"rss_help_url", url},
    {"licence_url", url},
    {"legal_notice_url", url},
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
