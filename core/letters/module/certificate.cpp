#include <algorithm>
#include <utility>

#include "core/letters/module/sheet.hpp"

namespace covenant::paper {

namespace {

// A4 across.
constexpr double page_width = 297 * mm;
constexpr double page_height = 210 * mm;
constexpr double margin = 22 * mm;
constexpr double top = 19 * mm;
constexpr double bottom = 17 * mm;

constexpr Style site_style{.size = 13.5, .leading = 1.5, .weight = Weight::bold};
constexpr Style recognition_style{.size = 13, .leading = 1.5, .colour = soft, .tracking = 0.01};
constexpr Style role_style{
    .size = 19, .leading = 1.3, .weight = Weight::bold, .colour = teal, .lines = Lines::balanced};
constexpr Style text_style{.size = 12.5, .leading = 1.5};
constexpr Style since_style{.size = 12.5, .leading = 1.5, .weight = Weight::bold};
constexpr Style office_style{.size = 11.5, .leading = 1.4, .weight = Weight::bold};
constexpr Style validity_style{
    .size = 9.25, .leading = 1.45, .colour = Colour{0x33444c}, .lines = Lines::balanced};
constexpr Style address_style{.size = 9.25, .leading = 1.45, .weight = Weight::bold, .colour = teal};

/// A long name is smaller.
Style name_style(const std::string& name) {
  constexpr std::size_t most_in_large = 55;
  constexpr std::size_t most_in_medium = 110;
  Style style{
      .size = 20, .leading = 1.22, .weight = Weight::bold, .tracking = -0.005, .lines = Lines::balanced};
  const std::size_t characters = length(name);
  if (characters <= most_in_large) {
    style.size = 35;
    style.leading = 1.13;
    style.tracking = -0.016;
  } else if (characters <= most_in_medium) {
    style.size = 27;
    style.leading = 1.13;
    style.tracking = -0.01;
  }
  style.tracking = tracking(name, style.tracking);
  return style;
}

class CertificateSheet {
 public:
  explicit CertificateSheet(const CertificateTexts& texts)
      : texts_(texts), sheet_(page_width, page_height, texts.language) {}

  Pdf draw() {
    sheet_.bar(3 * mm);
    sheet_.shapes(200 * mm, 60 * mm, 76 * mm, [&](Category category) {
      return is_own(category) ? colour_of(category) : pale_colour_of(category);
    });
    sheet_.tagged("Document", [&] {
      draw_site();
      draw_middle();
      draw_office();
      draw_validity();
    });
    return sheet_.finish(texts_.title);
  }

 private:
  static constexpr double mark_size = 25.5;

  bool is_own(Category category) const {
    return std::any_of(texts_.categories.begin(), texts_.categories.end(),
                       [&](const PaperCategory& own) { return own.category == category; });
  }

  void paragraph(const Text& text, double left, double at) {
    sheet_.tagged("P", [&] { text.draw(left, at); });
  }

  void draw_site() {
    sheet_.shapes(margin, top, mark_size, colour_of);
    const Text site = sheet_.text(texts_.site_name, site_style, 200 * mm);
    paragraph(site, margin + mark_size + 3.6 * mm, top + (mark_size - site.height()) / 2);
  }

  /// Everything between the name of the site and the foot, in the middle of what is free.
  void draw_middle() {
    constexpr double widest = 172 * mm;  // 6 mm before the shapes
    constexpr double smallest_name = 8;
    constexpr double least_gap = 5 * mm;
    const double free = page_height - top - bottom - mark_size - foot_height();
    Style style = name_style(texts_.name);
    const Text recognition = sheet_.text(texts_.recognition, recognition_style, widest);
    const Text role = sheet_.text(texts_.role, role_style, 170 * mm);
    const Text text = sheet_.text(texts_.text, text_style, 158 * mm);
    const Text since = sheet_.text(texts_.since, since_style, widest);
    const double rest = recognition.height() + 2.5 * mm + 4 * mm + role.height() + 6 * mm + text.height() +
                        6 * mm + since.height() + categories_height();
    const auto set_name = [&] { return sheet_.text(texts_.name, style, widest, texts_.name_language); };
    while (style.size > smallest_name && rest + set_name().height() + 2 * least_gap > free) style.size -= 1;
    const Text name = set_name();
    double at = top + mark_size + std::max(0.0, (free - rest - name.height()) / 2);
    paragraph(recognition, margin, at);
    at += recognition.height() + 2.5 * mm;
    sheet_.tagged("H1", texts_.name_language, [&] { name.draw(margin, at); });
    at += name.height() + 4 * mm;
    paragraph(role, margin, at);
    at += role.height() + 6 * mm;
    paragraph(text, margin, at);
    at += text.height() + 6 * mm;
    paragraph(since, margin, at);
    at += since.height();
    draw_categories(at);
  }

  Text label_of(const PaperCategory& category) {
    return sheet_.text(category.label, text_style, 172 * mm - label_left);
  }

  double categories_height() {
    double height = 0;
    for (const PaperCategory& category : texts_.categories) height += row_gap + label_of(category).height();
    return height;
  }

  /// One below the other: whoever reads the file aloud or copies its text gets them in this order.
  void draw_categories(double at) {
    constexpr double line_height = text_style.size * text_style.leading;
    sheet_.tagged("L", [&] {
      for (const PaperCategory& category : texts_.categories) {
        at += row_gap;
        const Text label = label_of(category);
        sheet_.shape(category.category, margin, at + (line_height - shape_size) / 2, shape_size,
                     colour_of(category.category));
        sheet_.tagged("LI", [&] { sheet_.tagged("LBody", [&] { label.draw(margin + label_left, at); }); });
        at += label.height();
      }
    });
  }

  Text office() { return sheet_.text(texts_.office, office_style, office_width); }
  Text validity() { return sheet_.text(texts_.validity, validity_style, validity_width); }
  Text address() { return sheet_.text(texts_.page_url, address_style, validity_width); }

  double validity_height() {
    return validity().height() + (texts_.page_url.empty() ? 0 : address().height());
  }
  double foot_height() { return std::max(office().height() + 1.9 * mm, validity_height()); }

  void draw_office() {
    const Text text = office();
    const double at = page_height - bottom - text.height();
    sheet_.rectangle(margin, at - 1.9 * mm, office_width, 0.3 * mm, ink);
    paragraph(text, margin, at);
  }

  void draw_validity() {
    constexpr double right = page_width - margin;
    double at = page_height - bottom - validity_height();
    const Text text = validity();
    sheet_.tagged("P", [&] { text.draw_to(right, at); });
    if (texts_.page_url.empty()) return;
    at += text.height();
    sheet_.tagged("P", [&] { address().draw_to(right, at); });
  }

  static constexpr double office_width = 82 * mm;
  static constexpr double validity_width = 140 * mm;
  static constexpr double row_gap = 1.2 * mm;
  static constexpr double shape_size = 11.25;
  static constexpr double label_left = shape_size + 2.2 * mm;

  const CertificateTexts& texts_;
  Sheet sheet_;
};

}  // namespace

Pdf draw(const CertificateTexts& texts) {
  return CertificateSheet(texts).draw();
}

}  // namespace covenant::paper
