#pragma once

#include <sys/stat.h>

#include <functional>
#include <string>
#include <vector>

#include "core/base/descriptor.hpp"

namespace covenant {

// What is in a folder, reached by the folder's descriptor, so that nobody can exchange what a path leads
// through.

/// Opens a folder by its path. One that may not be listed can still be written to, but not synced. Empty,
/// with errno, when it cannot be opened.
Descriptor open_folder(const std::string& path);

/// Opens a folder in an open folder; never follows a link. Empty, with errno, when it cannot be opened.
Descriptor open_folder_at(int where, const std::string& name);

enum class EntryKind { file, folder, other };

struct FolderEntry {
  std::string name;
  EntryKind kind;
};

/// What is in an open folder; a link is of the kind `other`. Empty, with errno, when it cannot be listed.
std::vector<FolderEntry> entries_in(int folder);

/// The names in an open folder. Empty, with errno, when it cannot be listed.
std::vector<std::string> names_in(int folder);

/// Where a link leads.
std::string link_target_at(int where, const std::string& name);

/// Whether the two are of one file, under whatever names: the same inode of the same device.
bool is_same_file(const struct stat& left, const struct stat& right);

/// Gives an open file or folder the owner and group of another, as far as that is allowed. Returns false,
/// with errno, when it fails for another reason.
bool take_owner(int file, const struct stat& of);

/// What the umask leaves of a mode.
mode_t without_umask(mode_t mode);

/// Whether two open files have the same bytes.
bool same_bytes(int left, int right);

}  // namespace covenant
