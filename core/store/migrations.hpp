#pragma once

#include <span>
#include <string_view>

namespace covenant {

class Connection;

/// What a step from one version of the schema to the next does besides rebuilding tables, indexes and views.
struct Migration {
  int from;  ///< the version before; the one after is larger by one
  /// Runs first: renames a table whose rows `fill` puts into the one that has its name then.
  void (*prepare)(Connection&) = nullptr;
  void (*fill)(Connection&);  ///< runs when the tables of both versions are there
};

/// The present version of the schema, and what leads there from every earlier one.
struct SchemaHistory {
  std::span<const std::string_view> released;  ///< schema.sql of each earlier version, from version 1
  std::string_view text;                       ///< schema.sql
  std::span<const Migration> steps;            ///< of the versions that need more than their schema

  int version() const { return static_cast<int>(released.size()) + 1; }

  /// schema.sql of that version, from 1 to the present one.
  std::string_view text_of(int of_version) const;
};

/// The one of this program.
const SchemaHistory& schema_history();

/// The version that the file says it has.
int version_of(Connection& connection);

/// Leads the registry to the version of the connection's schema, within the transaction that is open.
/// @throws Error{damaged} when that does not lead to that schema
void migrate(Connection& connection);

}  // namespace covenant
