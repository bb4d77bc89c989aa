#pragma once

#include <string>

#include "core/output/catalogue.hpp"
#include "core/output/html_page.hpp"

namespace covenant {

/// The <footer> of every page: what the list is, and where the site leads.
std::string html_footer(const Catalogue& catalogue, const PageOptions& options);

}  // namespace covenant
