#include "core/letters/letter.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <utility>

#include "core/base/sink.hpp"
#include "core/embedded.hpp"
#include "core/letters/content.hpp"
#include "core/letters/names.hpp"
#include "core/letters/plain_text.hpp"
#include "core/letters/wording.hpp"
#include "core/model/phone.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/head.hpp"
#include "core/site/locale.hpp"

namespace covenant {

namespace {

using letter_names::number;

std::string_view direction(std::string_view text) {
  return has_right_to_left(text) ? "auto" : "";
}

/// A letter as templates see it.
class LetterData final : public TemplateData {
 public:
  LetterData(const LetterMatter& matter, const Office& office)
      : matter_(matter), subject_(letter_subject(matter)), blocks_(letter_blocks(matter)) {
    set_partner();
    set_office(office);
  }

  const std::string& subject() const { return subject_; }

  std::string_view value(std::size_t name) override { return values_.at(name); }

  bool has_rows(std::size_t section) override {
    bool any = false;
    each(section, [&] { any = true; });
    return any;
  }

  void each(std::size_t section, const std::function<void()>& row) override {
    switch (section) {
      case number("addressee"):
        return each_addressee(row);
      case number("blocks"):
        return each_block(row);
      case number("items", "blocks"):
        return each_text(block_->items, number("item", "items"), row);
      case number("facts", "blocks"):
        return each_text(block_->facts, number("fact", "facts"), row);
      case number("rows", "blocks"):
        return each_row(row);
      case number("lines", "rows"):
        return each_line(row);
      default:
        return;
    }
  }

 private:
  void set(std::size_t name, std::string text) { values_.at(name) = std::move(text); }
  void set_if(std::size_t name, bool is_so) { set(name, is_so ? "yes" : ""); }

  void set_partner() {
    const Application& application = matter_.partner.application;
    const Catalogue& catalogue = Catalogue::of(matter_.language);
    const std::string language = application.language.str();
    const bool is_same = language == catalogue.tag() || language == code_of(matter_.language);
    set(number("lang"), std::string(catalogue.tag()));
    set(number("subject"), subject_);
    set(number("id"), matter_.partner.id.str());
    set(number("name"), application.name.str());
    set(number("name_lang"), is_same ? "" : language);
    set(number("name_dir"), std::string(direction(application.name.str())));
    if (application.acronym) set(number("acronym"), application.acronym->str());
    if (application.website) set(number("website"), application.website->str());
    if (matter_.page) set(number("page_url"), *matter_.page);
    set(number("contact_name"), application.contact->name.str());
    if (application.contact->role) set(number("contact_role"), application.contact->role->str());
    set(number("covenant_label"), std::string(catalogue.text("Covenant of Mayors")));
    set(number("greeting_text"), std::string(catalogue.text(wording::greeting)));
    set(number("closing_text"), std::string(catalogue.text(wording::closing)));
    const std::string_view privacy = catalogue.text(wording::privacy);
    const std::size_t open = privacy.find('{');
    set(number("privacy_before"), std::string(privacy.substr(0, open)));
    set(number("privacy_after"), std::string(privacy.substr(privacy.find('}') + 1)));
    if (needs_kosovo_footnote(matter_)) set(number("kosovo_text"), std::string(kosovo_footnote(catalogue)));
  }

  void set_office(const Office& office) {
    const std::string email = office.email.value().str();
    set(number("office_name"), office_name(office, matter_.language));
    set(number("office_email"), email);
    set(number("office_email_url"), "mailto:" + email);
    set(number("office_address"), office.address.value_or(""));
    if (!office.phone) return;
    set(number("office_phone"), *office.phone);
    set(number("office_phone_url"), "tel:" + Phone::parse(*office.phone).value().str());
  }

  void each_addressee(const std::function<void()>& row) {
    for (const std::size_t name : {number("contact_name"), number("contact_role"), number("name")}) {
      const std::string line = values_.at(name);
      if (line.empty()) continue;
      set(number("line", "addressee"), line);
      set(number("line_dir", "addressee"), std::string(direction(line)));
      row();
    }
  }

  void each_block(const std::function<void()>& row) {
    for (const LetterBlock& block : blocks_) {
      block_ = &block;
      set(number("paragraph", "blocks"), block.paragraph);
      set(number("heading", "blocks"), block.heading);
      set(number("link", "blocks"), block.link);
      set_if(number("has_items", "blocks"), !block.items.empty());
      set_if(number("has_facts", "blocks"), !block.facts.empty());
      set_if(number("has_rows", "blocks"), !block.rows.empty());
      row();
    }
  }

  void each_text(const std::vector<std::string>& texts, std::size_t name, const std::function<void()>& row) {
    for (const std::string& text : texts) {
      set(name, text);
      row();
    }
  }

  void each_row(const std::function<void()>& row) {
    for (const LetterRow& one : block_->rows) {
      row_ = &one;
      set(number("label", "rows"), std::string(one.label));
      set(number("row_lang", "rows"), std::string(one.language));
      set(number("row_dir", "rows"), "");
      for (const LetterLine& line : one.lines) {
        if (has_right_to_left(line.text)) set(number("row_dir", "rows"), "auto");
      }
      row();
    }
  }

  void each_line(const std::function<void()>& row) {
    for (const LetterLine& line : row_->lines) {
      set(number("line", "lines"), line.text);
      set(number("line_url", "lines"), line.url);
      row();
    }
  }

  const LetterMatter& matter_;
  std::string subject_;
  std::vector<LetterBlock> blocks_;
  std::array<std::string, letter_names::all.size()> values_;
  const LetterBlock* block_ = nullptr;
  const LetterRow* row_ = nullptr;
};

/// The title of the document, or what its kind has, always with the id.
std::string subject_of(const PlainText& plain, const LetterData& data, PartnerId id) {
  if (plain.title.empty()) return data.subject();
  const std::string bracketed = fmt::format("[{}]", id.str());
  if (plain.title.find(bracketed) != std::string::npos) return plain.title;
  return fmt::format("{} {}", plain.title, bracketed);
}

}  // namespace

std::string_view letter_template_text() {
  return embedded::template_letter;
}

Template letter_template(std::string_view text, std::string_view file) {
  return {text, file, letter_names::all};
}

std::string office_name(const Office& office, OfficialLanguage language) {
  return office.name ? *office.name : std::string(Catalogue::of(language).text("Covenant of Mayors Office"));
}

LetterTexts write_letter(const LetterMatter& matter, const Office& office, const Template& layout,
                         std::string_view file) {
  LetterData data(matter, office);
  StringSink html;
  layout.write(data, html);
  PlainText plain = text_of_html(html.text(), file);
  std::string subject = subject_of(plain, data, matter.partner.id);
  return {std::move(subject), std::move(plain.body), html.text()};
}

}  // namespace covenant
