#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <typeinfo>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/code.hpp"
#include "core/base/error.hpp"
#include "core/model/stored_text.hpp"
#include "core/store/migrations.hpp"
#include "core/text/suggest.hpp"

struct sqlite3_blob;
struct sqlite3_stmt;
struct sqlite3_value;

namespace covenant {

/// Bytes to bind as a BLOB; they outlive the run of the statement, and so are not copied.
struct Blob {
  std::string_view bytes;
};

/// A text to bind that outlives the run of the statement, and so is not copied.
class Kept {
 public:
  explicit Kept(const std::string& text) : text_(text) {}
  explicit Kept(std::string&& text) = delete;

  const std::string& text() const { return text_; }

 private:
  const std::string& text_;
};

/// Throws the `Error` that an SQLite error means: `busy`, `damaged` (also when a statement or a
/// constraint fails: rules are checked before, so the file is not what it was), `file`, or `fault` for the
/// rest.
[[noreturn]] void rethrow(const SQLite::Exception& error);

/// Has every read that the disk refuses noted, from now on. SQLite takes such a page for a damaged one.
void note_failing_reads();

/// @throws Error{file} when a read was refused: then what looks like damage may be none.
void demand_readable();

/// In MiB: what SQLite keeps of a file that is being written, or looked at all over.
inline constexpr int large_cache = 16;
/// The same where rows are only added: more does not fit the processor's own cache, and saves no reading.
inline constexpr int small_cache = 4;

/// Interrupts what goes on longer than a sound file of that size can make it: pages of a damaged one may lead
/// back to each other, by so many ways that no run would end. SQLite counts the steps of its virtual machine.
class Effort {
 public:
  /// Of that connection, from now on and for as long as both live.
  explicit Effort(SQLite::Database& database);
  ~Effort();
  Effort(const Effort&) = delete;
  Effort& operator=(const Effort&) = delete;

  /// From now on the work of that run, which has a count of its own.
  void count_for(std::size_t& strides) { strides_ = &strides; }

 private:
  static int go_on(void* effort);
  std::size_t most() const;

  SQLite::Database& database_;
  std::size_t unwritten_ = 0;  ///< bytes that may be in no file yet
  std::size_t* strides_ = nullptr;
};

/// A prepared statement, what is known of it, and whether a `Query` is using it. It is SQLite's own: to read
/// a value through a column of SQLiteCpp takes longer than to check it.
struct Statement {
  Statement(SQLite::Database& database, Effort& given, std::string_view sql);

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };

  std::unique_ptr<sqlite3_stmt, Finalize> prepared;
  std::size_t parameter_count;
  Effort& effort;
  std::size_t strides = 0;                         ///< of the present run
  std::vector<std::pair<std::string, int>> names;  ///< of parameters, with their numbers, as they were asked
  bool is_leased = false;
};

/// The lease of a prepared statement for one use; it is reset and returned at the end. Columns are numbered
/// from 0. Every member throws as `rethrow` does.
class Query {
 public:
  /// @throws Error{fault} when another query is still using the statement
  explicit Query(Statement& statement);
  Query(Query&& other) noexcept
      : statement_(std::exchange(other.statement_, nullptr)),
        bound_(other.bound_),
        next_(other.next_),
        has_row_(other.has_row_) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  Query& operator=(Query&&) = delete;
  ~Query();

  /// Binds a value to the parameter of that name, which includes the colon: `bind(":seq", seq)`.
  /// @throws Error{fault} when the statement has no such parameter
  template <class T>
  Query& bind(std::string_view name, const T& value) {
    return bind(index_of(name), value);
  }

  /// Binds a value to a parameter by its number, from 1 on.
  template <class T>
  Query& bind(int index, const T& value) {
    ++bound_;
    put(index, value);
    return *this;
  }

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

  /// Goes to the next row; false when there is none. @throws Error{fault} when a parameter was never bound
  bool step();
  /// Runs a statement that has no rows.
  void run();

  bool is_null(int column) const;
  /// A value's type (SQLITE_INTEGER, SQLITE_TEXT, …) and its text, which is valid until the next step.
  struct Value {
    int type;
    std::string_view text;
  };
  Value value(int column) const;
  /// SQLITE_INTEGER, SQLITE_TEXT, SQLITE_BLOB or SQLITE_NULL.
  int type(int column) const;
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  /// The text of a column that has texts, or nothing where it is null; valid until the next step.
  /// @throws Error{damaged} when the value is of another type
  std::string_view text(int column) const;
  /// The bytes of a value, of whatever type; valid until the next step.
  std::string_view bytes(int column) const;

 private:
  int index_of(std::string_view name);
  sqlite3_stmt* prepared() const { return statement_->prepared.get(); }
  [[noreturn]] void refuse(std::string_view what) const;
  void demand_done(int result) const;
  sqlite3_value* at(int column) const;

  void put(int index, std::int64_t value);
  void put(int index, std::string_view value);
  void put(int index, Blob value);
  void put(int index, Kept value);
  void put(int index, std::nullopt_t /*null*/);
  template <class T>
  void put(int index, const std::optional<T>& value) {
    if (value) {
      put(index, *value);
    } else {
      put(index, std::nullopt);
    }
  }

  Statement* statement_;
  std::size_t bound_ = 0;
  std::size_t next_ = 0;  ///< in the names: most uses bind them in the same order
  bool has_row_ = false;
};

/// A BLOB of one row, read or written piece by piece, so that it is never in memory as a whole. Every member
/// throws as `rethrow` does.
class StoredBytes {
 public:
  enum class Access { read, write };

  StoredBytes(SQLite::Database& database, const char* table, const char* column, std::int64_t row,
              Access access);

  std::size_t size() const;
  void read(char* buffer, std::size_t size, std::size_t at) const;
  void write(std::string_view bytes, std::size_t at);

 private:
  struct Close {
    void operator()(sqlite3_blob* blob) const;
  };

  SQLite::Database& database_;
  std::unique_ptr<sqlite3_blob, Close> blob_;
};

/// An open registry file and its prepared statements.
class Connection {
 public:
  explicit Connection(SQLite::Database database, const SchemaHistory& schema = schema_history())
      : database_(std::move(database)), effort_(database_), schema_(schema) {}

  SQLite::Database& database() { return database_; }
  /// The one that statements are made for.
  const SchemaHistory& schema() const { return schema_; }
  /// The statement of that text, prepared at its first use and kept.
  Query query(std::string_view sql);
  void execute(const std::string& sql);
  /// Keeps `large_cache` of the file, whose pages SQLite counts in the size that they have now. Who goes from
  /// row to row is content with SQLite's own two megabytes: to fill more takes longer than it saves.
  void enlarge_cache();
  /// Keeps `small_cache` of it.
  void reduce_cache();

 private:
  /// Statements differ in their lengths or their ends: to look at the whole of each at every use would cost
  /// more.
  struct HashOfEnd {
    using is_transparent = void;
    std::size_t operator()(std::string_view sql) const {
      std::uint64_t end = 0;
      const std::size_t size = std::min(sql.size(), sizeof(end));
      std::memcpy(&end, sql.data() + sql.size() - size, size);
      constexpr std::uint64_t golden_ratio = 0x9e3779b97f4a7c15ULL;
      return static_cast<std::size_t>(((end ^ sql.size()) * golden_ratio) >> 32U);
    }
  };

  SQLite::Database database_;
  Effort effort_;
  std::size_t strides_ = 0;  ///< of what is executed
  const SchemaHistory& schema_;
  std::unordered_map<std::string, Statement, HashOfEnd, std::equal_to<>> statements_;
};

/// What a part of the program keeps for the length of a transaction, by a type of its own.
class TransactionState {
 public:
  TransactionState() = default;
  TransactionState(const TransactionState&) = delete;
  TransactionState& operator=(const TransactionState&) = delete;
  virtual ~TransactionState() = default;

  /// Writes what it still has to.
  virtual void before_commit() {}
};

/// Where what is too large for SQLite's cache is sorted.
enum class SortingPlace {
  memory,
  files  ///< temporary ones, which are quicker and do not let memory grow, but which nobody wipes
};

/// The permission to read: one consistent view of the registry for as long as it lives.
class Read {
 public:
  explicit Read(Connection& connection);
  Read(const Read&) = delete;
  Read& operator=(const Read&) = delete;
  virtual ~Read();

  /// The statement of that text, prepared at its first use and kept.
  Query query(std::string_view sql);

  /// As many as a writer does, for who looks up rows all over the file.
  void keep_more_pages();
  /// Fewer than a writer does, for who adds rows at the ends of the tables alone.
  void keep_fewer_pages();

  /// From now on; in memory, unless this says otherwise. Without effect where there are temporary tables.
  void sort_in(SortingPlace place);

  /// A BLOB, by its place.
  StoredBytes bytes(const char* table, const char* column, std::int64_t row);

  /// What the transaction keeps of that type; null when nobody asked for it.
  template <class State>
  State* find_state() const {
    for (const auto& [type, state] : states_) {
      if (type == typeid(State)) return static_cast<State*>(state.get());
    }
    return nullptr;
  }

 protected:
  enum class Begin { deferred, immediate };
  Read(Connection& connection, Begin begin);
  Connection& connection() { return connection_; }

  std::vector<std::pair<std::type_index, std::unique_ptr<TransactionState>>> states_;

 private:
  Connection& connection_;
};

/// The permission to change the registry: nothing that is done with it lasts unless `commit` returns.
class Write final : public Read {
 public:
  /// Begins with the steps that the schema of an older registry needs.
  explicit Write(Connection& connection);

  /// Makes everything durable. @throws Error{file} when it cannot; then all or nothing of it lasts.
  void commit();

  /// A BLOB, by its place, to be written over.
  StoredBytes writable_bytes(const char* table, const char* column, std::int64_t row);

  /// What the transaction keeps of that type, made from it for the first who asks.
  template <class State>
  State& state() {
    if (auto* known = find_state<State>()) return *known;
    auto made = std::make_unique<State>(*this);
    State& state = *made;
    states_.emplace_back(typeid(State), std::move(made));
    return state;
  }
};

/// A WHERE clause put together from constant texts; every value is a parameter.
class Conditions {
 public:
  /// Adds a condition that must be true, which has a '?' for each of the values.
  template <class... Values>
  void add(std::string_view condition, Values&&... values) {
    open();
    sql_.append(condition);
    (values_.emplace_back(std::forward<Values>(values)), ...);
  }

  /// Adds that the condition must be true for one of the values; no values, no condition.
  template <class Values, class TextOf>
  void add_any(std::string_view condition, const Values& values, TextOf text_of) {
    if (values.empty()) return;
    open();
    std::string_view separator = "(";
    for (const auto& value : values) {
      sql_.append(separator).append(condition);
      values_.emplace_back(text_of(value));
      separator = " OR ";
    }
    sql_.append(")");
  }

  /// " WHERE …", or nothing.
  const std::string& sql() const { return sql_; }

  /// Binds the values to the parameters from 1 on.
  void bind(Query& query) const {
    int index = 0;
    for (const std::string& value : values_) query.bind(++index, value);
  }

 private:
  void open() { sql_.append(sql_.empty() ? " WHERE " : " AND "); }

  std::string sql_;
  std::vector<std::string> values_;
};

template <class T>
std::optional<T> stored_optional(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  return stored(read_back<T>(query.text(column)));
}

/// Adds to a connection the functions that our SQL uses:
/// `matches(term, text, …)` – whether one of the texts contains the constant term (see `SearchTerm`);
/// `collation_key(language, text)` – the sort key of a text in a language's order (see `Collator`).
void add_sql_functions(SQLite::Database& database);

}  // namespace covenant
