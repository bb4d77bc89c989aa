#pragma once

#include <string_view>

/// Files of the source tree that are compiled in, byte for byte (see `core/embed.cmake`).
namespace covenant::embedded {

extern const std::string_view schema;            ///< schema.sql
extern const std::string_view page_style;        ///< core/site/page.css
extern const std::string_view page_script;       ///< core/site/page.js
extern const std::string_view carry_script;      ///< core/site/carry.js
extern const std::string_view practices_script;  ///< core/site/practices.js
extern const std::string_view fragment_style;    ///< core/site/fragment.css
extern const std::string_view record_style;      ///< core/site/record.css
extern const std::string_view figures_style;     ///< core/site/figures.css

/// core/site/templates
extern const std::string_view template_page, template_fragment, template_ecl, template_partner,
    template_former, template_certificate, template_practices;

extern const std::string_view template_letter;  ///< core/letters/templates/letter.mustache

}  // namespace covenant::embedded
