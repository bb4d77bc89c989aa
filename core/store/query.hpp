#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace SQLite {
class Exception;
class Statement;
}  // namespace SQLite

namespace covenant {

/// Bytes to bind as a BLOB; they outlive the run of the statement, and so are not copied.
struct Blob {
  std::string_view bytes;
};

/// A text to bind that outlives the run of the statement, and so is not copied.
struct Kept {
  const std::string& text;
};

/// Throws the `Error` that an SQLite error stands for: `busy`, `damaged` (also when a statement or a
/// constraint fails: rules are checked before, so the file is not what it was), `file`, or `fault` for the
/// rest.
[[noreturn]] void rethrow(const SQLite::Exception& error);

/// One use of a prepared statement, which is reset when the use ends. Parameters are numbered from 1, columns
/// from 0. Every member throws as `rethrow` does.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(&statement) {}
  Query(Query&& other) noexcept : statement_(other.statement_) { other.statement_ = nullptr; }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  /// Binds the values to the parameters 1, 2, 3…
  template <class... Values>
  Query& with(const Values&... values) {
    return with_from(1, values...);
  }
  /// Binds the values to the parameters from `first` on.
  template <class... Values>
  Query& with_from(int first, const Values&... values) {
    (bind(first++, values), ...);
    return *this;
  }

  void bind(int index, std::int64_t value);
  void bind(int index, const std::string& value);
  void bind(int index, std::string_view value) { bind(index, std::string(value)); }
  void bind(int index, Blob value);
  void bind(int index, Kept value);
  void bind_null(int index);
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    if (value) {
      bind(index, *value);
    } else {
      bind_null(index);
    }
  }

  /// Goes to the next row; false when there is none.
  bool step();
  /// Runs a statement that gives no rows.
  void run();

  bool is_null(int column) const;
  /// SQLITE_INTEGER, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.
  int type(int column) const;
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  /// Text or BLOB; holds until the next step.
  std::string_view text(int column) const;
  std::optional<std::string> optional_text(int column) const;

 private:
  SQLite::Statement* statement_;
};

}  // namespace covenant
