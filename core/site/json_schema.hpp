#pragma once

#include <string>

#include "core/site/page.hpp"

namespace covenant {

// What programs may rely on in the published JSON. Members may be added to it. Source: JSON Schema 2020-12.

/// The schema of partners.json.
std::string partners_schema(const PageOptions& options);

/// The schema of what changed in it since an earlier one.
std::string delta_schema(const PageOptions& options);

/// The schema of the JSON Feed. Source: JSON Feed 1.1.
std::string feed_schema(const PageOptions& options);

}  // namespace covenant
