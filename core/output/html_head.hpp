#pragma once

#include <string>

#include "core/model/public_summary.hpp"
#include "core/output/catalogue.hpp"
#include "core/output/html_page.hpp"

namespace covenant {

/// The name that the page gives the site.
std::string site_name(const Catalogue& catalogue, const PageOptions& options);

/// What the list is about, in a sentence.
std::string_view lead(const Catalogue& catalogue);

/// The whole <head> of the page.
std::string html_head(const Catalogue& catalogue, const PageOptions& options, const PublicSummary& summary);

}  // namespace covenant
