#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace covenant {

/// The name under which SQLite opens the file at `path`, also one that SQLite has a meaning for, like
/// ":memory:".
std::string sqlite_name(const std::string& path);

/// Sees from bytes alone, before SQLite opens anything, that the file at `path` is a registry of a version
/// from 1 to `newest`, and that a journal beside it, which SQLite would play into it, is its own.
/// @throws Error{not_found} when there is no file, Error{damaged} when it is not so, Error{file} when it
/// cannot be read
void demand_registry_file(const std::string& path, int newest);

/// Whether the regular file at `path` is a registry, of whatever version, by the bytes that it begins with.
bool is_registry_file(const std::string& path);

/// @throws Error{damaged} on a version that is not from 1 to `newest`
void demand_version(const std::string& path, std::int64_t version, int newest);

/// @throws Error{file} when the file, or the folder in which SQLite keeps a log beside it, cannot be written
void demand_writable(const std::string& path);

/// Whether the file has a second name, a hard link. SQLite would keep a log beside each and damage the file.
bool has_other_names(const std::string& path);

/// The bytes of a registry that has no log and whose folder may not be written to, so that SQLite, which
/// needs an index of the log beside the file, cannot read it; else nothing. They are of one moment.
/// @throws Error{file} when they cannot be read, or there is a log without its index; Error{busy} when they
/// do not stop changing
std::optional<std::string> read_where_nobody_writes(const std::string& path);

}  // namespace covenant
