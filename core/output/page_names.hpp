#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "core/output/template.hpp"

namespace covenant {

// The names that templates of the public list know. Documented in covenant-template(5).

namespace page_names {

using enum NameKind;

inline constexpr std::array all = std::to_array<TemplateName>({
    // elements
    {"policy", element},
    {"style", element},
    {"script", element},
    {"linked_data", element},
    {"icon", element},
    {"mark", element},
    // the list
    {"lang", text},
    {"site_name", text},
    {"heading", text},
    {"lead", text},
    {"about_text", text},
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
    // labels
    {"skip_label", text},
    {"languages_label", text},
    {"contents_label", text},
    {"filter_label", text},
    {"category_label", text},
    {"all_label", text},
    {"country_label", text},
    {"all_countries_label", text},
    {"search_label", text},
    {"tools_label", text},
    {"partners_label", text},
    {"categories_label", text},
    {"changes_label", text},
    {"downloads_label", text},
    {"expertise_label", text},
    {"practices_label", text},
    {"empty_text", text},
    {"no_match_text", text},
    {"since_before", text},
    {"since_after", text},
    {"permalink_before", text},
    {"permalink_after", text},
    {"feed_title", text},
    {"practices_feed_title", text},
    {"contact_label", text},
    {"newsletter_label", text},
    {"rss_help_label", text},
    {"licence_label", text},
    {"legal_notice_label", text},
    // addresses
    {"page_url", url},
    {"folder", url},
    {"feed", url},
    {"practices_feed", url},
    {"contact_url", url},
    {"newsletter_url", url},
    {"rss_help_url", url},
    {"licence_url", url},
    {"legal_notice_url", url},
    // sections
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
});

/// The number of a name; one that is not there does not compile.
consteval std::size_t number(std::string_view name, std::string_view section = {}) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name && all[i].section == section) return i;
  }
  throw std::logic_error("no such name");
}

}  // namespace page_names

}  // namespace covenant
