#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/staged_folder.hpp"
#include "core/ops/publish.hpp"

namespace covenant {

/// Writes all files of the site into the folder and returns how many partners are listed: in each of the
/// page's languages the list, its feeds and a page for every partner that is or was listed; the data and what
/// describes them. The page's own language is that of the data's labels. Source:
/// covenant-export(1), FILES.
std::int64_t publish_site(Read& read, const Publication& publication, StagedFolder& folder);

/// Whether `publish_site` may have written a file with that path in the folder: if it does so no more, the
/// file goes.
bool is_site_file(std::string_view path);

}  // namespace covenant
