#pragma once

#include <string>
#include <string_view>

#include "core/site/catalogue.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// The site's name on the page.
std::string site_name(const Catalogue& catalogue, const PageOptions& options);

/// What the list is about, in a sentence.
std::string_view lead(const Catalogue& catalogue);
/// The footnote to which the asterisk after Kosovo's name leads.
std::string_view kosovo_footnote(const Catalogue& catalogue);

/// What a web server may send as Content-Security-Policy with every page of a site and every certificate, in
/// whatever language; it has the digests of all their styles and scripts. Source: Content Security Policy
/// Level 3.
std::string content_security_policy();

// What the program makes whole for templates.

/// The <meta> that allows the styles and scripts of the program's pages alone.
std::string_view policy_element();
std::string style_element();
std::string script_element();
/// The scripts of the page of all practices.
std::string practices_script_element();
/// The same two of the pages about a single partner.
std::string record_style_element();
std::string record_script_element();
/// The <meta> and the style of the page with the figures of the years, which has no script.
std::string figures_policy_element();
std::string figures_style_element();
/// The four shapes of the categories, as the page's icon, and as a mark in its text.
std::string_view icon_element();
std::string_view mark_element();

}  // namespace covenant
