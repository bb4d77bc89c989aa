#include "core/letters/module/sheet.hpp"

#include <cairo-pdf.h>
#include <hb.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <numbers>
#include <stdexcept>

#include "core/letters/module/finish.hpp"
#include "core/letters/module/fonts.hpp"

namespace covenant::paper {

namespace {

// Of Noto Sans, in sizes: how far letters reach above and below the line.
constexpr double ascent = 1.069;
constexpr double descent = 0.293;

int units(double points) {
  return pango_units_from_double(points);
}

double points(int pango_units) {
  return pango_units_to_double(pango_units);
}

void append(PangoAttrList* list, PangoAttribute* attribute, std::size_t begin, std::size_t end) {
  attribute->start_index = static_cast<guint>(begin);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

/// Whether a word is an address, an id or a technical name.
bool is_name(std::string_view word) {
  return word.find_first_of("@/-0123456789") != std::string_view::npos;
}

hb_codepoint_t glyph_of(hb_font_t* font, hb_codepoint_t character) {
  hb_codepoint_t glyph = 0;
  hb_font_get_nominal_glyph(font, character, &glyph);
  return glyph;
}

cairo_status_t append_bytes(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Colour colour_of(Category category) {
  switch (category) {
    case Category::financial:
      return {0x95600a};
    case Category::industrial:
      return {0xad3d20};
    case Category::civil_society:
      return {0x2b7140};
    case Category::other:
      break;
  }
  return {0x6245ab};
}

Colour pale_colour_of(Category category) {
  switch (category) {
    case Category::financial:
      return {0xf6ecdb};
    case Category::industrial:
      return {0xf8e6e0};
    case Category::civil_society:
      return {0xe2efe5};
    case Category::other:
      break;
  }
  return {0xeae5f6};
}

std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(g_utf8_strlen(text.data(), static_cast<gssize>(text.size())));
}

double tracking(const std::string& text, double wanted) {
  // Latin letters begin with a smaller byte than all others but those of ASCII.
  constexpr unsigned char others = 0xCC;
  const auto is_latin = [](char c) { return static_cast<unsigned char>(c) < others; };
  return std::all_of(text.begin(), text.end(), is_latin) ? wanted : 0;
}

Text::Text(Sheet& sheet, std::string_view text, const Style& style, double width, const std::string& language)
    : sheet_(sheet), style_(style), layout_(pango_layout_new(sheet.context_.get())) {
  PangoLayout* const layout = layout_.get();
  PangoFontDescription* const font = pango_font_description_new();
  pango_font_description_set_family_static(font, families);
  pango_font_description_set_size(font, units(style.size));
  pango_font_description_set_weight(font,
                                    style.weight == Weight::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(layout, units(width));
  PangoAttrList* const attributes = pango_attr_list_new();
  append(attributes, pango_attr_insert_hyphens_new(FALSE), 0, text.size());
  // Whoever copies "ffi" gets three letters.
  append(attributes, pango_attr_font_features_new("liga=0"), 0, text.size());
  if (style.tracking != 0)
    append(attributes, pango_attr_letter_spacing_new(units(style.tracking * style.size)), 0, text.size());
  if (!language.empty()) {
    append(attributes, pango_attr_language_new(pango_language_from_string(language.c_str())), 0, text.size());
  }
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  if (style.words == Words::whole) keep_words_whole(text, width);
  if (style.lines == Lines::balanced) {
    balance(width);
  } else {
    fill_last_line(width);
  }
  mend_glyphs();
}

void Text::keep_words_whole(std::string_view text, double width) {
  PangoAttrList* const before = pango_layout_get_attributes(layout_.get());
  PangoAttrList* const broken = pango_attr_list_copy(before);
  PangoAttrList* const whole = pango_attr_list_copy(before);
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    if (is_name(text.substr(begin, end - begin)))
      append(whole, pango_attr_allow_breaks_new(FALSE), begin, end);
    begin = end + 1;
  }
  pango_layout_set_attributes(layout_.get(), whole);
  if (this->width() > width) pango_layout_set_attributes(layout_.get(), broken);
  pango_attr_list_unref(whole);
  pango_attr_list_unref(broken);
}

void Text::balance(double width) {
  const int lines = line_count();
  if (lines < 2) return;
  constexpr double enough = 0.5;
  double narrow = width / lines;
  double wide = width;
  while (wide - narrow > enough) {
    const double middle = (narrow + wide) / 2;
    pango_layout_set_width(layout_.get(), units(middle));
    (line_count() > lines ? narrow : wide) = middle;
  }
  pango_layout_set_width(layout_.get(), units(wide));
}

void Text::fill_last_line(double width) {
  constexpr double enough = 0.2;
  constexpr double narrowest = 0.8;
  constexpr double step = 0.01;
  const int lines = line_count();
  if (lines < 2) return;
  const auto last_length = [&] {
    PangoRectangle extents{};
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout_.get(), line_count() - 1), nullptr,
                                  &extents);
    return points(extents.width);
  };
  double part = 1;
  while (last_length() < enough * width && part > narrowest) {
    part -= step;
    pango_layout_set_width(layout_.get(), units(part * width));
    if (line_count() == lines) continue;
    // Above the narrowest width there is none that helps.
    pango_layout_set_width(layout_.get(), units(width));
    return;
  }
}

void Text::mend_glyphs() {
  for (int i = 0; i < line_count(); ++i) {
    const PangoLayoutLine* const line = pango_layout_get_line(layout_.get(), i);
    for (const GSList* run = line->runs; run != nullptr; run = run->next) {
      const auto* const item = static_cast<const PangoGlyphItem*>(run->data);
      for (int j = 0; j < item->glyphs->num_glyphs; ++j) {
        PangoGlyphInfo& glyph = item->glyphs->glyphs[j];
        hb_font_t* const font = pango_font_get_hb_font(item->item->analysis.font);
        if (glyph.glyph == PANGO_GLYPH_EMPTY) {
          const char* const text = pango_layout_get_text(layout_.get());
          if (text[item->item->offset + item->glyphs->log_clusters[j]] == ' ')
            glyph.glyph = glyph_of(font, ' ');
        } else if ((glyph.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0) {
          sheet_.misses(glyph.glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
          glyph.glyph = glyph_of(font, 0xFFFD);
          const int width = hb_font_get_glyph_h_advance(font, glyph.glyph);
          glyph.geometry.x_offset = (glyph.geometry.width - width) / 2;
        }
      }
    }
  }
}

double Text::height() const {
  return line_count() * style_.leading * style_.size;
}

double Text::width() const {
  int width = 0;
  pango_layout_get_size(layout_.get(), &width, nullptr);
  return points(width);
}

bool Text::is_overflowing() const {
  PangoRectangle inked{};
  PangoRectangle logical{};
  pango_layout_get_extents(layout_.get(), &inked, &logical);
  return inked.y < logical.y || inked.y + inked.height > logical.y + logical.height;
}

template <class Place>
void Text::draw_lines(double top, const Place& place) const {
  const double line_height = style_.leading * style_.size;
  cairo_save(sheet_.cairo_);
  if (is_overflowing()) {
    cairo_rectangle(sheet_.cairo_, 0, top - line_height / 4, sheet_.width_, height() + line_height / 2);
    cairo_clip(sheet_.cairo_);
  }
  double baseline = top + (line_height - (ascent + descent) * style_.size) / 2 + ascent * style_.size;
  sheet_.set_colour(style_.colour);
  for (int i = 0; i < line_count(); ++i) {
    PangoLayoutLine* const line = pango_layout_get_line(layout_.get(), i);
    PangoRectangle extents{};
    pango_layout_line_get_extents(line, nullptr, &extents);
    cairo_move_to(sheet_.cairo_, place(points(extents.width)), baseline);
    pango_cairo_show_layout_line(sheet_.cairo_, line);
    baseline += line_height;
  }
  cairo_restore(sheet_.cairo_);
}

void Text::draw(double left, double top) const {
  draw_lines(top, [left](double) { return left; });
}

void Text::draw_to(double right, double top) const {
  draw_lines(top, [right](double length) { return right - length; });
}

Sheet::Sheet(double width, double height, std::string language)
    : width_(width),
      language_(std::move(language)),
      context_(pango_font_map_create_context(fonts())),
      surface_(cairo_pdf_surface_create_for_stream(append_bytes, &bytes_, width, height)),
      cairo_(cairo_create(surface_)) {
  cairo_font_options_t* const options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  pango_context_set_language(context_.get(), pango_language_from_string(language_.c_str()));
}

Sheet::~Sheet() {
  cairo_destroy(cairo_);
  cairo_surface_destroy(surface_);
}

Text Sheet::text(std::string_view text, const Style& style, double width, const std::string& language) {
  return {*this, text, style, width, language};
}

void Sheet::misses(char32_t character) {
  if (missing_.find(character) == std::u32string::npos) missing_ += character;
}

void Sheet::begin(const char* tag) {
  ++elements_;
  cairo_tag_begin(cairo_, tag, nullptr);
}

void Sheet::set_colour(Colour colour) {
  constexpr double most = 255;
  cairo_set_source_rgb(cairo_, (colour.rgb >> 16U & 0xFFU) / most, (colour.rgb >> 8U & 0xFFU) / most,
                       (colour.rgb & 0xFFU) / most);
}

void Sheet::rectangle(double left, double top, double width, double height, Colour colour) {
  set_colour(colour);
  cairo_rectangle(cairo_, left, top, width, height);
  cairo_fill(cairo_);
}

void Sheet::frame(double left, double top, double width, double height, double radius, double line) {
  constexpr double quarter = std::numbers::pi / 2;
  cairo_new_sub_path(cairo_);
  cairo_arc(cairo_, left + width - radius, top + radius, radius, -quarter, 0);
  cairo_arc(cairo_, left + width - radius, top + height - radius, radius, 0, quarter);
  cairo_arc(cairo_, left + radius, top + height - radius, radius, quarter, 2 * quarter);
  cairo_arc(cairo_, left + radius, top + radius, radius, 2 * quarter, 3 * quarter);
  cairo_close_path(cairo_);
  set_colour(ink);
  cairo_set_line_width(cairo_, line);
  cairo_stroke(cairo_);
}

void Sheet::ring(double left, double top, double size, double line, Colour colour) {
  cairo_new_sub_path(cairo_);
  cairo_arc(cairo_, left + size / 2, top + size / 2, (size - line) / 2, 0, 2 * std::numbers::pi);
  set_colour(colour);
  cairo_set_line_width(cairo_, line);
  cairo_stroke(cairo_);
}

void Sheet::shape(Category category, double left, double top, double size, Colour colour) {
  const double middle = size / 2;
  switch (category) {
    case Category::financial:
      cairo_new_sub_path(cairo_);
      cairo_arc(cairo_, left + middle, top + middle, middle, 0, 2 * std::numbers::pi);
      break;
    case Category::industrial:
      cairo_rectangle(cairo_, left, top, size, size);
      break;
    case Category::civil_society:
      cairo_move_to(cairo_, left + middle, top);
      cairo_line_to(cairo_, left + size, top + size);
      cairo_line_to(cairo_, left, top + size);
      cairo_close_path(cairo_);
      break;
    case Category::other:
      cairo_move_to(cairo_, left + middle, top);
      cairo_line_to(cairo_, left + size, top + middle);
      cairo_line_to(cairo_, left + middle, top + size);
      cairo_line_to(cairo_, left, top + middle);
      cairo_close_path(cairo_);
      break;
  }
  set_colour(colour);
  cairo_fill(cairo_);
}

void Sheet::bar(double height) {
  const double quarter = width_ / code_count<Category>;
  for (std::size_t i = 0; i < code_count<Category>; ++i) {
    rectangle(static_cast<double>(i) * quarter, 0, quarter, height, colour_of(static_cast<Category>(i)));
  }
}

Pdf Sheet::finish(const std::string& title) {
  cairo_surface_finish(surface_);
  for (const cairo_status_t status : {cairo_status(cairo_), cairo_surface_status(surface_)}) {
    if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
  }
  return {finished(bytes_, {title, language_, languages_}), missing_};
}

}  // namespace covenant::paper
