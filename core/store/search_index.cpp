#include "core/store/search_index.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>

#include <filesystem>
#include <string_view>
#include <system_error>

#include "core/store/event_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/folding.hpp"

namespace covenant {

const char* const searched_texts =
    "p.name || char(10) || coalesce(p.acronym, '') || char(10) || coalesce(p.reference, '') || char(10) || "
    "coalesce(p.city, '') || char(10) || coalesce(p.website, '') || char(10) || coalesce(p.description, '') "
    "|| "
    "char(10) || coalesce(p.expertise, '') || char(10) || coalesce(p.practices, '')";

namespace {

/// Below that, reading every row costs less than a look into another file.
constexpr std::int64_t fewest_partners = 20'000;

/// A document is what a partner's texts were after one event; `page` is the last event that was looked at.
constexpr const char* index_schema = R"(
CREATE TABLE document (number INTEGER PRIMARY KEY, partner INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(text, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
CREATE TABLE reached (seq INTEGER NOT NULL);
INSERT INTO reached VALUES (0))";

/// The name of the registry is its index's too.
std::string index_path(Read& read, const std::string& folder) {
  const std::string origin = origin_of(read);
  return folder + "/" + origin.substr(origin.rfind('/') + 1) + ".words";
}

class WordIndex {
 public:
  explicit WordIndex(const std::string& path)
      : database_(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    database_.exec("PRAGMA synchronous = OFF");  // it can be made anew
    if (!database_.tableExists("reached")) database_.exec(index_schema);
  }

  void catch_up(Read& read) {
    const auto last = static_cast<std::int64_t>(log_size(read));
    const std::int64_t reached = database_.execAndGet("SELECT seq FROM reached").getInt64();
    if (reached == last) return;
    SQLite::Transaction transaction(database_);
    reached == 0 ? add_all(read) : add_changed(read, reached);
    SQLite::Statement update(database_, "UPDATE reached SET seq = ?1");
    update.bind(1, last);
    update.exec();
    transaction.commit();
  }

  std::vector<std::int64_t> find(const std::string& match) {
    std::vector<std::int64_t> partners;
    SQLite::Statement query(database_,
                            "SELECT DISTINCT partner FROM document WHERE number IN "
                            "(SELECT rowid FROM words WHERE words MATCH ?1) ORDER BY partner");
    query.bindNoCopy(1, match);
    while (query.executeStep()) partners.push_back(query.getColumn(0).getInt64());
    return partners;
  }

 private:
  void add_all(Read& read) {
    Query rows = read.query(std::string("SELECT p.id, ") + searched_texts + " FROM partner p");
    add(rows);
  }

  void add_changed(Read& read, std::int64_t reached) {
    Query changed =
        read.query(std::string("SELECT p.id, ") + searched_texts +
                   " FROM partner p WHERE p.id IN (SELECT body ->> '$.partner' FROM event WHERE seq > ?1)");
    changed.with(reached);
    add(changed);
  }

  void add(Query& rows) {
    std::int64_t number = database_.execAndGet("SELECT coalesce(max(number), 0) FROM document").getInt64();
    SQLite::Statement document(database_, "INSERT INTO document (number, partner) VALUES (?1, ?2)");
    SQLite::Statement words(database_, "INSERT INTO words (rowid, text) VALUES (?1, ?2)");
    while (rows.step()) {
      document.bind(1, ++number);
      document.bind(2, rows.integer(0));
      document.exec();
      document.reset();
      const std::string text = search_words(rows.text(1));
      words.bind(1, number);
      words.bindNoCopy(2, text);
      words.exec();
      words.reset();
    }
  }

  SQLite::Database database_;
};

/// "energy" "net"*
std::string match_expression(const std::string& words) {
  std::string match = "\"";
  for (const char c : words) {
    if (c == ' ') {
      match += "\" \"";
    } else {
      match += c;
    }
  }
  return match + "\"*";
}

}  // namespace

std::optional<std::vector<std::int64_t>> find_words(Read& read, const std::string& folder,
                                                    const std::string& text) {
  if (largest_partner_id(read) < fewest_partners) return std::nullopt;
  const std::string words = search_words(text);
  if (words.empty()) return std::nullopt;
  const mode_t mask = ::umask(0077);  // not every partner that is searched is public
  std::optional<std::vector<std::int64_t>> found;
  try {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    WordIndex index(index_path(read, folder));
    index.catch_up(read);
    found = index.find(match_expression(words));
  } catch (const SQLite::Exception&) {
    // Without an index the search is slower and finds the same.
  }
  ::umask(mask);
  return found;
}

}  // namespace covenant
