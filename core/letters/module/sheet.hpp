#pragma once

#include <cairo.h>
#include <pango/pango.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/letters/paper.hpp"

namespace covenant::paper {

/// Lengths are in points.
inline constexpr double mm = 72 / 25.4;

struct Colour {
  std::uint32_t rgb;
};

inline constexpr Colour ink{0x17252b};
inline constexpr Colour soft{0x4e5f68};
inline constexpr Colour teal{0x0b5b62};
inline constexpr Colour fill{0xeff4f1};
inline constexpr Colour hair{0xaab5b3};

/// The colour of a category's shape.
Colour colour_of(Category category);
/// The same where the shape is not meant.
Colour pale_colour_of(Category category);

enum class Weight { regular, bold };

/// How the lines of a text are broken: each as full as it can be, or all about as long.
enum class Lines { full, balanced };

/// Whether addresses, ids and technical names can be broken within: `S/MIME`.
enum class Words { broken, whole };

struct Style {
  double size;
  double leading;  ///< the height of a line, in sizes
  Weight weight = Weight::regular;
  Colour colour = ink;
  double tracking = 0;  ///< added between letters, in sizes
  Lines lines = Lines::full;
  Words words = Words::broken;
};

template <class Object>
struct Unref {
  void operator()(Object* object) const { g_object_unref(object); }
};

class Sheet;

/// A text that was broken into lines.
class Text {
 public:
  double height() const;
  /// The length of its longest line.
  double width() const;
  /// Draws it below `top`, from `left` on; a text from right to left begins on the left too.
  void draw(double left, double top) const;
  /// Draws it below `top` with its lines ending at `right`.
  void draw_to(double right, double top) const;

 private:
  friend class Sheet;
  Text(Sheet& sheet, std::string_view text, const Style& style, double width, const std::string& language);

  int line_count() const { return pango_layout_get_line_count(layout_.get()); }
  void keep_words_whole(std::string_view text, double width);
  void balance(double width);
  /// Makes lines a little shorter where the last one has hardly a word.
  void fill_last_line(double width);
  /// Puts U+FFFD in the place of characters that no font has, and back the blanks that Pango takes from the
  /// ends of lines, so that the words remain apart for those who copy them.
  void mend_glyphs();
  template <class Place>
  void draw_lines(double top, const Place& place) const;
  /// Whether marks are stacked out of the lines.
  bool is_overflowing() const;

  Sheet& sheet_;
  Style style_;
  std::unique_ptr<PangoLayout, Unref<PangoLayout>> layout_;
};

/// A page that becomes a PDF.
class Sheet {
 public:
  Sheet(double width, double height, std::string language);
  Sheet(const Sheet&) = delete;
  Sheet& operator=(const Sheet&) = delete;
  ~Sheet();

  double width() const { return width_; }

  /// Breaks a text into lines of at most that width. The language is that of the page if empty.
  Text text(std::string_view text, const Style& style, double width, const std::string& language = {});

  /// Draws within an element of the structure. Source: ISO 32000-1, 14.8.4 (names).
  template <class Draw>
  void tagged(const char* tag, const Draw& draw) {
    begin(tag);
    draw();
    cairo_tag_end(cairo_, tag);
  }
  /// The same with the language of the element.
  template <class Draw>
  void tagged(const char* tag, const std::string& language, const Draw& draw) {
    if (language != language_) languages_.emplace_back(elements_, language);
    tagged(tag, draw);
  }

  // Decoration: it has no place in the structure.
  void rectangle(double left, double top, double width, double height, Colour colour);
  void frame(double left, double top, double width, double height, double radius, double line);
  void ring(double left, double top, double size, double line, Colour colour);
  void shape(Category category, double left, double top, double size, Colour colour);
  /// The four shapes, in a square of that size; `colour` says which each has.
  template <class ColourOf>
  void shapes(double left, double top, double size, const ColourOf& colour) {
    constexpr double grid = 34;
    const double unit = size / grid;
    shape(Category::financial, left + unit, top + unit, 14 * unit, colour(Category::financial));
    shape(Category::industrial, left + 19 * unit, top + unit, 14 * unit, colour(Category::industrial));
    shape(Category::civil_society, left + unit, top + 19 * unit, 14 * unit, colour(Category::civil_society));
    shape(Category::other, left + 18 * unit, top + 18 * unit, 16 * unit, colour(Category::other));
  }
  /// The four colours along the upper edge.
  void bar(double height);

  /// The file; nothing can be drawn then.
  Pdf finish(const std::string& title);

 private:
  friend class Text;
  void begin(const char* tag);
  void misses(char32_t character);
  void set_colour(Colour colour);

  double width_;
  std::string language_;
  std::string bytes_;
  std::u32string missing_;
  std::size_t elements_ = 0;
  std::vector<std::pair<std::size_t, std::string>> languages_;  ///< of elements, by their number
  std::unique_ptr<PangoContext, Unref<PangoContext>> context_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
};

/// How many characters a text has.
std::size_t length(const std::string& text);

/// The tracking, where the text has only letters that can be moved: others join, or have marks.
double tracking(const std::string& text, double wanted);

Pdf draw(const CertificateTexts& texts);
Pdf draw(const StatementTexts& texts);

}  // namespace covenant::paper
