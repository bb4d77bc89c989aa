#include "core/output/html_partner.hpp"

#include "core/output/atom_feed.hpp"
#include "core/output/html_text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::array<std::string_view, 4> short_names = {
    translatable("Financial institutions"),
    translatable("Industry"),
    translatable("NGOs and civil society"),
    translatable("Other organisations"),
};

constexpr std::array<std::string_view, 4> official_wordings = {
    translatable("Associations of financial institutions such as public and private banks"),
    translatable(
        "Industrial associations: European umbrella-associations of energy solutions providers that bring "
        "together private companies"),
    translatable("NGOs and associations of civil society"),
    translatable(
        "Other bodies: member-based organisations able to put their energy know-how at the service of "
        "Covenant Signatories"),
};

void append_link(std::string& out, const WebUrl& url) {
  out += "<a";
  append_attribute(out, "href", url.str());
  out += " rel=\"external\"";
}

}  // namespace

std::string_view short_name(const Catalogue& catalogue, Category category) {
  return catalogue.text(short_names[static_cast<std::size_t>(category)]);
}

std::string_view official_wording(const Catalogue& catalogue, Category category) {
  return catalogue.text(official_wordings[static_cast<std::size_t>(category)]);
}

HtmlPartner::HtmlPartner(const Catalogue& catalogue, Locale& locale, PagePlace place)
    : language_(catalogue.language()),
      page_language_(catalogue.code()),
      locale_(locale),
      place_(place),
      expertise_(html(catalogue.text("Energy know-how"))),
      practices_(html(catalogue.text("Practices and tools"))),
      since_(catalogue.text("Partner since: {date}")),
      permanent_link_(catalogue.text("Permanent link: {id}")) {
  for (std::size_t i = 0; i < categories_.size(); ++i) {
    categories_[i] = html(short_name(catalogue, static_cast<Category>(i)));
  }
}

void HtmlPartner::append(std::string& out, const PublicPartner& partner) {
  out += "<li";
  append_attribute(out, "id", partner.id.str());
  out += " class=\"partner\" data-category=\"";
  for (const Category category : partner.categories.list()) {
    if (out.back() != '"') out += ' ';
    out += code_of(category);
  }
  out += "\" data-country=\"";
  out += partner.country.code();
  out += "\">\n<div class=\"who\">\n";
  append_identity(out, partner);
  append_joining(out, partner);
  out += "</div>\n";
  if (partner.description || partner.expertise || !partner.practices.empty()) append_offer(out, partner);
  out += "</li>\n";
}

void HtmlPartner::append_identity(std::string& out, const PublicPartner& partner) {
  out += "<h3>";
  if (partner.website) {
    append_link(out, *partner.website);
  } else {
    out += "<span";
  }
  append_name_attributes(out, partner, partner.name.str());
  out += '>';
  append_html(out, partner.name.str());
  out += partner.website ? "</a>" : "</span>";
  if (partner.acronym) {
    out += " <abbr";
    append_name_attributes(out, partner, partner.acronym->str());
    out += '>';
    append_html(out, partner.acronym->str());
    out += "</abbr>";
  }
  out += "</h3>\n<p class=\"where\">";
  if (partner.city) {
    out += "<span";
    append_name_attributes(out, partner, partner.city->str());
    out += '>';
    append_html(out, partner.city->str());
    out += "</span>, ";
  }
  append_html(out, locale_.country_name(partner.country));
  out += "</p>\n";
}

void HtmlPartner::append_joining(std::string& out, const PublicPartner& partner) {
  out += "<p class=\"kinds\">";
  bool is_first = true;
  for (const Category category : partner.categories.list()) {
    if (!is_first) out += ' ';
    is_first = false;
    out += "<span class=\"kind ";
    out += code_of(category);
    out += "\">";
    out += categories_[static_cast<std::size_t>(category)];
    out += "</span>";
  }
  out += "</p>\n<p class=\"since\">";
  std::string time = "<time datetime=\"" + partner.partner_since.str() + "\">";
  append_html(time, locale_.long_date(partner.partner_since));
  time += "</time>";
  append_message(out, since_, {{"date", time}});
  const std::string id = partner.id.str();
  const std::string address =
      place_ == PagePlace::in_site ? partner_page_path(partner.id, language_) : "#" + id;
  out += " <a class=\"permalink\" href=\"" + address + "\" aria-label=\"";
  append_message(out, permanent_link_, {{"id", id}});
  out += "\">" + id + "</a></p>\n";
}

void HtmlPartner::append_offer(std::string& out, const PublicPartner& partner) {
  out += "<div class=\"what\">\n";
  if (partner.description) {
    out += "<p";
    append_text_attributes(out, partner, partner.description->str());
    out += '>';
    append_lines(out, partner.description->str());
    out += "</p>\n";
  }
  if (partner.expertise || !partner.practices.empty()) {
    out += "<dl>\n";
    if (partner.expertise) {
      out += "<dt>" + expertise_ + "</dt>\n<dd";
      append_text_attributes(out, partner, partner.expertise->str());
      out += '>';
      append_lines(out, partner.expertise->str());
      out += "</dd>\n";
    }
    if (!partner.practices.empty()) append_practices(out, partner);
    out += "</dl>\n";
  }
  out += "</div>\n";
}

void HtmlPartner::append_practices(std::string& out, const PublicPartner& partner) {
  out += "<dt>" + practices_ + "</dt>\n<dd><ul";
  append_language(out, partner);
  out += ">\n";
  for (const Practice& practice : partner.practices) {
    out += "<li";
    if (has_right_to_left(practice.title())) out += " dir=\"auto\"";
    out += '>';
    if (practice.url()) {
      append_link(out, *practice.url());
      out += '>';
    }
    append_html(out, practice.title());
    out += practice.url() ? "</a></li>\n" : "</li>\n";
  }
  out += "</ul></dd>\n";
}

void HtmlPartner::append_language(std::string& out, const PublicPartner& partner) const {
  if (partner.language.str() != page_language_) append_attribute(out, "lang", partner.language.str());
}

void HtmlPartner::append_name_attributes(std::string& out, const PublicPartner& partner,
                                         std::string_view name) const {
  append_language(out, partner);
  if (has_right_to_left(name)) out += " dir=\"auto\"";
}

void HtmlPartner::append_text_attributes(std::string& out, const PublicPartner& partner,
                                         std::string_view text) const {
  append_language(out, partner);
  if (!has_right_to_left(text)) return;
  out += is_right_to_left(partner.language) ? " dir=\"rtl\"" : " dir=\"auto\"";
}

}  // namespace covenant
