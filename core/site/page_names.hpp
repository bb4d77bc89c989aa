#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "core/site/page_labels.hpp"
#include "core/site/row_names.hpp"
#include "core/template/template.hpp"

// The names that templates of the public list know. Documented in covenant-template(5).
namespace covenant::page_names {

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

}  // namespace covenant::page_names
