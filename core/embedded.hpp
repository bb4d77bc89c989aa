#pragma once

#include <string_view>

/// Files of the source tree that are compiled in, byte for byte (see `core/embed.cmake`).
namespace covenant::embedded {

extern const std::string_view schema;       ///< schema.sql
extern const std::string_view page_style;   ///< core/output/page.css
extern const std::string_view page_script;  ///< core/output/page.js

/// core/output/po, compiled by msgfmt
extern const std::string_view messages_lv;

}  // namespace covenant::embedded
