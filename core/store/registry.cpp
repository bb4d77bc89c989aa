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
#include <utility>

#include "core/base/error.hpp"
#include "core/embedded.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"
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

/// In KiB. SQLite counts it in pages of the size that the file has when it is asked.
constexpr const char* set_cache_size = "PRAGMA cache_size = -16384";

std::unique_ptr<Connection> connect(const std::string& path, int flags, std::chrono::milliseconds wait) {
  try {
    set_up_library();
    auto connection = std::make_unique<Connection>(SQLite::Database(path.empty() ? path : sqlite_name(path),
                                                                    flags | SQLite::OPEN_NOMUTEX,
                                                                    static_cast<int>(wait.count())));
    add_sql_functions(connection->database());
    // The value types and the one place that writes hold what foreign keys and CHECK constraints ask, and
    // 'check' looks at them again; asking them for each row would make a batch a quarter slower.
    const bool writes = (flags & SQLite::OPEN_READWRITE) != 0;
    connection->execute("PRAGMA foreign_keys = OFF");
    if (writes) connection->execute("PRAGMA ignore_check_constraints = ON");
    connection->execute("PRAGMA synchronous = FULL");
    connection->execute("PRAGMA secure_delete = ON");
    connection->execute(set_cache_size);
    return connection;
  } catch (const SQLite::Exception& error) {
    rethrow(error);
  }
}

void sync(const std::string& path, int flags) {
  const int handle = ::open(path.c_str(), flags | O_CLOEXEC);
  if (handle < 0) return;  // what may not be read cannot be synced
  const int synced = ::fsync(handle);
  const int error = errno;
  ::close(handle);
  if (synced != 0) throw Error(ErrorKind::file, "cannot sync " + path + ": " + reason_of(error));
}

void sync_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  sync(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

/// A name beside the target that is gone at the end, whatever happens.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& target) : path_(target + ".XXXXXX") {
    const int file = ::mkostemp(path_.data(), O_CLOEXEC);
    if (file < 0) throw Error(ErrorKind::file, "cannot make " + target + ": " + reason_of(errno));
    ::close(file);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) ::unlink((path_ + suffix).c_str());
  }

  const std::string& path() const { return path_; }

  void replace(const std::string& target) {
    sync(path_, O_RDONLY);
    if (::rename(path_.c_str(), target.c_str()) != 0) {
      throw Error(ErrorKind::file, "cannot write " + target + ": " + reason_of(errno));
    }
    sync_folder_of(target);
  }

  void publish_as(const std::string& target) const {
    // A link, unlike a rename, never replaces what is there.
    if (::link(path_.c_str(), target.c_str()) != 0) {
      const int error = errno;
      if (error == EEXIST) throw Error(ErrorKind::conflict, target + " is there already");
      throw Error(ErrorKind::file, "cannot make " + target + ": " + reason_of(error));
    }
    sync_folder_of(target);
  }

 private:
  std::string path_;
};

bool is_there(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

/// SQLite plays a journal into whatever stands under the name it belongs to. One beside an older database is
/// folded into it; one that belongs to nothing goes.
void retire_journals(const std::string& target) {
  if (!is_there(target + "-wal") && !is_there(target + "-journal")) return;
  try {
    SQLite::Database(sqlite_name(target), SQLite::OPEN_READWRITE).exec("PRAGMA journal_mode = DELETE");
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_BUSY) {
      throw Error(ErrorKind::busy, target + " is in use by another process; give the copy another name");
    }
  }
  for (const char* suffix : journal_suffixes) ::unlink((target + suffix).c_str());
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

void Registry::create(const std::string& path, const std::function<void(Write&)>& fill) {
  if (is_there(path)) throw Error(ErrorKind::conflict, path + " is there already");
  for (const char* suffix : {"-wal", "-journal"}) {
    struct stat journal {};
    if (::lstat((path + suffix).c_str(), &journal) == 0 && journal.st_size > 0) {
      throw Error(ErrorKind::conflict,
                  path + suffix + " is left of a registry that was removed; move it away first");
    }
  }
  const TemporaryFile file(path);
  {
    const auto connection = connect(file.path(), SQLite::OPEN_READWRITE, std::chrono::milliseconds(0));
    connection->execute(std::string(embedded::schema));
    {
      Write write(*connection);
      fill(write);
      write.commit();
    }
    // Only now, with nothing more to write: the write-ahead log would not follow the file to its name.
    connection->execute("PRAGMA journal_mode = WAL");
  }
  file.publish_as(path);
}

void Registry::back_up(const std::string& target) {
  if (is_file_of_registry(connection_->database().getFilename(), target)) {
    throw Error(ErrorKind::conflict, target + " is the registry itself; give the copy another name");
  }
  TemporaryFile file(target);
  try {
    SQLite::Database copy(sqlite_name(file.path()), SQLite::OPEN_READWRITE);
    SQLite::Backup backup(copy, connection_->database());
    backup.executeStep();
    copy.exec("PRAGMA journal_mode = DELETE");
    const std::string verdict = copy.execAndGet("PRAGMA integrity_check").getString();
    if (verdict != "ok") throw Error(ErrorKind::damaged, "the registry is damaged: " + verdict);
  } catch (const SQLite::Exception& failure) {
    rethrow(failure);
  }
  retire_journals(target);
  file.replace(target);
}

void Registry::wipe() {
  Query query = connection_->query("PRAGMA wal_checkpoint(TRUNCATE)");
  query.step();
  if (query.integer(0) != 0) {
    throw Error(ErrorKind::busy,
                "the erasure stands, but the journal still holds the data: another process is using "
                "the registry; run any changing command once it has ended");
  }
}

Registry Registry::temporary() {
  constexpr std::chrono::milliseconds nobody_else(0);
  auto connection = connect("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, nobody_else);
  connection->execute(std::string(embedded::schema));
  connection->execute(set_cache_size);
  connection->execute("PRAGMA journal_mode = OFF");
  return Registry(std::move(connection));
}

namespace {

/// A registry's bytes as a database in memory.
std::unique_ptr<Connection> connect_to_bytes(std::string_view bytes) {
  constexpr std::chrono::milliseconds nobody_else(0);
  auto connection = connect("", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, nobody_else);
  auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
  if (copy == nullptr) throw std::bad_alloc();
  std::copy(bytes.begin(), bytes.end(), copy);
  const auto size = static_cast<sqlite3_int64>(bytes.size());
  sqlite3_deserialize(connection->database().getHandle(), "main", copy, size, size,
                      SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
  return connection;
}

std::unique_ptr<Connection> connect_to_file(const std::string& path, OpenMode mode,
                                            std::chrono::milliseconds wait) {
  if (mode == OpenMode::write) return connect(path, SQLite::OPEN_READWRITE, wait);
  if (const auto bytes = read_where_nobody_writes(path)) return connect_to_bytes(*bytes);
  // Readers wait for no writer, but for the moment in which the last user of the log folds it in.
  constexpr std::chrono::milliseconds moment(2000);
  return connect(path, SQLite::OPEN_READONLY, std::max(wait, moment));
}

std::int64_t version_of(Connection& connection) {
  Query query = connection.query("PRAGMA user_version");
  query.step();
  return query.integer(0);
}

}  // namespace

Registry Registry::open(const std::string& path, OpenMode mode, std::chrono::milliseconds wait) {
  demand_registry_file(path, schema_version);
  if (mode == OpenMode::write && has_other_names(path)) {
    throw Error(
        ErrorKind::file,
        path + " has another name, a hard link, and would be damaged by a journal beside each; remove one");
  }
  auto connection = connect_to_file(path, mode, wait);
  sqlite3* database = connection->database().getHandle();
  restrict(database, Schema::unknown);
  connection->execute("PRAGMA cell_size_check = ON");
  demand_version(path, version_of(*connection), schema_version);  // what the log says
  demand_schema(*connection, path);
  restrict(database, Schema::ours);
  // A backup is a plain file; once it is written to, it is a registry like any other.
  if (mode == OpenMode::write) {
    connection->execute("PRAGMA journal_mode = WAL");
    renew_sort_keys(*connection);
  }
  return Registry(std::move(connection));
}

}  // namespace covenant
