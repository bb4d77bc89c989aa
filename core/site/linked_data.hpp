#pragma once

#include <string>

#include "core/model/public_list.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// The list as data for search engines: a <script> of type application/ld+json. Its first partners are named
/// one by one, where the list has at most `most_linked`. Source: Schema.org 28, CollectionPage, ItemList,
/// Organization.
std::string linked_data(const PageOptions& options, const PageSource& source);

/// The same of a single partner.
std::string linked_data(const PublicTexts& partner);

inline constexpr std::int64_t most_linked = 1'000;

}  // namespace covenant
