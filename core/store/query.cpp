#include "core/store/query.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "core/base/error.hpp"

namespace covenant {

void rethrow(const SQLite::Exception& error) {
  const std::string reason = error.what();
  constexpr int primary = 0xFF;  // an extended code ends in the code that it extends
  switch (error.getErrorCode() & primary) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorKind::busy,
                  "the registry is busy: another process is writing; try again, or wait longer "
                  "with --wait SECONDS");
    case SQLITE_ERROR:  // the program's own statements and rows hold in a sound registry
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(ErrorKind::damaged, "the registry is damaged: " + reason);
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
      throw Error(ErrorKind::fault, "the registry refused its work: " + reason);
  }
}

namespace {

template <class Work>
auto guarded(Work work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    rethrow(error);
  }
}

}  // namespace

Query::~Query() {
  if (statement_ == nullptr) return;
  statement_->tryReset();  // it repeats the error of the last step, which was thrown then
  guarded([&] { statement_->clearBindings(); });
}

void Query::bind(int index, std::int64_t value) {
  guarded([&] { statement_->bind(index, value); });
}

void Query::bind(int index, const std::string& value) {
  guarded([&] { statement_->bind(index, value); });
}

void Query::bind(int index, Blob value) {
  guarded([&] { statement_->bindNoCopy(index, value.bytes.data(), static_cast<int>(value.bytes.size())); });
}

void Query::bind(int index, Kept value) {
  guarded([&] { statement_->bindNoCopy(index, value.text); });
}

void Query::bind_null(int index) {
  guarded([&] { statement_->bind(index); });
}

bool Query::step() {
  return guarded([&] { return statement_->executeStep(); });
}

void Query::run() {
  guarded([&] {
    while (statement_->executeStep()) {
    }
  });
}

bool Query::is_null(int column) const {
  return statement_->isColumnNull(column);
}

int Query::type(int column) const {
  return statement_->getColumn(column).getType();
}

std::int64_t Query::integer(int column) const {
  return statement_->getColumn(column).getInt64();
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::string_view Query::text(int column) const {
  const SQLite::Column value = statement_->getColumn(column);
  const auto* bytes = static_cast<const char*>(value.getBlob());
  return {bytes, static_cast<std::size_t>(value.getBytes())};
}

std::optional<std::string> Query::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return std::string(text(column));
}

}  // namespace covenant
