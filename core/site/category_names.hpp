#pragma once

#include <string_view>

#include "core/model/codes.hpp"
#include "core/site/catalogue.hpp"

namespace covenant {

/// A category as the list calls it, in few words.
std::string_view short_name(const Catalogue& catalogue, Category category);

/// A category in the scheme's own words.
std::string_view official_wording(const Catalogue& catalogue, Category category);

}  // namespace covenant
