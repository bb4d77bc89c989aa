#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/staged_folder.hpp"
#include "core/ops/publish.hpp"

namespace covenant {

/// Which files of a site are written.
enum class SiteExtent {
  changed,  ///< those that can have changed, by the folder's manifest
  full,     ///< all of them, whatever the manifest says
};

struct SiteOutcome {
  std::int64_t partners = 0;  ///< that are listed
  /// How many files there are, when none can have changed: then nothing was written, and the folder is not to
  /// be committed.
  std::optional<std::int64_t> unchanged_files{};
};

/// Writes the files of the site into the folder: in each of the page's languages the list, its feeds and a
/// page for every partner that is or was listed; the data and what describes them; the manifest. A manifest
/// that is not of the same program, options and format counts as none. The page's own language is that of the
/// data's labels. Source: covenant-export(1), FILES.
SiteOutcome publish_site(Read& read, const Publication& publication, SiteExtent extent, StagedFolder& folder);

}  // namespace covenant
