#pragma once

#include <pango/pango.h>

namespace covenant::paper {

/// The fonts of papers, and no others: Noto Sans and its companions for other scripts. @throws
/// std::runtime_error when they are not installed
PangoFontMap* fonts();

/// Their names, for Pango.
inline constexpr const char* families =
    "Noto Sans,Noto Sans Arabic,Noto Sans Hebrew,Noto Sans Armenian,Noto Sans Georgian";

}  // namespace covenant::paper
