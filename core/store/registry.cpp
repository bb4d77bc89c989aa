#include "core/store/registry.hpp"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <new>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/base/folder.hpp"
#include "core/base/output_place.hpp"
#include "core/base/workplace.hpp"
#include "core/embedded.hpp"
#include "core/store/database.hpp"
#include "core/store/migrations.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/raw_tables.hpp"
#include "core/store/registry_file.hpp"
#include "core/store/schema.hpp"

namespace covenant {

namespace {

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

constexpr std::array<const char*, 3> journal_suffixes = {"-wal", "-shm", "-journal"};

/// One thread, and nobody asks how much memory is in use: SQLite need not lock for either.
void set_up_library() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_URI, 0);  // a name that begins with "file:" is a name
    note_failing_reads();
    return true;
  }();
  static_cast<void>(done);
}

/// Whether the views and triggers of a file are what schema.sql makes.
enum class Schema { unknown, ours };

/// What a file may make SQLite do. Nothing of an unknown schema is run, nor is the log folded into the file
/// at the end.
void restrict(sqlite3* database, Schema schema) {
  const int known = schema == Schema::ours ? 1 : 0;
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_VIEW, known, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, known, nullptr);
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 - known, nullptr);
  constexpr std::array<std::pair<int, int>, 6> limits = {{
      {SQLITE_LIMIT_LENGTH, 32 * 1024 * 1024},  // a document and what is beside it in its row
      {SQLITE_LIMIT_COLUMN, 256},
      {SQLITE_LIMIT_COMPOUND_SELECT, 8},
      {SQLITE_LIMIT_VDBE_OP, 50'000},
      {SQLITE_LIMIT_ATTACHED, 0},
      {SQLITE_LIMIT_TRIGGER_DEPTH, 2},
  }};
  for (const auto& [limit, most] : limits) sqlite3_limit(database, limit, most);
}

std::unique_ptr<Connection> connect(const std::string& path, int flags, std::chrono::milliseconds wait,
                                    const SchemaHistory& schema = schema_history()) {
  try {
    set_up_library();
    auto connection = std::make_unique<Connection>(
        SQLite::Database(path.empty() ? path : sqlite_name(path), flags | SQLite::OPEN_NOMUTEX,
                         static_cast<int>(wait.count())),
        schema);
    add_sql_functions(connection->database());
    // The value types and the one place that writes ensure what foreign keys and CHECK constraints ask, and
    // 'check' looks at them again; asking them for each row would make a batch a quarter slower.
    sqlite3_db_config(connection->database().getHandle(), SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
    if ((flags & SQLite::OPEN_READWRITE) != 0) {
      connection->execute("PRAGMA ignore_check_constraints = ON");
      connection->execute("PRAGMA synchronous = FULL");
      connection->execute("PRAGMA secure_delete = ON");
      connection->enlarge_cache();
    }
    connection->execute("PRAGMA temp_store = MEMORY");  // nobody wipes what it would put on the disk
    return connection;
  } catch (const SQLite::Exception& error) {
    rethrow(error);
  }
}

/// A database that is written under a name of the program's own until it is whole.
class UnfinishedDatabase {
 public:
  /// For what is to be called `name` in an open folder, whose path is `folder_path`.
  UnfinishedDatabase(int folder, const std::string& folder_path, std::string_view name)
      : workplace_(folder, name), name_(to_hex(random_bytes(8))) {
    // SQLite opens it by its path. Nobody can lead that elsewhere: there is no file of that name.
    constexpr int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    if (workplace_.is_made()) {
      file_ = Descriptor(::openat(workplace_.folder(), name_.c_str(), flags, S_IRUSR | S_IWUSR));
    }
    path_ = std::filesystem::path(folder_path) / workplace_.name() / name_;
  }

  bool is_made() const { return static_cast<bool>(file_); }
  const std::string& path() const { return path_; }
  const std::string& name() const { return name_; }
  const Workplace& workplace() const { return workplace_; }
  int file() const { return file_.get(); }

 private:
  Workplace workplace_;
  std::string name_;
  std::string path_;
  Descriptor file_;
};

/// Takes the name if nothing has it. Returns false, with errno, when it does not.
bool take_free_name(const UnfinishedDatabase& database, const OutputPlace& place) {
  const int from = database.workplace().folder();
  const char* name = database.name().c_str();
  const char* target = place.name().c_str();
  if (::renameat2(from, name, place.folder(), target, RENAME_NOREPLACE) == 0) return true;
  return errno == EINVAL && ::linkat(from, name, place.folder(), target, 0) == 0;
}

/// Copies the whole of a database, checks the copy and leaves it as one plain file.
/// @throws Error as `rethrow` does, but names `target` where that cannot be written
void copy_database(SQLite::Database& from, const UnfinishedDatabase& to, const std::string& target) {
  try {
    {
      SQLite::Database copy(sqlite_name(to.path()), SQLite::OPEN_READWRITE);
      copy.exec("PRAGMA journal_mode = OFF");  // half a copy is of no use
      copy.exec("PRAGMA synchronous = OFF");   // it is synced before it takes the name
      SQLite::Backup(copy, from).executeStep();
    }
    // That it has no write-ahead log. Source: SQLite file format, section 1.3.3.
    constexpr off_t version_offset = 18;
    constexpr std::string_view rollback_journal("\x01\x01", 2);
    if (::pwrite(to.file(), rollback_journal.data(), rollback_journal.size(), version_offset) !=
        static_cast<ssize_t>(rollback_journal.size())) {
      throw Error(ErrorKind::file, target + ": cannot write: " + reason_of(errno));
    }
    SQLite::Database copy(sqlite_name(to.path()), SQLite::OPEN_READWRITE);
    copy.exec("PRAGMA journal_mode = OFF");
    copy.exec("DELETE FROM property WHERE name = 'erasure'");  // a copy has no page that was erased from
    const std::string verdict = copy.execAndGet("PRAGMA integrity_check").getString();
    if (verdict == "ok") return;
    demand_memory(verdict);
    demand_readable();
    damaged(verdict);
  } catch (const SQLite::Exception& failure) {
    constexpr int primary = 0xFF;  // an extended code ends in the code that it extends
    const int code = failure.getErrorCode() & primary;
    const bool is_of_file = code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_CANTOPEN;
    if (is_of_file && failure.getExtendedErrorCode() != SQLITE_IOERR_NOMEM) {
      demand_readable();
      throw Error(ErrorKind::file, target + ": cannot write: " + failure.what());
    }
    rethrow(failure);
  }
}

void write_to_stream(int file, int stream, const std::string& name) {
  FileSink sink(stream, name);
  constexpr std::size_t block_size = std::size_t{64} * 1024;
  std::string block(block_size, '\0');
  off_t at = 0;
  for (;;) {
    const ssize_t size = ::pread(file, block.data(), block.size(), at);
    if (size < 0) throw Error(ErrorKind::file, "cannot read the copy: " + reason_of(errno));
    if (size == 0) break;
    sink.write(std::string_view(block).substr(0, static_cast<std::size_t>(size)));
    at += size;
  }
  sink.flush();
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

/// The bytes of the first event, which has the registry's origin; of no event, nothing.
std::string first_event(Connection& connection) {
  Query query = connection.query("SELECT body FROM event WHERE seq = 1");
  return query.step() ? std::string(query.text(0)) : "";
}

void remove_leftovers_beside(const std::string& path) {
  const Descriptor folder = open_folder(folder_of(path));
  if (folder) Workplace::remove_leftovers(folder.get(), file_name_of(path));
}

bool is_there(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

/// SQLite plays a journal into whatever has the name it belongs to. One beside an older database is folded
/// into it; one that belongs to nothing goes.
void retire_journals(const OutputPlace& place) {
  if (!is_there(place.path() + "-wal") && !is_there(place.path() + "-journal")) return;
  try {
    SQLite::Database(sqlite_name(place.path()), SQLite::OPEN_READWRITE).exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_BUSY) {
      throw Error(ErrorKind::busy,
                  place.path() + " is in use by another process; choose another name for the copy");
    }
  }
  for (const char* suffix : journal_suffixes) ::unlinkat(place.folder(), (place.name() + suffix).c_str(), 0);
}

}  // namespace

Registry::Registry(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}
Registry::Registry(Registry&&) noexcept = default;
Registry& Registry::operator=(Registry&&) noexcept = default;
Registry::~Registry() = default;

bool is_file_of_registry(const std::string& registry, const std::string& path) {
  std::error_code error;  // what is not there is equivalent to nothing
  if (std::filesystem::equivalent(registry, path, error)) return true;
  const auto real = [&](const std::string& name) {
    return std::filesystem::weakly_canonical(std::filesystem::absolute(name, error), error).string();
  };
  const std::string real_registry = real(registry);
  const std::string real_path = real(path);
  return std::any_of(journal_suffixes.begin(), journal_suffixes.end(),
                     [&](const char* suffix) { return real_path == real_registry + suffix; });
}

bool is_file_of_a_registry(const std::string& path) {
  return is_registry_file(path) ||
         std::any_of(journal_suffixes.begin(), journal_suffixes.end(), [&](std::string_view suffix) {
           return path.ends_with(suffix) && is_registry_file(path.substr(0, path.size() - suffix.size()));
         });
}

void Registry::create(const std::string& path, const std::function<void(Write&)>& fill, Kept kept) {
  remove_leftovers_beside(path);
  if (is_there(path)) throw Error(ErrorKind::conflict, path + ": already exists; choose another name");
  for (const char* suffix : {"-wal", "-journal"}) {
    struct stat journal {};
    if (::lstat((path + suffix).c_str(), &journal) == 0 && journal.st_size > 0) {
      throw Error(ErrorKind::conflict,
                  path + suffix + ": left over from a deleted registry; move it away first");
    }
  }
  const OutputPlace place(path, Audience::owner);
  const UnfinishedDatabase database(place.folder(), folder_of(path), place.name());
  if (!database.is_made()) place.fail("make");
  {
    const auto connection = connect(database.path(), SQLite::OPEN_READWRITE, std::chrono::milliseconds(0));
    connection->execute(std::string(embedded::schema));
    connection->enlarge_cache();
    {
      Write write(*connection);
      fill(write);
      write.commit();
    }
    // Only now, with nothing more to write: the write-ahead log would not follow the file to its name.
    connection->execute("PRAGMA journal_mode = WAL");
  }
  if (kept == Kept::no) return;
  if (!take_free_name(database, place)) {
    if (errno == EEXIST) throw Error(ErrorKind::conflict, path + ": already exists; choose another name");
    place.fail("make");
  }
  place.sync_folder();
}

std::int64_t last_event(Connection& connection) {
  Query query = connection.query("SELECT coalesce(max(seq), 0) FROM event");
  query.step();
  return query.integer(0);
}

/// A new backup may only replace an older backup of the same registry: one that has more events is its
/// successor.
void Registry::demand_backup_of(Connection& original, const std::string& target) {
  try {
    constexpr std::chrono::milliseconds nobody_else(0);
    const Registry older = open(target, OpenMode::read, nobody_else);
    const std::string first = first_event(*older.connection_);
    const bool is_older = last_event(*older.connection_) <= last_event(original);
    if (!first.empty() && first == first_event(original) && is_older) return;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::file || error.kind() == ErrorKind::busy) throw;
  }
  throw Error(ErrorKind::conflict,
              target + " is not an older backup of this registry; move it away or choose another name");
}

void Registry::back_up(const std::string& target) {
  if (is_file_of_registry(connection_->database().getFilename(), target)) {
    throw Error(ErrorKind::conflict, target + ": is the registry itself; choose another name for the copy");
  }
  remove_leftovers_beside(connection_->database().getFilename());
  connection_->execute("PRAGMA cache_size = -2048");  // each page is read once
  const OutputPlace place(target, Audience::owner);
  if (const auto stream = place.stream()) {
    const std::string folder = folder_of(connection_->database().getFilename());
    const Descriptor beside = open_folder(folder);
    const UnfinishedDatabase copy(beside.get(), folder, file_name_of(connection_->database().getFilename()));
    if (!copy.is_made()) {
      throw Error(ErrorKind::file,
                  folder + ": cannot write: " + reason_of(errno) + "; name a file in a folder of your own");
    }
    copy_database(connection_->database(), copy, target);
    return write_to_stream(copy.file(), *stream, target);
  }
  if (place.old_file()) demand_backup_of(*connection_, target);
  const UnfinishedDatabase copy(place.folder(), folder_of(target), place.name());
  if (!copy.is_made()) place.fail("write");
  copy_database(connection_->database(), copy, target);
  retire_journals(place);
  place.replace(copy.file(), copy.workplace(), copy.name().c_str());
}

namespace {

/// Whether no erased value is left, once the log was folded in and cut off; then nothing says any more that
/// there is one. What others erase meanwhile is theirs to wipe.
bool is_wiped(Connection& connection) {
  std::string erasure;
  {
    Query query = connection.query("SELECT value FROM property WHERE name = 'erasure'");
    if (!query.step()) return true;
    erasure = query.text(0);
  }
  try {
    {
      Query query = connection.query("PRAGMA wal_checkpoint(TRUNCATE)");
      query.step();
      if (query.integer(0) != 0) return false;
    }
    connection.query("DELETE FROM property WHERE name = 'erasure' AND value = ?1").with(erasure).run();
    return true;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::busy) throw;
    return false;
  }
}

/// What an erasure that was interrupted left, unless others use the registry just now.
void finish_erasure(Connection& connection, std::chrono::milliseconds wait) {
  connection.database().setBusyTimeout(0);
  is_wiped(connection);
  connection.database().setBusyTimeout(static_cast<int>(wait.count()));
}

}  // namespace

void Registry::wipe(std::chrono::milliseconds wait) {
  // SQLite does not wait for another process that is folding the journal in itself.
  const auto deadline = std::chrono::steady_clock::now() + wait;
  constexpr std::chrono::milliseconds moment(10);
  while (!is_wiped(*connection_)) {
    if (std::chrono::steady_clock::now() >= deadline) {
      throw Error(ErrorKind::busy,
                  "the erasure is done, but the journal still has the data: another process is using "
                  "the registry; run any changing command once it has ended");
    }
    std::this_thread::sleep_for(moment);
  }
}

namespace {

/// A database in memory: what is personal does not go to a disk that nobody wipes.
std::unique_ptr<Connection> connect_to_memory(const SchemaHistory& schema) {
  constexpr std::chrono::milliseconds nobody_else(0);
  return connect("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_MEMORY, nobody_else, schema);
}

std::unique_ptr<Connection> migrated_copy(Connection& source) {
  auto copy = connect_to_memory(source.schema());
  try {
    SQLite::Backup(copy->database(), source.database()).executeStep();
  } catch (const SQLite::Exception& failure) {
    rethrow(failure);
  }
  copy->enlarge_cache();
  copy->execute("PRAGMA journal_mode = OFF");
  Write(*copy).commit();
  return copy;
}

}  // namespace

Registry Registry::temporary() {
  auto connection = connect_to_memory(schema_history());
  connection->execute(std::string(embedded::schema));
  connection->enlarge_cache();
  connection->execute("PRAGMA journal_mode = OFF");
  return Registry(std::move(connection));
}

namespace {

/// A registry's bytes as a database in memory.
std::unique_ptr<Connection> connect_to_bytes(std::string_view bytes, const SchemaHistory& schema) {
  constexpr std::chrono::milliseconds nobody_else(0);
  auto connection = connect("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, nobody_else, schema);
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) throw std::bad_alloc();
  std::copy(bytes.begin(), bytes.end(), copy);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  sqlite3_deserialize(connection->database().getHandle(), "main", copy, size, size,
                      SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
  return connection;
}

std::unique_ptr<Connection> connect_to_file(const std::string& path, OpenMode mode,
                                            std::chrono::milliseconds wait, const SchemaHistory& schema) {
  if (mode != OpenMode::read) return connect(path, SQLite::OPEN_READWRITE, wait, schema);
  if (const auto bytes = read_where_nobody_writes(path)) return connect_to_bytes(*bytes, schema);
  // Readers wait for no writer, but for the moment in which the last user of the log folds it in.
  constexpr std::chrono::milliseconds moment(2000);
  return connect(path, SQLite::OPEN_READONLY, std::max(wait, moment), schema);
}

/// A journal that a dry run left beside a plain file could not be told from that of another file; so there is
/// none, and nothing may reach the file that it would be needed for.
void keep_plain_file(Connection& connection) {
  {
    Query query = connection.query("PRAGMA journal_mode");
    if (query.step() && query.text(0) == "wal") return;
  }
  connection.execute("PRAGMA journal_mode = MEMORY");
  connection.execute("PRAGMA cache_spill = OFF");
}

}  // namespace

Registry Registry::open(const std::string& path, OpenMode mode, std::chrono::milliseconds wait,
                        const SchemaHistory& schema) {
  demand_registry_file(path, schema.version());
  if (mode != OpenMode::read && has_other_names(path)) {
    throw Error(
        ErrorKind::file,
        path + " has another name, a hard link, and would be damaged by a journal beside each; remove one");
  }
  if (mode != OpenMode::read) demand_writable(path);
  auto connection = connect_to_file(path, mode, wait, schema);
  sqlite3* database = connection->database().getHandle();
  restrict(database, Schema::unknown);
  connection->execute("PRAGMA cell_size_check = ON");
  const int version = version_of(*connection);  // what the log says
  demand_version(path, version, schema.version());
  demand_schema(*connection, path, schema.text_of(version));
  restrict(database, Schema::ours);
  if (mode == OpenMode::read && version < schema.version()) return Registry(migrated_copy(*connection));
  // A backup is a plain file; once it is written to, it is a registry like any other.
  if (mode == OpenMode::write) {
    connection->execute("PRAGMA journal_mode = WAL");
    renew_sort_keys(*connection);
    finish_erasure(*connection, wait);
  }
  if (mode == OpenMode::dry_run) keep_plain_file(*connection);
  return Registry(std::move(connection));
}

}  // namespace covenant
