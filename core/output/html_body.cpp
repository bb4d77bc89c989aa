#include "core/output/html_body.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/output/atom_feed.hpp"
#include "core/output/html_footer.hpp"
#include "core/output/html_head.hpp"
#include "core/output/html_partner.hpp"
#include "core/output/html_text.hpp"
#include "core/text/collator.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// Above so many partners a browser lays out only those in sight.
constexpr std::int64_t long_list = 300;

constexpr std::array<Category, 4> every_category = {Category::financial, Category::industrial,
                                                    Category::civil_society, Category::other};

constexpr std::string_view mark =
    "<svg viewBox=\"0 0 36 36\" aria-hidden=\"true\"><circle cx=\"9\" cy=\"9\" r=\"7.5\" fill=\"#c98512\"/>"
    "<rect x=\"20\" y=\"2\" width=\"14\" height=\"14\" fill=\"#c6502f\"/><path d=\"M9 19l8 15H1z\" "
    "fill=\"#3f8f4f\"/>"
    "<path d=\"M27 18l9 9-9 9-9-9z\" fill=\"#7d62c4\"/></svg>";

}  // namespace

std::string HtmlBody::text(std::string_view english) const {
  return html(catalogue_.text(english));
}

std::string HtmlBody::counted(std::string_view one, std::string_view other, std::int64_t number,
                              std::string_view before, std::string_view after) {
  const auto count = static_cast<std::uint64_t>(number);
  std::string digits(before);
  append_html(digits, locale_.number(count));
  digits += after;
  std::string out;
  append_message(out, catalogue_.plural(one, other, count), {{"count", digits}});
  return out;
}

void HtmlBody::append_opening(std::string& out) {
  out += "<a class=\"skip\" href=\"#partners\">" + text("Skip to the list of partners") + "</a>\n";
  append_header(out);
  out += "<main>\n<h1>" + text("Associated Partners") + "</h1>\n<p class=\"lead\">" + html(lead(catalogue_)) +
         "</p>\n";
  append_facts(out);
}

void HtmlBody::append_header(std::string& out) {
  out +=
      "<header>\n<p class=\"site\">" + std::string(mark) + html(site_name(catalogue_, options_)) + "</p>\n";
  if (options_.languages.size() > 1) {
    out += "<nav aria-label=\"" + text("Languages") + "\"><ul>\n";
    for (const OfficialLanguage language : options_.languages) {
      out += "<li><a";
      append_attribute(out, "href", page_file_name(language));
      append_attribute(out, "lang", code_of(language));
      append_attribute(out, "hreflang", code_of(language));
      if (language == options_.language) out += " aria-current=\"page\"";
      out += '>' + html(own_name(language)) + "</a></li>\n";
    }
    out += "</ul></nav>\n";
  }
  out += "</header>\n";
}

void HtmlBody::append_facts(std::string& out) {
  out += "<ul class=\"facts\">\n<li>" +
         counted("{count} partner", "{count} partners", summary_.count, "<b>", "</b>") + "</li>\n<li>" +
         counted("{count} country", "{count} countries",
                 static_cast<std::int64_t>(summary_.by_country.size()), "<b>", "</b>") +
         "</li>\n";
  if (summary_.modified) {
    const std::string time = "<time datetime=\"" + summary_.modified->str() + "\">" +
                             html(locale_.long_date(*summary_.modified)) + "</time>";
    out += "<li>";
    append_message(out, catalogue_.text("Last change: {date}"), {{"date", time}});
    out += "</li>\n";
  }
  out += "</ul>\n";
}

void HtmlBody::append_filter(std::string& out) {
  out += "<search class=\"filter\" aria-label=\"" + text("Filter the list") + "\">\n";
  append_category_choices(out);
  out += "<div class=\"more\" hidden>\n";
  append_country_choices(out);
  out += "<label class=\"words\"><span>" + text("Search") +
         "</span><input type=\"search\" name=\"q\" autocomplete=\"off\"></label>\n</div>\n</search>\n";
}

void HtmlBody::append_category_choices(std::string& out) {
  const auto append_choice = [&](std::string_view code, const std::string& label, std::int64_t count) {
    out += "<label><input type=\"radio\" name=\"category\"";
    append_attribute(out, "value", code);
    if (code.empty()) out += " checked";
    if (count == 0) out += " disabled";
    out += "><span";
    if (!code.empty()) append_attribute(out, "class", "kind " + std::string(code));
    out += '>' + label + " <small>" + html(locale_.number(static_cast<std::uint64_t>(count))) +
           "</small></span></label>\n";
  };
  out += "<fieldset>\n<legend>" + text("Category") + "</legend>\n";
  // TRANSLATORS: all categories
  append_choice("", text("All"), summary_.count);
  for (const Category category : every_category) {
    append_choice(code_of(category), html(short_name(catalogue_, category)),
                  summary_.by_category[static_cast<std::size_t>(category)]);
  }
  out += "</fieldset>\n";
}

void HtmlBody::append_country_choices(std::string& out) {
  Collator collator(catalogue_.code());
  std::vector<std::pair<std::string, std::string>> options;
  for (const auto& [country, count] : summary_.by_country) {
    const std::string_view name = locale_.country_name(country);
    std::string option = "<option value=\"" + std::string(country.code()) + "\">" + html(name) + " (" +
                         html(locale_.number(static_cast<std::uint64_t>(count))) + ")</option>\n";
    options.emplace_back(collator.key(name), std::move(option));
  }
  std::sort(options.begin(), options.end());
  out += "<label class=\"country\"><span>" + text("Country") + "</span><select name=\"country\">\n" +
         "<option value=\"\">" + text("All countries") + "</option>\n";
  for (const auto& [key, option] : options) out += option;
  out += "</select></label>\n";
}

void HtmlBody::append_list_opening(std::string& out) {
  out += "<div class=\"bar\">\n<h2 id=\"partners\" tabindex=\"-1\">" + text("Partners") + "</h2>\n";
  append_count(out);
  out += "</div>\n";
  if (summary_.count == 0) {
    out += "<p class=\"none\">" + text("There are no partners yet.") + "</p>\n";
  } else {
    out += summary_.count > long_list ? "<ul class=\"partners long\">\n" : "<ul class=\"partners\">\n";
  }
}

/// The count with the sentences that a script needs to tell another one.
void HtmlBody::append_count(std::string& out) {
  out += "<output";
  const auto& categories = catalogue_.plural_categories();
  for (std::size_t form = 0; form < categories.size(); ++form) {
    append_attribute(out, "data-" + std::string(categories[form]),
                     catalogue_.plural_form("{count} partner", "{count} partners", form));
  }
  out += '>' + counted("{count} partner", "{count} partners", summary_.count, "", "") + "</output>\n";
}

void HtmlBody::append_list_closing(std::string& out) {
  if (summary_.count == 0) return;
  out += "</ul>\n";
  if (options_.extent == PageExtent::fragment) return;
  out += "<p class=\"none\" hidden>" +
         text("No partner matches. Choose another category or country, or clear the search.") + "</p>\n";
}

void HtmlBody::append_closing(std::string& out) {
  append_categories(out);
  if (options_.base_url || options_.place == PagePlace::in_site) append_downloads(out);
  out += "</main>\n";
  out += html_footer(catalogue_, options_);
}

void HtmlBody::append_categories(std::string& out) {
  out += "<section class=\"categories\" aria-labelledby=\"categories\">\n<h2 id=\"categories\">" +
         text("The four categories") + "</h2>\n<dl>\n";
  for (const Category category : every_category) {
    out += "<div><dt class=\"kind " + std::string(code_of(category)) + "\">" +
           html(short_name(catalogue_, category)) + "</dt>\n<dd>" +
           html(official_wording(catalogue_, category)) + "</dd></div>\n";
  }
  out += "</dl>\n</section>\n";
}

void HtmlBody::append_downloads(std::string& out) {
  out += "<section class=\"downloads\" aria-labelledby=\"downloads\">\n<h2 id=\"downloads\">" +
         text("Download the data") +
         "</h2>\n<ul>\n<li><a href=\"partners.csv\" type=\"text/csv\">CSV</a></li>\n"
         "<li><a href=\"partners.json\" type=\"application/json\">JSON</a></li>\n<li><a href=\"" +
         feed_file_name(FeedTopic::partners, options_.language) +
         "\" type=\"application/atom+xml\">Atom</a></li>\n</ul>\n</section>\n";
}

}  // namespace covenant
