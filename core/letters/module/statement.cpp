#include <algorithm>
#include <utility>

#include "core/letters/module/sheet.hpp"

namespace covenant::paper {

namespace {

// A4.
constexpr double page_width = 210 * mm;
constexpr double page_height = 297 * mm;
constexpr double margin = 20 * mm;
constexpr double right = page_width - margin;
constexpr double measure = right - margin;

constexpr Style head_style{.size = 11, .leading = 1.46, .weight = Weight::bold};
constexpr Style subtitle_style{.size = 12.5, .leading = 1.3, .weight = Weight::bold, .colour = teal};
constexpr Style label_style{.size = 8.25, .leading = 1.3, .colour = soft};
constexpr Style footnote_style{.size = 7.5, .leading = 1.3, .colour = soft};
constexpr Style text_style{.size = 10.5, .leading = 1.46};
constexpr Style commitment_style{.size = 11, .leading = 1.4, .weight = Weight::bold};
constexpr Style numeral_style{.size = 10, .leading = 1, .weight = Weight::bold, .colour = teal};
constexpr Style declaration_style{.size = 10.5, .leading = 1.46, .lines = Lines::balanced};
constexpr Style instructions_heading_style{.size = 9.25, .leading = 1.3, .weight = Weight::bold};
constexpr Style instruction_style{.size = 8.5, .leading = 1.42, .words = Words::whole};
constexpr Style foot_style{.size = 8.25, .leading = 1.46, .colour = soft};

/// Greek and Bulgarian have the longest titles.
Style heading_style(const std::string& language) {
  constexpr double large = 26;
  constexpr double small = 24;
  const bool is_long = language == "el" || language == "bg";
  return {.size = is_long ? small : large,
          .leading = 1.12,
          .weight = Weight::bold,
          .tracking = is_long ? -0.005 : -0.012,
          .lines = Lines::balanced};
}

/// A long name is smaller.
Style name_style(const std::string& name) {
  const std::size_t characters = length(name);
  const double size = characters <= 70 ? 14 : characters <= 120 ? 12 : characters < 240 ? 11 : 9.5;
  return {.size = size, .leading = 1.25, .weight = Weight::bold, .lines = Lines::balanced};
}

class StatementSheet {
 public:
  explicit StatementSheet(const StatementTexts& texts)
      : texts_(texts), sheet_(page_width, page_height, texts.language) {}

  Pdf draw() {
    sheet_.bar(2.4 * mm);
    sheet_.tagged("Document", [&] {
      draw_head();
      draw_organisation();
      draw_commitments();
      draw_terms();
      draw_fields();
      draw_instructions();
      draw_foot();
    });
    return sheet_.finish(texts_.title);
  }

 private:
  /// Draws a text below the last one, and goes on below it.
  void paragraph(const std::string& text, const Style& style) {
    element("P", sheet_.text(text, style, measure));
  }
  void element(const char* tag, const Text& text) {
    sheet_.tagged(tag, [&] { text.draw(margin, at_); });
    at_ += text.height();
  }

  void draw_head() {
    constexpr double mark_size = 19.5;
    at_ = 13 * mm;
    sheet_.shapes(margin, at_, mark_size, colour_of);
    const Text id = sheet_.text(texts_.id, head_style, measure);
    const double left = margin + mark_size + 3 * mm;
    const Text site = sheet_.text(texts_.site_name, head_style, right - left - id.width() - 6 * mm);
    const double height = std::max(mark_size, site.height());
    sheet_.tagged("P", [&] { site.draw(left, at_ + (height - site.height()) / 2); });
    sheet_.tagged("P", [&] { id.draw_to(right, at_ + (height - id.height()) / 2); });
    at_ += height + 9 * mm;
    element("H1", sheet_.text(texts_.heading, heading_style(texts_.language), measure));
    at_ += 1.2 * mm;
    paragraph(texts_.subtitle, subtitle_style);
    at_ += 5.5 * mm;
  }

  void draw_organisation() {
    constexpr double footnote_gap = 0.8 * mm;
    constexpr double rule = 1.2 * mm;
    constexpr double left = margin + rule + 5 * mm;
    constexpr double inner = right - 5 * mm - left;
    const Text label = sheet_.text(texts_.organisation_label, label_style, inner);
    const Text name = sheet_.text(texts_.name, name_style(texts_.name), inner, texts_.name_language);
    const Text place = sheet_.text(texts_.place, text_style, inner);
    const bool has_footnote = !texts_.place_footnote.empty();
    const Text footnote = sheet_.text(texts_.place_footnote, footnote_style, inner);
    const double height = 3.2 * mm + label.height() + 0.5 * mm + name.height() + 0.6 * mm + place.height() +
                          (has_footnote ? footnote_gap + footnote.height() : 0) + 3.4 * mm;
    sheet_.rectangle(margin, at_, measure, height, fill);
    sheet_.rectangle(margin, at_, rule, height, teal);
    double at = at_ + 3.2 * mm;
    sheet_.tagged("P", [&] { label.draw(left, at); });
    at += label.height() + 0.5 * mm;
    sheet_.tagged("P", texts_.name_language, [&] { name.draw(left, at); });
    at += name.height() + 0.6 * mm;
    sheet_.tagged("P", [&] { place.draw(left, at); });
    if (has_footnote) sheet_.tagged("P", [&] { footnote.draw(left, at + place.height() + footnote_gap); });
    at_ += height + 5.2 * mm;
  }

  void draw_commitments() {
    constexpr double ring_size = 6.6 * mm;
    constexpr double left = margin + 10 * mm;
    paragraph(texts_.introduction, text_style);
    at_ += 2.6 * mm;
    sheet_.tagged("L", [&] {
      int number = 0;
      for (const std::string& commitment : texts_.commitments) {
        if (number > 0) at_ += 2.4 * mm;
        const double ring_top = at_ - 0.3 * mm;
        const Text numeral = sheet_.text(std::to_string(++number), numeral_style, ring_size);
        const Text text = sheet_.text(commitment, commitment_style, right - left);
        sheet_.ring(margin, ring_top, ring_size, 0.4 * mm, teal);
        sheet_.tagged("LI", [&] {
          sheet_.tagged("Lbl", [&] {
            numeral.draw(margin + (ring_size - numeral.width()) / 2,
                         ring_top + (ring_size - numeral.height()) / 2);
          });
          sheet_.tagged("LBody", [&] { text.draw(left, at_); });
        });
        at_ += std::max(text.height(), ring_size - 0.3 * mm);
      }
    });
    at_ += 4.6 * mm;
  }

  void draw_terms() {
    paragraph(texts_.terms[0], text_style);
    at_ += 3.2 * mm;
    paragraph(texts_.terms[1], text_style);
    at_ += 4.4 * mm;
    sheet_.rectangle(margin, at_, measure, 0.3 * mm, ink);
    at_ += 4.3 * mm;
    paragraph(texts_.declaration, declaration_style);
    at_ += 3 * mm;
  }

  /// Lines to write on, and a frame for the signature beside them; they take what the texts leave.
  void draw_fields() {
    constexpr double signature_width = 80 * mm;
    constexpr double signature_left = right - signature_width;
    constexpr double line_width = signature_left - 6 * mm - margin;
    constexpr double line = 0.25 * mm;
    const double free = instructions_top() - 4 * mm - at_;
    const double height = std::clamp(free, 42 * mm, 58 * mm);
    const double row = height / static_cast<double>(texts_.fields.size());
    for (const std::string& field : texts_.fields) {
      const Text label = sheet_.text(field, label_style, line_width);
      sheet_.tagged("P", [&] { label.draw(margin, at_ + 1.6 * mm); });
      at_ += row;
      sheet_.rectangle(margin, at_ - line, line_width, line, ink);
    }
    const double top = at_ - height + 1.2 * mm;
    sheet_.frame(signature_left + line / 2, top + line / 2, signature_width - line, at_ - top - line,
                 1.2 * mm, line);
    const Text label = sheet_.text(texts_.signature_label, label_style, signature_width - 6 * mm);
    sheet_.tagged("P", [&] { label.draw(signature_left + 3 * mm, top + 1.4 * mm); });
  }

  Text email() { return sheet_.text(texts_.email, foot_style, 80 * mm); }
  Text office() { return sheet_.text(texts_.office, foot_style, measure - email().width() - 6 * mm); }
  double foot_height() { return std::max(office().height(), email().height()); }

  /// The columns of the instructions are in the middle of the page's width as 1.55 to 1 to 1.05.
  Text instruction(std::size_t column) {
    return sheet_.text(texts_.instructions[column], instruction_style, column_widths[column]);
  }

  double instructions_height() {
    double height = 0;
    for (std::size_t column = 0; column < texts_.instructions.size(); ++column)
      height = std::max(height, instruction(column).height());
    return height;
  }

  Text instructions_heading() {
    return sheet_.text(texts_.instructions_heading, instructions_heading_style, measure);
  }

  double instructions_top() {
    return page_height - 10 * mm - foot_height() - 3 * mm - instructions_height() - 1.4 * mm -
           instructions_heading().height() - 3.25 * mm;
  }

  void draw_instructions() {
    at_ = instructions_top();
    sheet_.rectangle(margin, at_, measure, 0.25 * mm, hair);
    at_ += 3.25 * mm;
    element("H2", instructions_heading());
    at_ += 1.4 * mm;
    double left = margin;
    sheet_.tagged("L", [&] {
      for (std::size_t column = 0; column < texts_.instructions.size(); ++column) {
        sheet_.tagged("LI", [&] { sheet_.tagged("LBody", [&] { instruction(column).draw(left, at_); }); });
        left += column_widths[column] + column_gap;
      }
    });
  }

  void draw_foot() {
    at_ = page_height - 10 * mm - foot_height();
    sheet_.tagged("P", [&] { office().draw(margin, at_); });
    sheet_.tagged("P", [&] { email().draw_to(right, at_); });
  }

  static constexpr double column_gap = 6 * mm;
  static constexpr double column_unit = (measure - 2 * column_gap) / 3.6;
  static constexpr std::array column_widths = {1.55 * column_unit, column_unit, 1.05 * column_unit};

  const StatementTexts& texts_;
  Sheet sheet_;
  double at_ = 0;
};

}  // namespace

Pdf draw(const StatementTexts& texts) {
  return StatementSheet(texts).draw();
}

}  // namespace covenant::paper
