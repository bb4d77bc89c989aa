#pragma once

#include <array>
#include <string_view>

#include "core/site/catalogue.hpp"

namespace covenant {

/// A text that pages have in their own language, and the name that templates give it.
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

}  // namespace covenant
