#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/staged_folder.hpp"
#include "core/ops/publish.hpp"

namespace covenant {

/// Writes all files of the site into the folder and returns how many partners are listed: in each of the
/// page's languages the list, its feeds and a page for every partner that is or was listed; the data and what
/// describes them. The page's own language is that of the data's labels. Source: covenant-export(1), FILES.
std::int64_t publish_site(Read& read, const Publication& publication, StagedFolder& folder);

}  // namespace covenant
