#include "core/letters/module/fonts.hpp"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include <array>
#include <stdexcept>
#include <string>

namespace covenant::paper {

namespace {

constexpr std::array<const char*, 10> files = {"NotoSans-Regular.ttf",         "NotoSans-Bold.ttf",
                                               "NotoSansArabic-Regular.ttf",   "NotoSansArabic-Bold.ttf",
                                               "NotoSansHebrew-Regular.ttf",   "NotoSansHebrew-Bold.ttf",
                                               "NotoSansArmenian-Regular.ttf", "NotoSansArmenian-Bold.ttf",
                                               "NotoSansGeorgian-Regular.ttf", "NotoSansGeorgian-Bold.ttf"};

/// It is never released: threads of Pango's use it until the program ends.
PangoFontMap* make_fonts() {
  FcConfig* const config = FcConfigCreate();
  for (const char* const file : files) {
    const std::string path = std::string(COVENANT_FONTS "/") + file;
    if (FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(path.c_str())) == FcFalse)
      throw std::runtime_error("the font " + path + " is missing; install fonts-noto-core");
  }
  // Pango and cairo ask the current configuration; without one they would read the machine's.
  FcConfigSetCurrent(config);
  PangoFontMap* const map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
  return map;
}

}  // namespace

PangoFontMap* fonts() {
  static PangoFontMap* const map = make_fonts();
  return map;
}

}  // namespace covenant::paper
