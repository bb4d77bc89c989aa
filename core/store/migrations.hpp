#pragma once

#include <span>
#include <string_view>

namespace covenant {

class Connection;

/// What leads a registry from one version of the schema to the next.
struct Migration {
  int from;                             ///< the version before; the one after is larger by one
  std::string_view schema;              ///< schema.sql as it was in the version before
  std::string_view sql;                 ///< statements, run in their order; may be empty
  void (*work)(Connection&) = nullptr;  ///< what SQL cannot say, done after them
};

/// The present version of the schema, and the steps that lead there from every earlier one.
struct SchemaHistory {
  int version;
  std::string_view text;  ///< schema.sql
  std::span<const Migration> steps;

  /// schema.sql of that version. @throws Error{fault} when no step leads from there
  std::string_view text_of(int of_version) const;
};

/// The one of this program.
const SchemaHistory& schema_history();

/// The version that the file says it has.
int version_of(Connection& connection);

/// Leads the registry to the version of the connection's schema, within the transaction that is open.
/// @throws Error{fault} when a step is missing, Error{damaged} when they do not lead to that schema
void migrate(Connection& connection);

}  // namespace covenant
