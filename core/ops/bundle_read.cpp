#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/descriptor.hpp"
#include "core/base/error.hpp"
#include "core/base/folder.hpp"
#include "core/check/check.hpp"
#include "core/history/checkpoint.hpp"
#include "core/ops/bundle.hpp"
#include "core/ops/bundle_format.hpp"
#include "core/store/document_table.hpp"
#include "core/store/event_table.hpp"
#include "core/store/raw_tables.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"

// How it works, and why.
//
// A bundle may be damaged, or made by somebody who means harm. So nothing in it says which files are read or
// where they are: that follows from the schema and, for documents, from their SHA-256. The manifest has to
// list these files, in this order, and the folder may have no others. Every file is read once, from front to
// back, in pieces: its bytes go through SHA-256 on their way into the tables, so that what was checked is
// what was read. Rows are a line each, and lines are bounded. At last the registry is checked as `covenant
// check` does, before anybody can see it.

namespace covenant {

namespace {

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

constexpr std::size_t block_size = std::size_t{64} * 1024;
constexpr std::size_t longest_line = std::size_t{8} * 1024 * 1024;

/// A file of the bundle, read once.
class BundleFile {
 public:
  BundleFile(int folder, const std::string& name, std::string path) : path_(std::move(path)) {
    file_ = Descriptor(::openat(folder, name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file_ && (errno == ENOENT || errno == EBADF)) refuse("is missing");
    if (!file_ && errno == ELOOP) refuse("is a link");
    struct stat status {};
    if (!file_ || ::fstat(file_.get(), &status) != 0) fail();
    if (!S_ISREG(status.st_mode)) refuse("is not a regular file");
    size_ = static_cast<std::uint64_t>(status.st_size);
  }

  std::uint64_t size() const { return size_; }

  /// The next bytes; none at the end.
  std::string_view next_block() {
    ssize_t count = -1;
    do {
      count = ::read(file_.get(), block_.data(), block_.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) fail();
    const std::string_view bytes(block_.data(), static_cast<std::size_t>(count));
    hash_.add(bytes);
    return bytes;
  }

  /// Goes to the next line, which ends in a line feed; false at the end of the file.
  bool next_line() {
    line_.clear();
    ++number_;
    for (;;) {
      if (rest_.empty() && (rest_ = next_block()).empty()) break;
      const std::size_t end = rest_.find('\n');
      line_.append(rest_.substr(0, end));
      if (line_.size() > longest_line) refuse_line("is too long");
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      if (end != std::string_view::npos) return true;
    }
    if (!line_.empty()) refuse_line("does not end");
    return false;
  }
  const std::string& line() const { return line_; }

  /// All of a short file.
  std::string text(std::size_t most) {
    std::string text;
    for (std::string_view bytes = next_block(); !bytes.empty(); bytes = next_block()) {
      text.append(bytes);
      if (text.size() > most) refuse("is too long");
    }
    return text;
  }

  /// The SHA-256 of all that was read.
  std::string sha256() { return to_hex(bytes_of(hash_.finish())); }

  [[noreturn]] void refuse(std::string_view why) const {
    throw Error(ErrorKind::bad_input, fmt::format("{}: {}", path_, why));
  }
  [[noreturn]] void refuse_line(std::string_view why) const {
    throw Error(ErrorKind::bad_input, fmt::format("{}:{}: {}", path_, number_, why));
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(ErrorKind::file, fmt::format("{}: cannot read: {}", path_, reason_of(errno)));
  }

  std::string path_;
  Descriptor file_;
  std::uint64_t size_ = 0;
  Sha256 hash_;
  std::array<char, block_size> block_{};
  std::string_view rest_;
  std::string line_;
  std::size_t number_ = 0;
};

/// The value of a column at the front of a line; nothing when there is none.
std::optional<RawValue> take_value(CanonicalReader& json, std::string_view type) {
  if (json.take("null")) return RawValue();
  if (type == "INTEGER") {
    const auto number = json.integer();
    return number ? std::optional(RawValue(*number)) : std::nullopt;
  }
  auto text = json.string();
  if (!text) return std::nullopt;
  if (type != "BLOB") return RawValue(*std::move(text));
  auto bytes = from_hex(*text);
  return bytes ? std::optional(RawValue(RawBlob{*std::move(bytes)})) : std::nullopt;
}

/// The row that a line says; nothing when it says none.
std::optional<std::vector<RawValue>> row_of(std::string_view line, const TableColumns& table,
                                            const RawInsertion& rows) {
  CanonicalReader json(line);
  std::vector<RawValue> values;
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    if (!json.take(i == 0 ? "{" : ",") || !json.take(fmt::format("\"{}\":", table.names[i])))
      return std::nullopt;
    auto value = take_value(json, rows.type(i));
    if (!value) return std::nullopt;
    values.push_back(*std::move(value));
  }
  if (!json.take("}") || !json.is_at_end()) return std::nullopt;
  return values;
}

class BundleReader {
 public:
  BundleReader(Write& write, const std::string& path)
      : write_(write), path_(path), folder_(open_folder(path)), manifest_(open_manifest()) {}

  Restored run() {
    const std::string head = read_text(bundle_file);
    if (head != bundle_head()) refuse(bundle_file, "is not what this version of the program writes");
    const std::string checkpoint = read_text(checkpoint_file);
    for (const TableColumns& table : bundled_tables(write_)) read_table(table);
    while (manifest_.next_line()) read_document();
    demand_no_other_files();
    demand_sound(checkpoint);
    return {log_size(write_), count_rows(write_, "partner")};
  }

 private:
  BundleFile open_manifest() {
    if (!folder_) fail_to_read("");
    return {folder_.get(), manifest_file, at(manifest_file)};
  }

  [[noreturn]] void fail_to_read(std::string_view name) const {
    throw Error(ErrorKind::file,
                fmt::format("{}: cannot read: {}", name.empty() ? path_ : at(name), reason_of(errno)));
  }

  std::string at(std::string_view name) const { return fmt::format("{}/{}", path_, for_terminal(name)); }

  [[noreturn]] void refuse(std::string_view name, std::string_view why) const {
    throw Error(ErrorKind::bad_input, fmt::format("{}: {}", at(name), why));
  }

  /// Reads the file that the manifest has to name in its next line.
  template <class Work>
  void read(const std::string& name, Work work) {
    if (!manifest_.next_line()) manifest_.refuse_line("does not name " + name);
    BundleFile file(folder_.get(), name, at(name));
    work(file);
    demand_line(file, name);
    files_.insert(name);
  }

  void demand_line(BundleFile& file, const std::string& path) const {
    if (manifest_.line() + "\n" != manifest_line(file.sha256(), path))
      file.refuse(fmt::format("differs from its line in {}", manifest_file));
  }

  std::string read_text(const std::string& name) {
    constexpr std::size_t most = 4096;
    std::string text;
    read(name, [&](BundleFile& file) { text = file.text(most); });
    return text;
  }

  void read_table(const TableColumns& table) {
    read(table.table + table_suffix, [&](BundleFile& file) {
      RawInsertion rows(write_, table);
      while (file.next_line()) {
        const auto row = row_of(file.line(), table, rows);
        if (!row || !rows.insert(*row)) file.refuse_line("is not a row of the table " + table.table);
      }
    });
  }

  /// The document of the manifest's present line. It is known by its SHA-256, which has to be the greatest so
  /// far.
  void read_document() {
    const std::string sha256 = manifest_.line().substr(0, manifest_.line().find(' '));
    const std::string path = document_path(sha256);
    if (!is_sha256(sha256) || manifest_.line() + "\n" != manifest_line(sha256, path) ||
        sha256 <= last_document_)
      manifest_.refuse_line("does not name the next document");
    if (!documents_) documents_ = open_folder_at(folder_.get(), documents_folder);
    if (!documents_ && errno != ENOENT && errno != ENOTDIR && errno != ELOOP) fail_to_read(documents_folder);
    BundleFile file(documents_.get(), sha256, at(path));
    if (file.size() > largest_document) file.refuse("is larger than a document can be");
    StoredBytes content = insert_document(write_, sha256, file.size());
    std::size_t place = 0;
    for (std::string_view bytes = file.next_block(); !bytes.empty(); bytes = file.next_block()) {
      if (bytes.size() > content.size() - place) file.refuse("grows");
      content.write(bytes, place);
      place += bytes.size();
    }
    demand_line(file, path);
    last_document_ = sha256;
  }

  void demand_no_other_files() const {
    for (const std::string& name : names_in(folder_.get())) {
      const bool is_ours = name == documents_folder ? static_cast<bool>(documents_)
                                                    : files_.contains(name) || name == manifest_file;
      if (!is_ours) refuse(name, "is no file of the bundle");
    }
    if (!documents_) return;
    for (const std::string& name : names_in(documents_.get())) {
      if (!is_document_stored(write_, name)) refuse(document_path(name), "is no file of the bundle");
    }
  }

  void demand_sound(const std::string& checkpoint) {
    check_registry(write_, [&](const CheckResult& result) {
      if (result.is_ok()) return;
      demand_readable();
      throw Error(ErrorKind::bad_input, fmt::format("{}: is not the bundle of a sound registry: {}: {}",
                                                    path_, result.name, for_terminal(result.first)));
    });
    if (make_checkpoint(write_, nullptr) != checkpoint) refuse(checkpoint_file, "is of another history");
  }

  Write& write_;
  const std::string& path_;
  Descriptor folder_;
  Descriptor documents_;
  BundleFile manifest_;
  std::set<std::string> files_;
  std::string last_document_;
};

}  // namespace

Restored restore_bundle(Write& write, const std::string& folder) {
  return BundleReader(write, folder).run();
}

}  // namespace covenant
