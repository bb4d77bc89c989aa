#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/staged_folder.hpp"
#include "core/store/database.hpp"

namespace covenant {

// A bundle: a folder with all that a registry has, as JSON lines, documents and a manifest.
// Source: covenant-bundle(5).

/// Whether a file of a bundle may have that path in its folder.
bool is_bundle_path(std::string_view path);

/// Whether the registry may be written to the folder of that path: it is not there, is empty, or has a bundle
/// of the same registry and nothing else. @throws Error{conflict} when it may not
void demand_bundle_place(Read& read, const std::string& path);

/// Writes all that a registry has; the same registry makes the same bytes. What was erased is not in it.
/// @throws Error{damaged} when the registry is not sound
void write_bundle(Read& read, StagedFolder& folder);

/// What was restored.
struct Restored {
  std::uint64_t events;
  std::int64_t partners;
};

/// Fills a new registry, which has only its schema, with what the bundle in a folder has, and checks it.
/// @throws Error{bad_input} when the folder has no bundle, or one of which a byte was changed, a file is
/// missing or one was added, or that is of no sound registry; Error{file} when it cannot be read
Restored restore_bundle(Write& write, const std::string& folder);

}  // namespace covenant
