#include "core/output/partner_page.hpp"

#include <utility>

#include "core/output/atom_feed.hpp"
#include "core/output/html_text.hpp"
#include "core/output/record_page.hpp"
#include "core/output/site_metadata.hpp"
#include "core/text/escape.hpp"
#include "core/text/json_writer.hpp"

namespace covenant {

struct PartnerPage::State {
  explicit State(PageOptions page_options) : page(std::move(page_options)) {}

  void begin(PartnerId id, std::string_view name, const PublicPartner* partner);
  void append_addresses(PartnerId id);
  void append_linked_data(const PublicPartner& partner);
  void append_header(PartnerId id);
  void append_name(const PublicPartner& partner);
  void append_facts(const PublicPartner& partner);
  void append_offer(const PublicPartner& partner);
  void append_practices(const PublicPartner& partner);
  void end();

  RecordPage page;
  std::string out;  ///< of one page, kept for its memory
};

namespace {

std::string page_name(PartnerId id, OfficialLanguage language) {
  return partner_page_path(id, language).substr(std::string_view("partner/").size());
}

}  // namespace

void PartnerPage::State::begin(PartnerId id, std::string_view name, const PublicPartner* partner) {
  out.clear();
  page.append_head(out, std::string(name) + " – " + std::string(page.message("Associated Partners")));
  append_addresses(id);
  if (partner != nullptr) append_linked_data(*partner);
  out += "</head>\n<body class=\"record\">\n";
  append_header(id);
  out += "<main>\n<p class=\"back\"><a href=\"../" + page_file_name(page.language());
  if (partner != nullptr) out += '#' + id.str();
  out += "\">" + page.text("All partners") + "</a></p>\n";
}

void PartnerPage::State::append_addresses(PartnerId id) {
  out += "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"../" +
         feed_file_name(FeedTopic::partners, page.language()) + "\">\n";
  if (!page.options().base_url) return;
  const std::string folder = site_folder(page.options());
  out += "<link rel=\"canonical\"";
  append_attribute(out, "href", folder + partner_page_path(id, page.language()));
  out += ">\n";
  for (const OfficialLanguage language : page.options().languages) {
    out.append("<link rel=\"alternate\" hreflang=\"").append(code_of(language)).append("\"");
    append_attribute(out, "href", folder + partner_page_path(id, language));
    out += ">\n";
  }
}

/// Source: Schema.org 28, Organization.
void PartnerPage::State::append_linked_data(const PublicPartner& partner) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().member("@context", "https://schema.org").member("@type", "Organization");
  json.member("identifier", partner.id.str()).member("name", partner.name.str());
  if (partner.acronym) json.member("alternateName", partner.acronym->str());
  if (partner.website) json.member("url", partner.website->str());
  if (partner.description) json.member("description", partner.description->str());
  json.key("address").begin_object().member("@type", "PostalAddress");
  json.member("addressCountry", partner.country.code());
  if (partner.city) json.member("addressLocality", partner.city->str());
  json.end_object().end_object();
  out += "<script type=\"application/ld+json\">";
  for (const char character : text) {
    // A script element ends at "</script" wherever that stands.
    character == '<' ? out += "\\u003c" : out += character;
  }
  out += "</script>\n";
}

void PartnerPage::State::append_header(PartnerId id) {
  out += "<header>\n<p class=\"site\">" + page.site() + "</p>\n";
  if (page.options().languages.size() > 1) {
    out += "<nav aria-label=\"" + page.text("Languages") + "\"><ul>\n";
    for (const OfficialLanguage language : page.options().languages) {
      const std::string code(code_of(language));
      out += "<li><a href=\"" + page_name(id, language) + "\" lang=\"" + code + "\" hreflang=\"" + code + '"';
      if (language == page.language()) out += " aria-current=\"page\"";
      out += '>' + html(own_name(language)) + "</a></li>\n";
    }
    out += "</ul></nav>\n";
  }
  out += "</header>\n";
}

void PartnerPage::State::append_name(const PublicPartner& partner) {
  out += "<h1>";
  page.append_own_text(out, "span", partner, partner.name.str());
  if (partner.acronym) {
    out += ' ';
    page.append_own_text(out, "abbr", partner, partner.acronym->str());
  }
  out += "</h1>\n";
}

void PartnerPage::State::append_facts(const PublicPartner& partner) {
  out += "<p class=\"since\">";
  page.append_dated(out, page.message("Partner since: {date}"), partner.partner_since);
  out += "</p>\n<dl class=\"facts\">\n<dt>" + page.text("Country") + "</dt>\n<dd>";
  if (partner.city) {
    page.append_own_text(out, "span", partner, partner.city->str());
    out += ", ";
  }
  append_html(out, page.locale().country_name(partner.country));
  out += "</dd>\n";
  if (partner.website) {
    out += "<dt>" + page.text("Website") + "</dt>\n<dd><a";
    append_attribute(out, "href", partner.website->str());
    out += " rel=\"external\">" + html(partner.website->str()) + "</a></dd>\n";
  }
  out += "<dt>" + page.text("Identifier") + "</dt>\n<dd>" + partner.id.str() + "</dd>\n</dl>\n";
}

void PartnerPage::State::append_offer(const PublicPartner& partner) {
  if (partner.description) {
    page.append_own_text(out, "p class=\"text\"", partner, partner.description->str());
    out += '\n';
  }
  if (partner.expertise) {
    out += "<h2>" + page.text("Energy know-how") + "</h2>\n";
    page.append_own_text(out, "p class=\"text\"", partner, partner.expertise->str());
    out += '\n';
  }
  if (!partner.practices.empty()) append_practices(partner);
}

void PartnerPage::State::append_practices(const PublicPartner& partner) {
  out += "<h2>" + page.text("Practices and tools") + "</h2>\n<ul class=\"practices\">\n";
  for (const Practice& practice : partner.practices) {
    out += "<li>";
    if (practice.url()) {
      std::string link = "a rel=\"external\"";
      append_attribute(link, "href", practice.url()->str());
      page.append_own_text(out, link, partner, practice.title());
    } else {
      page.append_own_text(out, "span", partner, practice.title());
    }
    out += "</li>\n";
  }
  out += "</ul>\n";
}

void PartnerPage::State::end() {
  out += "</main>\n" + page.footer() + "</body>\n</html>\n";
}

PartnerPage::PartnerPage(PageOptions options) : state_(std::make_unique<State>(std::move(options))) {}

PartnerPage::PartnerPage(PartnerPage&&) noexcept = default;

PartnerPage::~PartnerPage() = default;

OfficialLanguage PartnerPage::language() const {
  return state_->page.language();
}

void PartnerPage::write(TextSink& sink, const PublicPartner& partner) {
  state_->begin(partner.id, partner.name.str(), &partner);
  state_->append_name(partner);
  state_->page.append_categories(state_->out, partner);
  state_->append_facts(partner);
  state_->append_offer(partner);
  state_->end();
  sink.write(state_->out);
}

void PartnerPage::write(TextSink& sink, const FormerPartner& partner) {
  State& state = *state_;
  state.begin(partner.id, partner.name.str(), nullptr);
  state.out += "<h1" + std::string(has_right_to_left(partner.name.str()) ? " dir=\"auto\">" : ">");
  append_html(state.out, partner.name.str());
  state.out += "</h1>\n<p class=\"since\">" + state.page.text("No longer a partner") + "</p>\n<p>";
  state.page.append_dated(state.out, state.page.message("Partner until: {date}"), partner.ended);
  state.out += "</p>\n";
  state.end();
  sink.write(state.out);
}

}  // namespace covenant
