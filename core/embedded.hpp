#pragma once

#include <string_view>

/// Files of the source tree that are compiled in, byte for byte (see `core/embed.cmake`).
namespace covenant::embedded {

extern const std::string_view schema;        ///< schema.sql
extern const std::string_view page_style;    ///< core/output/page.css
extern const std::string_view page_script;   ///< core/output/page.js
extern const std::string_view record_style;  ///< core/output/record.css

/// core/output/templates
extern const std::string_view template_page, template_fragment, template_ecl, template_partner,
    template_certificate;

/// core/output/po, compiled by msgfmt; English is in the sources
extern const std::string_view messages_bg, messages_cs, messages_da, messages_de, messages_el, messages_es,
    messages_et, messages_fi, messages_fr, messages_ga, messages_hr, messages_hu, messages_it, messages_lt,
    messages_lv, messages_mt, messages_nl, messages_pl, messages_pt, messages_ro, messages_sk, messages_sl,
    messages_sv;

}  // namespace covenant::embedded
