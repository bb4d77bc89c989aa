#include "core/store/database.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <new>
#include <string>
#include <string_view>
#include <system_error>

#include "core/base/error.hpp"
#include "core/text/collator.hpp"
#include "core/text/folding.hpp"

namespace covenant {

namespace {

/// The error number of the last read of a database that failed; 0 before.
int read_error = 0;

ssize_t noted(ssize_t size) {
  if (size < 0 && errno != EINTR) read_error = errno;  // SQLite repeats what a signal interrupts
  return size;
}

ssize_t noting_read(int file, void* bytes, std::size_t size) {
  return noted(::read(file, bytes, size));
}

ssize_t noting_pread(int file, void* bytes, std::size_t size, off_t place) {
  return noted(::pread(file, bytes, size, place));
}

}  // namespace

void note_failing_reads() {
  sqlite3_vfs* files = sqlite3_vfs_find(nullptr);
  if (files == nullptr) throw std::bad_alloc();  // the library could not be set up
  files->xSetSystemCall(files, "read", reinterpret_cast<sqlite3_syscall_ptr>(noting_read));
  for (const char* name : {"pread", "pread64"})
    files->xSetSystemCall(files, name, reinterpret_cast<sqlite3_syscall_ptr>(noting_pread));
}

void demand_readable() {
  if (read_error == 0) return;
  throw Error(ErrorKind::file, "the registry cannot be read: " + std::generic_category().message(read_error));
}

void rethrow(const SQLite::Exception& error) {
  if (error.getExtendedErrorCode() == SQLITE_IOERR_NOMEM) throw std::bad_alloc();
  const std::string reason = error.what();
  constexpr int primary = 0xFF;  // an extended code ends in the code that it extends
  switch (error.getErrorCode() & primary) {
    case SQLITE_NOMEM:
      throw std::bad_alloc();
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw RegistryError(ErrorKind::busy, "another process is writing to it");
    case SQLITE_ERROR:  // the program's own statements and rows are right in a sound registry
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      demand_readable();
      damaged(reason);
    case SQLITE_INTERRUPT:
      damaged("its pages lead back to each other");
    case SQLITE_READONLY:
      throw Error(ErrorKind::file,
                  "the registry cannot be written, and reading it takes a journal beside it: " + reason +
                      "; run as its owner, or read a copy made with 'covenant backup'");
    case SQLITE_PERM:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
      throw Error(ErrorKind::file, "the registry cannot be read or written: " + reason);
    default:
      throw Error(ErrorKind::fault, "unexpected error from SQLite: " + reason);
  }
}

namespace {

constexpr int steps_of_stride = 100'000;
/// A listing takes less than one for each byte of the file, the check of the whole file less than two.
constexpr std::size_t steps_per_byte = 8;

std::size_t size_of(sqlite3* database, int which) {
  sqlite3_file* file = nullptr;
  sqlite3_file_control(database, "main", which, &file);
  sqlite3_int64 size = 0;
  if (file == nullptr || file->pMethods == nullptr || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
    return 0;
  return static_cast<std::size_t>(size);
}

}  // namespace

Effort::Effort(SQLite::Database& database) : database_(database) {
  const bool is_written = sqlite3_db_readonly(database.getHandle(), "main") == 0;
  unwritten_ = static_cast<std::size_t>(is_written ? large_cache : 1) * 1024 * 1024;
  sqlite3_progress_handler(database.getHandle(), steps_of_stride, go_on, this);
}

Effort::~Effort() {
  sqlite3_progress_handler(database_.getHandle(), 0, nullptr, nullptr);
}

std::size_t Effort::most() const {
  sqlite3* const database = database_.getHandle();
  const std::size_t bytes = size_of(database, SQLITE_FCNTL_FILE_POINTER) +
                            size_of(database, SQLITE_FCNTL_JOURNAL_POINTER) + unwritten_;
  return bytes * steps_per_byte / steps_of_stride;
}

int Effort::go_on(void* effort) {
  auto& self = *static_cast<Effort*>(effort);
  return self.strides_ != nullptr && ++*self.strides_ > self.most() ? 1 : 0;
}

Statement::Statement(SQLite::Database& database, Effort& given, std::string_view sql) : effort(given) {
  sqlite3_stmt* statement = nullptr;
  const int result =
      sqlite3_prepare_v2(database.getHandle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (result != SQLITE_OK) rethrow(SQLite::Exception(database.getHandle(), result));
  prepared.reset(statement);
  parameter_count = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
}

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Query::Query(Statement& statement) : statement_(&statement) {
  if (statement.is_leased) refuse("a statement is already in use: ");
  statement.is_leased = true;
}

Query::~Query() {
  if (statement_ == nullptr) return;
  statement_->is_leased = false;
  statement_->strides = 0;
  sqlite3_reset(prepared());  // it repeats the error of the last step, which was thrown then
}

/// A mistake of the program's, in so many words before the statement.
void Query::refuse(std::string_view what) const {
  throw Error(ErrorKind::fault, std::string(what) + sqlite3_sql(prepared()));
}

void Query::demand_done(int result) const {
  if (result != SQLITE_OK) rethrow(SQLite::Exception(sqlite3_db_handle(prepared()), result));
}

int Query::index_of(std::string_view name) {
  auto& names = statement_->names;
  for (std::size_t tried = 0; tried < names.size(); ++tried) {
    if (next_ == names.size()) next_ = 0;
    const auto& [known, index] = names[next_++];
    if (known == name) return index;
  }
  const std::string parameter(name);
  const int index = sqlite3_bind_parameter_index(prepared(), parameter.c_str());
  if (index == 0) refuse("no parameter " + parameter + " in: ");
  names.emplace_back(name, index);
  next_ = names.size();
  return index;
}

void Query::put(int index, std::int64_t value) {
  demand_done(sqlite3_bind_int64(prepared(), index, value));
}

void Query::put(int index, std::string_view value) {
  demand_done(sqlite3_bind_text64(prepared(), index, value.empty() ? "" : value.data(), value.size(),
                                  SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::put(int index, Blob value) {
  demand_done(sqlite3_bind_blob64(prepared(), index, value.bytes.data(), value.bytes.size(), SQLITE_STATIC));
}

void Query::put(int index, Kept value) {
  demand_done(sqlite3_bind_text64(prepared(), index, value.text().data(), value.text().size(), SQLITE_STATIC,
                                  SQLITE_UTF8));
}

void Query::put(int index, std::nullopt_t /*null*/) {
  demand_done(sqlite3_bind_null(prepared(), index));
}

bool Query::step() {
  if (bound_ < statement_->parameter_count) refuse("a parameter is not bound in: ");
  statement_->effort.count_for(statement_->strides);
  const int result = sqlite3_step(prepared());
  has_row_ = result == SQLITE_ROW;
  if (!has_row_ && result != SQLITE_DONE) demand_done(result);
  return has_row_;
}

void Query::run() {
  while (step()) {
  }
}

/// Source: SQLite, "Protected And Unprotected SQL Values": with one thread there is no difference.
sqlite3_value* Query::at(int column) const {
  if (!has_row_) refuse("no row to read in: ");
  return sqlite3_column_value(prepared(), column);
}

bool Query::is_null(int column) const {
  return type(column) == SQLITE_NULL;
}

int Query::type(int column) const {
  return sqlite3_value_type(at(column));
}

std::int64_t Query::integer(int column) const {
  return sqlite3_value_int64(at(column));
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::string_view Query::text(int column) const {
  const auto [type, text] = value(column);
  if (type != SQLITE_TEXT && type != SQLITE_NULL) damaged("a value that is to be a text is of another type");
  return text;
}

std::string_view Query::bytes(int column) const {
  return value(column).text;
}

Query::Value Query::value(int column) const {
  sqlite3_value* const value = at(column);
  const int type = sqlite3_value_type(value);
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
  // A number is written as a text first; what finds no memory for it is no empty value.
  if (bytes == nullptr && type != SQLITE_NULL &&
      sqlite3_errcode(sqlite3_db_handle(prepared())) == SQLITE_NOMEM)
    throw std::bad_alloc();
  return {type, {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))}};
}

StoredBytes::StoredBytes(SQLite::Database& database, const char* table, const char* column, std::int64_t row,
                         Access access)
    : database_(database) {
  sqlite3_blob* blob = nullptr;
  const int result = sqlite3_blob_open(database.getHandle(), "main", table, column, row,
                                       access == Access::write ? 1 : 0, &blob);
  blob_.reset(blob);
  if (result != SQLITE_OK) rethrow(SQLite::Exception(database.getHandle(), result));
}

void StoredBytes::Close::operator()(sqlite3_blob* blob) const {
  sqlite3_blob_close(blob);
}

std::size_t StoredBytes::size() const {
  return static_cast<std::size_t>(sqlite3_blob_bytes(blob_.get()));
}

void StoredBytes::read(char* buffer, std::size_t size, std::size_t at) const {
  const int result = sqlite3_blob_read(blob_.get(), buffer, static_cast<int>(size), static_cast<int>(at));
  if (result != SQLITE_OK) rethrow(SQLite::Exception(database_.getHandle(), result));
}

void StoredBytes::write(std::string_view bytes, std::size_t at) {
  const int result =
      sqlite3_blob_write(blob_.get(), bytes.data(), static_cast<int>(bytes.size()), static_cast<int>(at));
  if (result != SQLITE_OK) rethrow(SQLite::Exception(database_.getHandle(), result));
}

Query Connection::query(std::string_view sql) {
  auto at = statements_.find(sql);
  if (at == statements_.end()) {
    at = statements_
             .emplace(std::piecewise_construct, std::forward_as_tuple(sql),
                      std::forward_as_tuple(database_, effort_, sql))
             .first;
  }
  return Query(at->second);
}

void Connection::enlarge_cache() {
  execute("PRAGMA cache_size = -" + std::to_string(large_cache * 1024));
}

void Connection::reduce_cache() {
  execute("PRAGMA cache_size = -" + std::to_string(small_cache * 1024));
}

void Connection::execute(const std::string& sql) {
  strides_ = 0;
  effort_.count_for(strides_);
  try {
    database_.exec(sql);
  } catch (const SQLite::Exception& error) {
    rethrow(error);
  }
}

Read::Read(Connection& connection) : Read(connection, Begin::deferred) {}

Read::Read(Connection& connection, Begin begin) : connection_(connection) {
  connection_.execute(begin == Begin::immediate ? "BEGIN IMMEDIATE" : "BEGIN");
}

Read::~Read() {
  // A transaction that was committed, or that SQLite itself rolled back, leaves nothing to undo.
  if (sqlite3_get_autocommit(connection_.database().getHandle()) == 0) {
    connection_.database().tryExec("ROLLBACK");
  }
}

Query Read::query(std::string_view sql) {
  return connection_.query(sql);
}

void Read::keep_more_pages() {
  connection_.enlarge_cache();
}

void Read::keep_fewer_pages() {
  connection_.reduce_cache();
}

void Read::sort_in(SortingPlace place) {
  const bool in_files = place == SortingPlace::files;
  connection_.database().tryExec(in_files ? "PRAGMA temp_store = FILE" : "PRAGMA temp_store = MEMORY");
}

StoredBytes Read::bytes(const char* table, const char* column, std::int64_t row) {
  return {connection_.database(), table, column, row, StoredBytes::Access::read};
}

StoredBytes Write::writable_bytes(const char* table, const char* column, std::int64_t row) {
  return {connection().database(), table, column, row, StoredBytes::Access::write};
}

Write::Write(Connection& connection) : Read(connection, Begin::immediate) {
  migrate(connection);
}

void Write::commit() {
  for (const auto& [type, state] : states_) state->before_commit();
  connection().execute("COMMIT");
}

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

/// The term is kept from row to row by SQLite, as it is the same constant each time.
SearchTerm& term_of(sqlite3_context* context, sqlite3_value* text) {
  if (auto* known = static_cast<SearchTerm*>(sqlite3_get_auxdata(context, 0))) return *known;
  sqlite3_set_auxdata(context, 0, new SearchTerm(text_argument(text)),
                      [](void* term) { delete static_cast<SearchTerm*>(term); });
  auto* kept = static_cast<SearchTerm*>(sqlite3_get_auxdata(context, 0));
  if (kept == nullptr) throw std::bad_alloc();  // it was deleted at once
  return *kept;
}

void matches(sqlite3_context* context, int count, sqlite3_value** arguments) {
  SearchTerm& term = term_of(context, arguments[0]);
  const bool is_found = std::any_of(arguments + 1, arguments + count, [&](sqlite3_value* text) {
    return sqlite3_value_type(text) != SQLITE_NULL && term.is_in(text_argument(text));
  });
  sqlite3_result_int(context, is_found ? 1 : 0);
}

void collation_key(sqlite3_context* context, int count, sqlite3_value** arguments) {
  if (any_null(count, arguments)) return sqlite3_result_null(context);
  auto& collators = *static_cast<std::map<std::string, Collator>*>(sqlite3_user_data(context));
  const std::string language(text_argument(arguments[0]));
  const std::string key =
      collators.try_emplace(language, language).first->second.key(text_argument(arguments[1]));
  sqlite3_result_blob(context, key.data(), static_cast<int>(key.size()), SQLITE_TRANSIENT);
}

/// The partner of a row, which has to be the one that the body of the row's event names.
void owner(sqlite3_context* context, int /*count*/, sqlite3_value** arguments) {
  const sqlite3_int64 partner = sqlite3_value_int64(arguments[0]);
  const bool is_named = sqlite3_value_type(arguments[1]) == SQLITE_INTEGER;
  if (is_named && sqlite3_value_int64(arguments[1]) == partner) return sqlite3_result_int64(context, partner);
  sqlite3_result_error(context, "a row belongs to another partner than its event", -1);
  sqlite3_result_error_code(context, SQLITE_CORRUPT);
}

/// Exceptions must not pass through SQLite's own code.
template <void (*function)(sqlite3_context*, int, sqlite3_value**)>
void safely(sqlite3_context* context, int count, sqlite3_value** arguments) {
  try {
    function(context, count, arguments);
  } catch (const std::bad_alloc&) {
    sqlite3_result_error_nomem(context);
  } catch (const std::exception& error) {
    sqlite3_result_error(context, error.what(), -1);
  }
}

}  // namespace

void add_sql_functions(SQLite::Database& database) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  const auto add = [&](const char* name, int count, void (*function)(sqlite3_context*, int, sqlite3_value**),
                       void* data = nullptr, void (*remove)(void*) = nullptr) {
    const int code = sqlite3_create_function_v2(database.getHandle(), name, count, flags, data, function,
                                                nullptr, nullptr, remove);
    if (code != SQLITE_OK) throw std::bad_alloc();  // what is wrong about the arguments is wrong every time
  };
  add("matches", -1, safely<matches>);
  add("owner", 2, safely<owner>);
  add("collation_key", 2, safely<collation_key>, new std::map<std::string, Collator>,
      [](void* collators) { delete static_cast<std::map<std::string, Collator>*>(collators); });
}

}  // namespace covenant
