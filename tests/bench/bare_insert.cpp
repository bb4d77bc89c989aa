// The floor of every import: reads a CSV with quotes and inserts its rows by one prepared statement, in one
// transaction, into a table without indexes. It checks nothing.
//   bare_insert FILE.csv FILE.db
#include <sqlite3.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace {

/// The next record; false at the end.
bool read_record(std::istreambuf_iterator<char>& at, std::vector<std::string>& fields) {
  const std::istreambuf_iterator<char> end;
  if (at == end) return false;
  fields.assign(1, "");
  bool quoted = false;
  for (; at != end; ++at) {
    const char c = *at;
    if (c == '"') {
      if (quoted && ++at != end && *at == '"') {
        fields.back() += '"';
        continue;
      }
      if (quoted && at == end) return true;
      quoted = !quoted;
      if (quoted) continue;
    }
    if (at == end) return true;
    const char here = *at;
    if (!quoted && here == ',') {
      fields.emplace_back();
    } else if (!quoted && here == '\n') {
      ++at;
      return true;
    } else if (quoted || here != '\r') {
      fields.back() += here;
    }
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  std::istreambuf_iterator<char> at(file);
  std::vector<std::string> fields;
  if (!read_record(at, fields)) return 2;
  std::string columns;
  std::string places;
  for (const std::string& name : fields) {
    columns += (columns.empty() ? "" : ", ") + name + " TEXT";
    places += places.empty() ? "?" : ", ?";
  }
  sqlite3* database = nullptr;
  sqlite3_open(arguments[2], &database);
  sqlite3_exec(database, ("CREATE TABLE partner (" + columns + "); BEGIN").c_str(), nullptr, nullptr,
               nullptr);
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(database, ("INSERT INTO partner VALUES (" + places + ")").c_str(), -1, &insert, nullptr);
  while (read_record(at, fields)) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      sqlite3_bind_text(insert, static_cast<int>(i) + 1, fields[i].data(), static_cast<int>(fields[i].size()),
                        SQLITE_STATIC);
    }
    sqlite3_step(insert);
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  const int committed = sqlite3_exec(database, "COMMIT", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  return committed == SQLITE_OK ? 0 : 1;
}
