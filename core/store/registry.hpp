#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/store/database.hpp"

namespace covenant {

/// How a command uses the registry: a dry run writes like any other command, but commits nothing.
enum class OpenMode { read, write, dry_run };

/// Whether `path` is the registry file at `registry`, under whatever name, or one of its journals.
bool is_file_of_registry(const std::string& registry, const std::string& path);

/// Whether there is some registry at `path`, or one whose journal that name is.
bool is_file_of_a_registry(const std::string& path);

/// A registry file: it opens and hands out permissions; the verbs are elsewhere.
class Registry {
 public:
  /// Whether a new registry takes its place, or is gone once it is whole.
  enum class Kept { no, yes };

  /// Makes a new registry with mode 0600 at `path`, whole or not at all; `fill` writes its first event.
  /// @throws Error{conflict} when something is there, Error{file} when it cannot be made.
  static void create(const std::string& path, const std::function<void(Write&)>& fill, Kept kept = Kept::yes);

  /// Opens the registry at `path`. A lock of another process is waited for up to `wait`. Of an older version
  /// of the schema readers get a migrated copy, which is gone at the end; writers migrate it (`Write`). A dry
  /// run leaves the file as it is to the byte.
  /// @throws Error{not_found} when there is no file, Error{damaged} when the file is not a registry (its
  /// schema differs in anything from that of its version), is of a newer version or is beside a journal that
  /// is not its own, Error{file} when it cannot be read, or is to be written and has hard links.
  static Registry open(const std::string& path, OpenMode mode, std::chrono::milliseconds wait,
                       const SchemaHistory& schema = schema_history());

  /// An empty registry that is gone at the end of the process, for replaying events. It has no first event
  /// and takes rows that the tables' own constraints would refuse: the replay finds what is wrong.
  static Registry temporary();

  /// Writes a consistent copy to `target`, whole or not at all, while others may read and write; the copy is
  /// checked before it takes the name. To a pipe or a device it is written once it is whole.
  /// @throws Error{conflict} when something other than a backup of this registry is there, Error{busy} when
  /// another process works on the older backup, Error{file}, Error{damaged}
  void back_up(const std::string& target);

  /// Leaves no trace of erased values in the file, nor in the journal beside it. Whoever opens the registry
  /// to write tries the same without waiting, in case that an erasure was interrupted.
  /// @throws Error{busy} when others keep on using it for longer than `wait`
  void wipe(std::chrono::milliseconds wait);

  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;
  Registry(Registry&& other) noexcept;
  Registry& operator=(Registry&& other) noexcept;
  ~Registry();

  Read read() { return Read(*connection_); }
  Write write() { return Write(*connection_); }

 private:
  explicit Registry(std::unique_ptr<Connection> connection);

  static void demand_backup_of(Connection& original, const std::string& target);

  std::unique_ptr<Connection> connection_;
};

}  // namespace covenant
