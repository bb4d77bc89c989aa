#include "core/store/registry_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/error.hpp"

namespace covenant {

namespace {

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

/// A file that is open for reading; -1 where there is none.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}  // a pipe would wait
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }

  int number() const { return number_; }

  /// At most so many bytes from a place on; none on a failure, which `errno` has.
  std::string read(std::size_t size, std::size_t at = 0) const {
    std::string bytes(size, '\0');
    std::size_t done = 0;
    errno = 0;
    while (done < size) {
      const ssize_t count = ::pread(number_, bytes.data() + done, size - done, static_cast<off_t>(at + done));
      if (count == 0 || (count < 0 && errno != EINTR)) break;
      if (count > 0) done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
  }

  std::uint64_t size() const {
    struct stat status {};
    return ::fstat(number_, &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
  }

 private:
  int number_;
};

std::uint32_t big_endian(std::string_view bytes, std::size_t at, std::size_t size = 4) {
  std::uint32_t number = 0;
  for (const char c : bytes.substr(at, size)) number = number << 8U | static_cast<unsigned char>(c);
  return number;
}

/// The header of a database. Source: SQLite, "Database File Format", section 1.3.
constexpr std::size_t header_size = 100;
constexpr std::string_view magic{"SQLite format 3\0", 16};
constexpr std::size_t page_size_at = 16;
constexpr std::size_t write_version_at = 18;
constexpr std::size_t change_counter_at = 24;
constexpr std::size_t page_count_at = 28;
constexpr std::size_t user_version_at = 60;
constexpr std::size_t application_id_at = 68;
constexpr std::size_t page_count_valid_for_at = 92;
constexpr std::uint32_t application_id = 0x436F764D;
constexpr char with_log = '\x02';

bool is_header_of_registry(std::string_view header) {
  return header.size() == header_size && header.starts_with(magic) &&
         big_endian(header, application_id_at) == application_id;
}

[[noreturn]] void refuse(const std::string& path) {
  throw Error(ErrorKind::damaged, path + ": not a covenant registry");
}

std::size_t page_size(std::string_view header) {
  const std::size_t size = big_endian(header, page_size_at, 2);
  return size == 1 ? 65536 : size;
}

/// The header of a rollback journal. Source: SQLite, "Database File Format", section 3.
constexpr std::string_view journal_magic{"\xD9\xD5\x05\xF9\x20\xA1\x63\xD7", 8};
constexpr std::size_t pages_at = 16;
constexpr std::size_t sector_size_at = 20;
constexpr std::size_t journal_page_size_at = 24;
constexpr std::size_t journal_header_size = 28;

/// Whether a page of the database and an earlier one differ in nothing but what turning the log on changes:
/// the versions of reading and writing, the counter of changes, and who made the last one.
bool differs_by_the_log_alone(std::string_view page, std::string_view earlier) {
  constexpr std::array<std::pair<std::size_t, std::size_t>, 3> changed = {{{18, 20}, {24, 28}, {92, 100}}};
  std::size_t at = 0;
  for (const auto& [begin, end] : changed) {
    if (page.substr(at, begin - at) != earlier.substr(at, begin - at)) return false;
    at = end;
  }
  return page.substr(at) == earlier.substr(at);
}

/// Whether a rollback journal is what is left of turning the log on, the one time that covenant writes a
/// registry without one. To play it changes no row.
bool is_of_turning_the_log_on(const Descriptor& journal, const Descriptor& database, std::size_t page) {
  constexpr std::size_t largest_sector = 65536;
  const std::string header = journal.read(journal_header_size);
  if (header.size() < journal_header_size || !header.starts_with(journal_magic)) return false;
  const std::size_t sector = big_endian(header, sector_size_at);
  const bool fits = big_endian(header, journal_page_size_at) == page && sector >= journal_header_size &&
                    sector <= largest_sector && big_endian(header, pages_at) * page == database.size();
  if (!fits) return false;
  // After the header's sector: the number of a page, the page, a checksum.
  constexpr std::size_t number_size = 4;
  constexpr std::size_t checksum_size = 4;
  const std::size_t record_size = number_size + page + checksum_size;
  if (journal.size() < sector + record_size) return true;  // cut off before the first page was there
  const std::string record = journal.read(record_size, sector);
  return journal.size() == sector + record_size && record.size() == record_size &&
         big_endian(record, 0) == 1 &&
         differs_by_the_log_alone(database.read(page), std::string_view(record).substr(number_size, page));
}

/// Whether another process is about to write to the database, so that a journal is in use and not left over.
/// Source: SQLite, os_unix.c, "Locking".
bool is_being_written(const Descriptor& database) {
  struct flock lock {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  lock.l_start = 0x40000000 + 1;
  lock.l_len = 1;
  return ::fcntl(database.number(), F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

[[noreturn]] void refuse_journal(const std::string& name) {
  throw Error(ErrorKind::damaged, name + " is the journal of another file; move it away");
}

void demand_own_files(const std::string& path, const Descriptor& database, std::string_view header) {
  // SQLite looks for them beside the file itself, whatever links lead there.
  std::error_code error;
  const std::filesystem::path real_path = std::filesystem::canonical(path, error);
  const std::string name = error ? path : real_path.string();
  const Descriptor journal(name + "-journal");
  const std::string first = journal.number() < 0 ? "" : journal.read(1);
  const bool may_be_played = !first.empty() && first != std::string_view("\0", 1);
  if (may_be_played && !is_of_turning_the_log_on(journal, database, page_size(header)) &&
      !is_being_written(database)) {
    refuse_journal(name + "-journal");
  }
  // The log is turned on before it is made.
  const Descriptor log(name + "-wal");
  if (log.number() >= 0 && log.size() > 0 && header[write_version_at] != with_log)
    refuse_journal(name + "-wal");
  // SQLite takes what is missing of the last page for zeros. What a log has may not have reached the file
  // yet.
  const bool is_count_valid =
      big_endian(header, change_counter_at) == big_endian(header, page_count_valid_for_at);
  const bool has_log = log.number() >= 0 && log.size() > 0;
  const std::uint64_t whole = std::uint64_t{big_endian(header, page_count_at)} * page_size(header);
  if (is_count_valid && !has_log && database.size() < whole)
    throw Error(ErrorKind::damaged,
                fmt::format("{}: cut short: {} bytes of {}", path, database.size(), whole));
}

}  // namespace

std::string sqlite_name(const std::string& path) {
  return path.starts_with('/') ? path : "./" + path;
}

void demand_version(const std::string& path, std::int64_t version, int newest) {
  if (version < 1) refuse(path);
  if (version > newest) {
    throw Error(ErrorKind::damaged,
                fmt::format("{}: version {} is newer than this program ({}); upgrade covenant", path, version,
                            newest));
  }
}

void demand_registry_file(const std::string& path, int newest) {
  const Descriptor file(path);
  if (file.number() < 0) {
    const int error = errno;
    if (error == ENOENT)
      throw Error(ErrorKind::not_found, "no registry at " + path + "; make one with 'covenant init'");
    throw Error(ErrorKind::file, path + ": cannot read: " + reason_of(error));
  }
  const std::string header = file.read(header_size);
  const int error = errno;
  if (error != 0 && error != EISDIR && error != ESPIPE)
    throw Error(ErrorKind::file, path + ": cannot read: " + reason_of(error));
  if (!is_header_of_registry(header)) refuse(path);
  demand_version(path, static_cast<std::int32_t>(big_endian(header, user_version_at)), newest);
  demand_own_files(path, file, header);
}

bool is_registry_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return false;
  const Descriptor file(path);
  return file.number() >= 0 && is_header_of_registry(file.read(header_size));
}

void demand_writable(const std::string& path) {
  std::error_code error;
  const std::filesystem::path name = std::filesystem::canonical(path, error);
  if (error) return;
  for (const std::filesystem::path& needed : {name, name.parent_path()}) {
    if (::faccessat(AT_FDCWD, needed.c_str(), W_OK, AT_EACCESS) == 0) continue;
    const std::string reason = reason_of(errno);
    const std::string which = needed == name ? "" : ", whose folder takes a log";
    throw Error(ErrorKind::file, fmt::format("{}{}: cannot write: {}", path, which, reason));
  }
}

bool has_other_names(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && status.st_nlink > 1;
}

std::optional<std::string> read_where_nobody_writes(const std::string& path) {
  std::error_code error;
  const std::filesystem::path name = std::filesystem::canonical(path, error);
  if (error || ::faccessat(AT_FDCWD, name.parent_path().c_str(), W_OK, AT_EACCESS) == 0) return std::nullopt;
  const Descriptor file(name);
  if (file.number() < 0 || file.read(1, write_version_at) != std::string_view(&with_log, 1))
    return std::nullopt;
  const auto log_size = std::filesystem::file_size(name.string() + "-wal", error);
  if (!error && log_size > 0) {
    if (::access((name.string() + "-shm").c_str(), R_OK) == 0) return std::nullopt;
    throw Error(
        ErrorKind::file,
        fmt::format("{}: cannot read its log in a folder that cannot be written; copy it and {}-wal to "
                    "another folder, and name the copy",
                    path, path));
  }
  constexpr int tries = 3;
  for (int i = 0; i < tries; ++i) {
    struct stat before {};
    struct stat after {};
    ::fstat(file.number(), &before);
    std::string bytes = file.read(static_cast<std::size_t>(before.st_size));
    if (errno != 0) throw Error(ErrorKind::file, path + ": cannot read: " + reason_of(errno));
    ::fstat(file.number(), &after);
    const bool is_of_one_moment = before.st_size == after.st_size &&
                                  before.st_mtim.tv_sec == after.st_mtim.tv_sec &&
                                  before.st_mtim.tv_nsec == after.st_mtim.tv_nsec;
    if (!is_of_one_moment || bytes.size() != static_cast<std::size_t>(before.st_size)) continue;
    // SQLite reads a file that has no log as one of which none is asked.
    bytes.replace(write_version_at, 2, 2, '\x01');
    return bytes;
  }
  throw Error(ErrorKind::busy, path + ": is being written");
}

}  // namespace covenant
