#include "core/store/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

// A registry's schema is program text: a view decides what is public, a trigger runs with every change. So it
// is compared with schema.sql at every start, before anything else is asked of the file. SQLite keeps the
// text of each statement as it was given. In most registries it is the very text of schema.sql, and comparing
// bytes is enough; only where it is not are both read word by word.

namespace covenant {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Whether each byte may be part of a word. The whole schema is looked at at every start.
constexpr std::array<bool, 256> word_characters = [] {
  std::array<bool, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const char c = static_cast<char>(i);
    table[i] = is_letter(c) || is_digit(c) || c == '_';
  }
  return table;
}();

bool is_word_character(char c) {
  return word_characters[static_cast<unsigned char>(c)];
}

/// Takes the next word, quoted text or other character off the start, past blanks and comments; empty at the
/// end.
std::string_view take_word(std::string_view& sql) {
  for (;;) {
    if (sql.starts_with("--")) {
      sql.remove_prefix(std::min(sql.find('\n'), sql.size()));
    } else if (!sql.empty() && is_blank(sql.front())) {
      sql.remove_prefix(1);
    } else {
      break;
    }
  }
  std::size_t size = sql.empty() ? 0 : 1;
  if (size > 0 && (sql.front() == '\'' || sql.front() == '"')) {
    size = std::min(sql.find(sql.front(), 1), sql.size() - 1) + 1;
  } else if (size > 0 && is_word_character(sql.front())) {
    while (size < sql.size() && is_word_character(sql[size])) ++size;
  }
  const std::string_view word = sql.substr(0, size);
  sql.remove_prefix(size);
  return word;
}

/// Whether a stored statement has the words of a statement of schema.sql. SQLite reads it up to the first
/// zero byte.
bool means_same(std::string_view ours, std::string_view stored) {
  if (ours == stored) return true;  // as it is nearly always: every start compares the whole schema
  if (stored.find('\0') != std::string_view::npos) return false;
  std::string_view before;
  for (;;) {
    const std::string_view word = take_word(ours);
    std::string_view other = take_word(stored);
    // SQLite puts the name into quotes when it renames a table, as migrations do.
    const bool is_quoted = before == "TABLE" && other.size() == word.size() + 2 && other.front() == '"';
    if (is_quoted) other = other.substr(1, word.size());
    if (word != other) return false;
    if (word.empty()) return true;
    before = word;
  }
}

/// The kinds of rows that sqlite_schema has.
enum class Kind { table, index, trigger, view };
constexpr std::array<std::string_view, 4> kind_names = {"table", "index", "trigger", "view"};
constexpr std::array<std::string_view, 4> kind_words = {"TABLE", "INDEX", "TRIGGER", "VIEW"};

template <std::size_t size>
std::optional<Kind> kind_named(const std::array<std::string_view, size>& names, std::string_view name) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end()) return std::nullopt;
  return static_cast<Kind>(at - names.begin());
}

/// What a statement of schema.sql makes; views into its text.
struct Item {
  Kind kind;
  std::string_view name;
  std::string_view table;  ///< to which it belongs; itself, when it is a table or a view
  std::string_view sql;    ///< without the semicolon
  bool is_found = false;
};

/// What a CREATE statement makes; nothing, when it is another statement.
std::optional<Item> item_of(std::string_view sql) {
  std::string_view rest = sql;
  if (take_word(rest) != "CREATE") return std::nullopt;
  std::string_view word = take_word(rest);
  if (word == "UNIQUE") word = take_word(rest);
  const auto kind = kind_named(kind_words, word);
  if (!kind) return std::nullopt;
  Item item{*kind, take_word(rest), {}, sql};
  item.table = item.name;
  if (item.kind == Kind::index || item.kind == Kind::trigger) {
    while (!word.empty() && word != "ON") word = take_word(rest);
    item.table = take_word(rest);
  }
  return item;
}

/// What the statements of a text make. A trigger's statement ends with END and has semicolons within.
std::vector<Item> items_of(std::string_view text) {
  std::vector<Item> items;
  while (!text.empty()) {
    std::string_view rest = text;
    std::string_view word = take_word(rest);
    const char* const begin = word.data();
    const char* end = begin;
    std::string_view before;
    bool is_trigger = false;
    while (!word.empty() && !(word == ";" && (!is_trigger || before == "END"))) {
      is_trigger = is_trigger || (before == "CREATE" && word == "TRIGGER");
      end = word.data() + word.size();
      before = word;
      word = take_word(rest);
    }
    if (const auto item = item_of({begin, static_cast<std::size_t>(end - begin)})) items.push_back(*item);
    text = rest;
  }
  return items;
}

/// What ANALYZE makes. Source: SQLite, "The ANALYZE Command"; sqlite_stat4 only where SQLite was built for
/// it.
constexpr std::string_view statistics_schema =
    "CREATE TABLE sqlite_stat1(tbl,idx,stat); CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample);";

/// One row of sqlite_schema; the views are valid until the next.
struct Row {
  std::optional<Kind> kind;
  std::string_view name;
  std::string_view table;
  std::string_view sql;
  bool has_sql;
  std::int64_t root;
};

class Comparison {
 public:
  Comparison(const std::string& path, std::string_view sql)
      : path_(path), schema_(items_of(sql)), statistics_(items_of(statistics_schema)) {}

  void visit(const Row& row) {
    check_root(row);
    // SQLite makes an index of its own for a constraint of a table, as the table's statement asks for.
    if (row.kind == Kind::index && !row.has_sql && row.name.starts_with("sqlite_autoindex_")) return;
    Item* item = find(schema_, row);
    if (item == nullptr) item = find(statistics_, row);
    if (item == nullptr || item->is_found) refuse(row, "is foreign to it");
    if (item->table != row.table || (item->sql != row.sql && !means_same(item->sql, row.sql)))
      refuse(row, "differs from the one of its version");
    item->is_found = true;
  }

  void finish() const {
    for (const Item& item : schema_) {
      if (!item.is_found) refuse(item.kind, item.name, "is missing");
    }
  }

 private:
  static Item* find(std::vector<Item>& items, const Row& row) {
    const auto at = std::find_if(items.begin(), items.end(), [&](const Item& item) {
      return item.kind == row.kind && item.name == row.name;
    });
    return at == items.end() ? nullptr : &*at;
  }

  /// Two tables in one tree would show the rows of one as those of the other.
  void check_root(const Row& row) {
    const bool has_tree = row.kind == Kind::table || row.kind == Kind::index;
    const bool is_free = std::find(roots_.begin(), roots_.end(), row.root) == roots_.end();
    if (has_tree ? row.root <= 1 || !is_free : row.root != 0) refuse(row, "has no page of its own");
    if (has_tree) roots_.push_back(row.root);
  }

  [[noreturn]] void refuse(const Row& row, std::string_view what) const { refuse(row.kind, row.name, what); }

  [[noreturn]] void refuse(std::optional<Kind> kind, std::string_view name, std::string_view what) const {
    throw Error(ErrorKind::damaged, fmt::format("{}: not a covenant registry: the {} {} {}", path_,
                                                kind ? kind_names[static_cast<std::size_t>(*kind)] : "entry",
                                                in_quotes(name), what));
  }

  const std::string& path_;
  std::vector<Item> schema_;
  std::vector<Item> statistics_;
  std::vector<std::int64_t> roots_;
};

// SQLite takes blobs for texts here; what has one is of no version.
constexpr const char* schema_rows = R"(
SELECT type, name, tbl_name,
  CASE WHEN typeof(type) = 'text' AND typeof(name) = 'text' AND typeof(tbl_name) = 'text'
         AND typeof(sql) IN ('text', 'null') THEN sql ELSE '' END,
  rootpage
FROM sqlite_schema)";

}  // namespace

void demand_schema(Connection& connection, const std::string& path, std::string_view sql) {
  Comparison comparison(path, sql);
  Query query = connection.query(schema_rows);
  while (query.step()) {
    comparison.visit({kind_named(kind_names, query.bytes(0)), query.bytes(1), query.bytes(2), query.bytes(3),
                      !query.is_null(3), query.integer(4)});
  }
  comparison.finish();
}

namespace {

/// A row of sqlite_schema that a statement made.
struct Made {
  Kind kind;
  std::string name;
  std::string sql;
};

std::vector<Made> made_in(Connection& connection) {
  std::vector<Made> made;
  Query query = connection.query(
      "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE "
      "'\\'");
  while (query.step()) {
    if (const auto kind = kind_named(kind_names, query.text(0)))
      made.push_back({*kind, std::string(query.text(1)), std::string(query.text(2))});
  }
  return made;
}

/// The columns that both tables have and that can be written, joined by commas.
std::string common_columns(Connection& connection, std::string_view a, std::string_view b) {
  Query query = connection.query(R"(
SELECT group_concat(name) FROM pragma_table_xinfo(:a)
WHERE hidden = 0 AND name IN (SELECT name FROM pragma_table_xinfo(:b) WHERE hidden = 0))");
  query.bind(":a", a).bind(":b", b);
  query.step();
  return std::string(query.text(0));
}

/// Source: SQLite documentation, "ALTER TABLE", section 7.
void rebuild_table(Connection& connection, const Item& table) {
  const std::string made = fmt::format("new_{}", table.name);
  const auto name_at = static_cast<std::size_t>(table.name.data() - table.sql.data());
  connection.execute(fmt::format("{}{}{}", table.sql.substr(0, name_at), made,
                                 table.sql.substr(name_at + table.name.size())));
  const std::string columns = common_columns(connection, table.name, made);
  connection.execute(
      fmt::format("INSERT INTO {} ({}) SELECT {} FROM {}", made, columns, columns, table.name));
  connection.execute(fmt::format("DROP TABLE {}", table.name));
  connection.execute(fmt::format("ALTER TABLE {} RENAME TO {}", made, table.name));
}

bool has(const std::vector<Made>& made, const Item& item) {
  return std::any_of(made.begin(), made.end(), [&](const Made& one) {
    return one.kind == item.kind && one.name == item.name && means_same(item.sql, one.sql);
  });
}

}  // namespace

void remake_schema(Connection& connection, std::string_view sql, const std::function<void()>& fill) {
  const std::vector<Item> items = items_of(sql);
  const std::vector<Made> before = made_in(connection);
  // They would be in the way of a table's new name, and making them again costs nothing.
  for (const Made& one : before) {
    if (one.kind == Kind::view) connection.execute(fmt::format("DROP VIEW {}", one.name));
    if (one.kind == Kind::trigger) connection.execute(fmt::format("DROP TRIGGER {}", one.name));
  }
  const auto is_named = [](std::string_view name) {
    return [name](const auto& one) { return one.kind == Kind::table && one.name == name; };
  };
  for (const Item& item : items) {
    if (item.kind != Kind::table || has(before, item)) continue;
    if (std::any_of(before.begin(), before.end(), is_named(item.name))) {
      rebuild_table(connection, item);
    } else {
      connection.execute(std::string(item.sql));
    }
  }
  fill();
  for (const Made& one : made_in(connection)) {
    const bool stays = std::any_of(items.begin(), items.end(), [&](const Item& item) {
      return item.kind == one.kind && item.name == one.name && means_same(item.sql, one.sql);
    });
    if (stays) continue;
    if (one.kind == Kind::table) connection.execute(fmt::format("DROP TABLE {}", one.name));
    if (one.kind == Kind::index) connection.execute(fmt::format("DROP INDEX IF EXISTS {}", one.name));
  }
  const std::vector<Made> after = made_in(connection);
  for (const Item& item : items) {
    if (!has(after, item)) connection.execute(std::string(item.sql));
  }
}

}  // namespace covenant
