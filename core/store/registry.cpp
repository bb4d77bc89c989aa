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
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/error.hpp"
#include "core/embedded.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

namespace {

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

/// The first 100 bytes of a database file. Source: SQLite file format, section 1.3.
constexpr std::size_t header_size = 100;
constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr std::size_t application_id_offset = 68;

std::string read_header(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe would wait
  if (file < 0) {
    const int error = errno;
    if (error == ENOENT) {
      throw Error(ErrorKind::not_found, "no registry at " + path + "; make one with 'covenant init'");
    }
    throw Error(ErrorKind::file, "cannot read " + path + ": " + reason_of(error));
  }
  std::string header(header_size, '\0');
  const ssize_t count = ::read(file, header.data(), header.size());
  const int error = errno;
  ::close(file);
  if (count < 0 && error != EISDIR)
    throw Error(ErrorKind::file, "cannot read " + path + ": " + reason_of(error));
  header.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return header;
}

std::int64_t big_endian(std::string_view bytes) {
  std::int64_t number = 0;
  for (const char c : bytes) number = number * 256 + static_cast<unsigned char>(c);
  return number;
}

constexpr std::array<const char*, 3> journal_suffixes = {"-wal", "-shm", "-journal"};

/// Told from the bytes alone, so that a foreign file is not even opened as a database.
void refuse_foreign(const std::string& path) {
  const std::string header = read_header(path);
  if (header.size() == header_size && header.starts_with(magic) &&
      big_endian(std::string_view(header).substr(application_id_offset, 4)) == Registry::application_id) {
    return;
  }
  throw Error(ErrorKind::damaged, path + " is not a covenant registry");
}

void refuse_newer(Connection& connection, const std::string& path) {
  Query query = connection.query("PRAGMA user_version");
  query.step();
  const std::int64_t version = query.integer(0);
  if (version > Registry::schema_version) {
    throw Error(ErrorKind::damaged, path + " is of version " + std::to_string(version) +
                                        ", newer than this program knows (" +
                                        std::to_string(Registry::schema_version) + "); upgrade covenant");
  }
  if (version < 1) throw Error(ErrorKind::damaged, path + " is not a covenant registry");
}

/// One thread, and nobody asks how much memory is in use: SQLite need not lock for either.
void set_up_library() {
  static const bool done = [] {
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    return true;
  }();
  static_cast<void>(done);
}

/// In KiB. SQLite counts it in pages of the size that the file has when it is asked.
constexpr const char* set_cache_size = "PRAGMA cache_size = -16384";

std::unique_ptr<Connection> connect(const std::string& path, int flags, std::chrono::milliseconds wait) {
  try {
    set_up_library();
    auto connection = std::make_unique<Connection>(
        SQLite::Database(path, flags | SQLite::OPEN_NOMUTEX, static_cast<int>(wait.count())));
    add_sql_functions(connection->database());
    // The value types and the one place that writes hold what foreign keys and CHECK constraints ask, and
    // 'check' looks at them again; asking them for each row would make a batch a quarter slower.
    const bool writes = (flags & SQLite::OPEN_READWRITE) != 0;
    connection->execute("PRAGMA foreign_keys = OFF");
    if (writes) connection->execute("PRAGMA ignore_check_constraints = ON");
    connection->execute("PRAGMA trusted_schema = OFF");
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
    SQLite::Database(target, SQLite::OPEN_READWRITE).exec("PRAGMA journal_mode = DELETE");
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
    SQLite::Database copy(file.path(), SQLite::OPEN_READWRITE);
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

Registry Registry::open(const std::string& path, OpenMode mode, std::chrono::milliseconds wait) {
  refuse_foreign(path);
  const int flags = mode == OpenMode::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
  // Readers wait for no writer, but for the moment in which the last user of the log folds it in.
  constexpr std::chrono::milliseconds moment(2000);
  auto connection = connect(path, flags, mode == OpenMode::write ? wait : std::max(wait, moment));
  refuse_newer(*connection, path);
  // A backup is a plain file; once it is written to, it is a registry like any other.
  if (mode == OpenMode::write) {
    connection->execute("PRAGMA journal_mode = WAL");
    renew_sort_keys(*connection);
  }
  return Registry(std::move(connection));
}

}  // namespace covenant
