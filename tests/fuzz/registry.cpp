// Registry files that somebody damaged, under every command: each ends, and as it should. The input: the
// command, then changes of a sound registry, by SQL behind the program's back or of single bytes.
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

constexpr std::string_view rows =
    R"(reference,name,categories,level,country,contact_name,contact_email,city
A/1,Union of the Baltic Cities,civil-society,european,PL,Desk,desk@example.org,Sopot
A/9,Union of Lakes,other,local,FI,Desk,desk@example.org,Lahti
)";

/// The arguments; {commitment}, {csv} and {output} are files.
using Arguments = std::vector<std::string>;

const std::vector<Arguments>& commands() {
  static const std::vector<Arguments> all = {
      {"check"},
      {"list"},
      {"list", "--format", "json"},
      {"list", "--format", "csv", "--sort", "country:desc"},
      {"list", "--search", "e"},
      {"list", "--as-of", "2026-03-01"},
      {"list", "--as-of", "2026-03-01", "--as-recorded", "2026-03-01", "--columns", "all"},
      {"show", "1"},
      {"show", "3", "--format", "json"},
      {"show", "3", "--format", "toml"},
      {"due", "--days", "1000"},
      {"duplicates"},
      {"report"},
      {"report", "--format", "html"},
      {"history"},
      {"history", "--format", "jsonl"},
      {"history", "1"},
      {"history", "--checkpoint"},
      {"history", "1", "--prove"},
      {"history", "--extends", "3"},
      {"evidence", "1", "--output", "{output}"},
      {"export", "--format", "csv"},
      {"export", "--format", "json"},
      {"export", "--format", "delta", "--since", "3"},
      {"export", "--format", "html", "--lang", "lv"},
      {"export", "--format", "atom"},
      {"export", "--format", "certificate", "1"},
      {"export", "--format", "html", "--as-of", "2026-03-01"},
      {"export", "--format", "site", "--lang", "en", "--output", "{output}"},
      {"export", "--format", "bundle", "--output", "{output}"},
      {"backup", "{output}"},
      {"apply", "--name", "New Union", "--category", "other", "--level", "european", "--country", "BE",
       "--membership-based", "yes", "--website", "https://new.example.org/", "--contact-name", "Contact Desk",
       "--contact-email", "desk@example.org"},
      {"apply", "--csv", "{csv}", "--update"},
      {"update", "1", "--city", "Riga"},
      {"verify", "5"},
      {"verify", "--all"},
      {"letter", "4", "--kind", "statement", "--record"},
      {"letter", "1", "--kind", "renewal", "--lang", "el", "--config", "{settings}"},
      {"approve", "4", "--no-commitment", "on paper"},
      {"approve", "4", "--commitment", "{commitment}"},
      {"renew", "1", "--note", "By e-mail"},
      {"note", "1", "A new secretary general"},
      {"policy"},
      {"policy", "four-eyes", "on"},
      {"revoke", "2", "--reason", "merged", "--successor", "1"},
      {"withdraw", "5"},
      {"correct", "1", "--signed-by", "Right Desk", "--because", "Misread"},
      {"undo", "--last"},
      {"erase", "1", "--contact"},
      {"erase", "2", "--former-contacts"},
      {"evidence", "1", "--list"},
      {"evidence", "1", "--verify"},
      {"evidence", "1", "--add", "{commitment}", "--note", "more"},
      {"evidence", "1", "--erase", "1", "--because", "asked"},
      {"erase", "--person", "desk@example.org", "--everywhere"},
  };
  return all;
}

Ran run_on(const std::string& registry, Arguments arguments) {
  static const std::string csv = write_scratch("rows.csv", rows);
  static const std::string commitment = write_scratch("registry.png", "\x89PNG\r\n\x1a\nsigned too");
  static const std::string settings =
      write_scratch("settings.toml", "office = {email = \"office@example.org\"}\n");
  const std::string output = scratch("output");
  std::filesystem::remove_all(output);
  for (std::string& argument : arguments) {
    if (argument == "{csv}") argument = csv;
    if (argument == "{commitment}") argument = commitment;
    if (argument == "{settings}") argument = settings;
    if (argument == "{output}") argument = output;
  }
  arguments.insert(arguments.end(), {"--registry", registry, "--wait", "0"});
  return run_program(arguments);
}

/// A command that the sound registry refuses would examine little.
void demand_commands() {
  for (const Arguments& command : commands()) {
    const Ran ran = run_on(write_scratch("registry.db", sound_registry()), command);
    const bool is_done =
        ran.code == ExitCode::done || ran.code == ExitCode::due ||
        ((command[0] == "approve" || command[0] == "verify") && ran.code == ExitCode::refused);
    demand(is_done, command[0] + " cannot be run: " + ran.err);
  }
}

/// A registry, opened without the program and without what protects it.
class Intruder {
 public:
  explicit Intruder(const std::string& path) {
    sqlite3* opened = nullptr;
    demand(sqlite3_open(path.c_str(), &opened) == SQLITE_OK, "the registry cannot be opened");
    connection_.reset(opened);
    sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    run("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF;"
        "PRAGMA writable_schema = ON");
  }

  /// Whatever comes of it.
  void run(const std::string& sql) {
    sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  }

  /// A statement with one value in it.
  void run(const std::string& sql, const std::pair<int, std::string>& value) {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(connection_.get(), sql.c_str(), -1, &made, nullptr) != SQLITE_OK) return;
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement(made, sqlite3_finalize);
    const auto size = static_cast<int>(value.second.size());
    if (value.first == SQLITE_BLOB) {
      sqlite3_bind_blob(made, 1, value.second.data(), size, SQLITE_TRANSIENT);
    } else {
      sqlite3_bind_text(made, 1, value.second.data(), size, SQLITE_TRANSIENT);
    }
    sqlite3_step(made);
  }

  std::vector<std::string> column(const std::string& sql) {
    std::vector<std::string> texts;
    const auto add = [](void* to, int, char** values, char**) {
      static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] == nullptr ? "" : values[0]);
      return 0;
    };
    sqlite3_exec(connection_.get(), sql.c_str(), add, &texts, nullptr);
    return texts;
  }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
  };
  std::unique_ptr<sqlite3, Close> connection_;
};

struct Table {
  std::string name;
  std::vector<std::string> columns;
};

const std::vector<Table>& tables() {
  static const std::vector<Table> all = [] {
    Intruder intruder(write_scratch("tables.db", sound_registry()));
    std::vector<Table> found;
    for (const std::string& name : intruder.column("SELECT name FROM sqlite_schema WHERE type = 'table'"))
      found.push_back({name, intruder.column("SELECT name FROM pragma_table_info('" + name + "')")});
    return found;
  }();
  return all;
}

/// What a value becomes; ?1 is a text or bytes of the input, {} the value itself.
constexpr std::array<std::string_view, 20> expressions = {
    "?1",
    "?1",
    "?1",
    "NULL",
    "0",
    "-1",
    "1",
    "7",
    "9223372036854775807",
    "-9223372036854775808",
    "1e308",
    "''",
    "x''",
    "{} || ?1",
    "?1 || {}",
    "substr({}, 1, length({}) - 1)",
    "CAST({} AS BLOB)",
    "CAST({} AS TEXT)",
    "replace({}, substr({}, 2, 1), ?1)",
    "zeroblob(40000)",
};

constexpr std::array<std::string_view, 16> statements = {
    "DROP VIEW public_partner; CREATE VIEW public_partner AS SELECT * FROM partner",
    "CREATE TRIGGER foreign_trigger AFTER INSERT ON event BEGIN DELETE FROM sealed; END",
    "CREATE TABLE foreign_table (x); INSERT INTO foreign_table VALUES (1)",
    "DROP INDEX partner_by_country",
    "DROP TRIGGER event_is_never_changed",
    "ALTER TABLE partner ADD COLUMN more TEXT",
    "DELETE FROM event",
    "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)",
    "PRAGMA user_version = 0",
    "PRAGMA user_version = 99",
    "PRAGMA application_id = 7",
    "PRAGMA journal_mode = DELETE",
    "UPDATE partner SET id = 9223372036854775807 WHERE id = 5",
    "INSERT INTO event SELECT seq + 1000, body, leaf FROM event",
    "UPDATE sqlite_schema SET sql = replace(sql, 'TEXT', 'BLOB') WHERE name = 'partner'",
    "UPDATE sqlite_schema SET rootpage = rootpage + 1 WHERE name = 'event'",
};

void change_by_sql(Intruder& intruder, Pieces& pieces) {
  const unsigned kind = pieces.byte();
  if (kind % 16 == 15) {
    intruder.run(std::string(statements.at(pieces.byte() % statements.size())));
    return;
  }
  const Table& table = tables()[pieces.byte() % tables().size()];
  if (table.columns.empty()) return;
  const std::string& column = table.columns[pieces.byte() % table.columns.size()];
  const std::string row = std::to_string(pieces.byte());
  const std::string where = " WHERE " + table.columns[0] + " = (SELECT " + table.columns[0] + " FROM " +
                            table.name + " LIMIT 1 OFFSET " + row + " % (SELECT max(1, count(*)) FROM " +
                            table.name + "))";
  if (kind % 16 == 14) {
    intruder.run("DELETE FROM " + table.name + where);
    return;
  }
  std::string expression(expressions.at(pieces.byte() % expressions.size()));
  for (std::size_t at = expression.find("{}"); at != std::string::npos; at = expression.find("{}", at))
    expression.replace(at, 2, column);
  intruder.run("UPDATE " + table.name + " SET " + column + " = " + expression + where,
               {kind % 2 == 0 ? SQLITE_TEXT : SQLITE_BLOB, std::string(pieces.text())});
}

/// A place at the begin or at the end of a page, where SQLite keeps the most.
std::streamoff place_in_pages(std::uint32_t number) {
  constexpr std::size_t page = 16384;
  constexpr unsigned begin = 512;
  constexpr unsigned end = 4096;
  const std::size_t which = (number >> 16U) % (sound_registry().size() / page);
  const bool is_at_end = (number >> 15U & 1U) != 0;
  return static_cast<std::streamoff>(which * page + (is_at_end ? page - 1 - number % end : number % begin));
}

void examine(std::string_view input) {
  static const bool is_prepared = [] {
    demand_commands();
    return !tables().empty();
  }();
  demand(is_prepared, "the registry has no tables");
  Pieces pieces(input);
  const Arguments& command = commands()[pieces.byte() % commands().size()];
  const unsigned by_sql = pieces.byte() % 4;
  const unsigned by_byte = pieces.byte() % 8;
  const std::string path = write_scratch("registry.db", sound_registry());
  if (by_sql > 0) {
    Intruder intruder(path);
    for (unsigned i = 0; i < by_sql; ++i) change_by_sql(intruder, pieces);
  }
  if (by_byte > 0) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    for (unsigned i = 0; i < by_byte; ++i) {
      file.seekp(place_in_pages(pieces.three_bytes()));
      file.put(static_cast<char>(pieces.byte()));
    }
    demand(file.good(), "the registry cannot be changed");
  }
  const Ran ran = run_on(path, command);
  demand(ran.code != ExitCode::usage || command[0] == "history", "called wrong: " + ran.err);
  demand(ran.code != ExitCode::busy, "busy, and nobody else is there: " + ran.err);
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  covenant::fuzz::examine(covenant::fuzz::text_of(bytes, size));
  return 0;
}
