#include "core/output/html_footer.hpp"

#include <array>
#include <utility>

#include "core/output/html_text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

std::string html_footer(const Catalogue& catalogue, const PageOptions& options) {
  const SiteLinks& links = options.links;
  const std::array<std::pair<const std::optional<WebUrl>*, std::string>, 5> entries = {{
      {&links.contact, html(catalogue.text("Contact"))},
      {&links.newsletter, html(catalogue.text("Newsletter"))},
      {&links.rss_help, html(catalogue.text("RSS help"))},
      {&links.licence, html(catalogue.text("Licence of the data"))},
      {&links.legal_notice, html(catalogue.text("Legal notice"))},
  }};
  std::string items;
  for (const auto& [url, label] : entries) {
    if (!*url) continue;
    items += "<li><a";
    append_attribute(items, "href", (*url)->str());
    if (url == &links.licence) items += " rel=\"license\"";
    items += '>' + label + "</a></li>\n";
  }
  std::string out = "<footer>\n<p>";
  append_html(out,
              catalogue.text(
                  "Partners have joined by returning a signed commitment. The European Commission may end a "
                  "partnership at "
                  "any time. The Covenant of Mayors Office keeps this list."));
  out += "</p>\n";
  if (!items.empty()) out += "<ul>\n" + items + "</ul>\n";
  out += "</footer>\n";
  return out;
}

}  // namespace covenant
