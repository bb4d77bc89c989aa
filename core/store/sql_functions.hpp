#pragma once

namespace SQLite {
class Database;
}

namespace covenant {

/// Gives a connection the functions that our SQL uses:
/// `matches(text, needle)` – whether folded `text` contains folded `needle` (see `search_key`);
/// `collation_key(language, text)` – the sort key of a text in a language's order (see `Collator`).
void add_sql_functions(SQLite::Database& database);

}  // namespace covenant
