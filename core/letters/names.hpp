#pragma once

#include <array>
#include <cstddef>
#include <stdexcept>
#include <string_view>

#include "core/template/template.hpp"

namespace covenant::letter_names {

using enum NameKind;

/// What a template of letters may use. Source: covenant-template(5), LETTERS.
inline constexpr std::array all = std::to_array<TemplateName>({
    {"lang", text},
    {"subject", text},
    {"id", text},
    {"name", text},
    {"name_lang", text},
    {"name_dir", text},
    {"acronym", text},
    {"contact_name", text},
    {"contact_role", text},
    {"covenant_label", text},
    {"greeting_text", text},
    {"closing_text", text},
    {"privacy_before", text},
    {"privacy_after", text},
    {"kosovo_text", text},
    {"office_name", text},
    {"office_email", text},
    {"office_email_url", url},
    {"office_address", text},
    {"office_phone", text},
    {"office_phone_url", url},
    {"website", url},
    {"page_url", url},
    {"addressee", section},
    {"line", text, "addressee"},
    {"line_dir", text, "addressee"},
    {"blocks", section},
    {"paragraph", text, "blocks"},
    {"heading", text, "blocks"},
    {"link", url, "blocks"},
    {"has_items", text, "blocks"},
    {"items", section, "blocks"},
    {"item", text, "items"},
    {"has_facts", text, "blocks"},
    {"facts", section, "blocks"},
    {"fact", text, "facts"},
    {"has_rows", text, "blocks"},
    {"rows", section, "blocks"},
    {"label", text, "rows"},
    {"row_lang", text, "rows"},
    {"row_dir", text, "rows"},
    {"lines", section, "rows"},
    {"line", text, "lines"},
    {"line_url", url, "lines"},
});

/// The number of a name; one that does not exist does not compile.
consteval std::size_t number(std::string_view name, std::string_view section = {}) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name && all[i].section == section) return i;
  }
  throw std::logic_error("no such name");
}

}  // namespace covenant::letter_names
