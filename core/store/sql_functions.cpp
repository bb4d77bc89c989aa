#include "core/store/sql_functions.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <sqlite3.h>

#include <map>
#include <string>
#include <string_view>

#include "core/text/collator.hpp"
#include "core/text/folding.hpp"

namespace covenant {

namespace {

std::string_view text_argument(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

bool any_null(int count, sqlite3_value** arguments) {
  for (int i = 0; i < count; ++i) {
    if (sqlite3_value_type(arguments[i]) == SQLITE_NULL) return true;
  }
  return false;
}

void matches(sqlite3_context* context, int count, sqlite3_value** arguments) {
  if (any_null(count, arguments)) return sqlite3_result_int(context, 0);
  const std::string text = search_key(text_argument(arguments[0]));
  const std::string needle = search_key(text_argument(arguments[1]));
  sqlite3_result_int(context, text.find(needle) == std::string::npos ? 0 : 1);
}

void collation_key(sqlite3_context* context, int count, sqlite3_value** arguments) {
  if (any_null(count, arguments)) return sqlite3_result_null(context);
  auto& collators = *static_cast<std::map<std::string, Collator>*>(sqlite3_user_data(context));
  const std::string language(text_argument(arguments[0]));
  const std::string key =
      collators.try_emplace(language, language).first->second.key(text_argument(arguments[1]));
  sqlite3_result_blob(context, key.data(), static_cast<int>(key.size()), SQLITE_TRANSIENT);
}

/// Exceptions must not pass through SQLite's own code.
template <void (*function)(sqlite3_context*, int, sqlite3_value**)>
void safely(sqlite3_context* context, int count, sqlite3_value** arguments) {
  try {
    function(context, count, arguments);
  } catch (const std::exception& error) {
    sqlite3_result_error(context, error.what(), -1);
  }
}

}  // namespace

void add_sql_functions(SQLite::Database& database) {
  sqlite3* handle = database.getHandle();
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  sqlite3_create_function_v2(handle, "matches", 2, flags, nullptr, safely<matches>, nullptr, nullptr,
                             nullptr);
  sqlite3_create_function_v2(
      handle, "collation_key", 2, flags, new std::map<std::string, Collator>, safely<collation_key>, nullptr,
      nullptr, [](void* collators) { delete static_cast<std::map<std::string, Collator>*>(collators); });
}

}  // namespace covenant
