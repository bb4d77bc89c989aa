#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <system_error>
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

namespace covenant {

namespace {

/// Passes text on and computes its SHA-256.
class HashingSink final : public TextSink {
 public:
  explicit HashingSink(TextSink& sink) : sink_(sink) {}

  void write(std::string_view text) override {
    hash_.add(text);
    sink_.write(text);
  }
  void flush() override { sink_.flush(); }

  std::string sha256() { return to_hex(bytes_of(hash_.finish())); }

 private:
  TextSink& sink_;
  Sha256 hash_;
};

/// The present row as a JSON object, in one line.
std::string line_of(const TableRows& rows, const TableColumns& table) {
  std::string line;
  JsonWriter json(line);
  json.begin_object();
  for (std::size_t i = 0; i < table.names.size(); ++i) {
    json.key(table.names[i]);
    const std::string_view stored = rows.type(i);
    if (stored == "null") {
      json.null();
    } else if (stored == "integer") {
      json.value(rows.integer(i));
    } else {
      stored == "blob" ? json.value(to_hex(rows.value(i))) : json.value(rows.value(i));
    }
  }
  json.end_object();
  return line + "\n";
}

/// Whether a row is of the file that the registry is in, not of what it says.
bool is_of_the_file(const TableRows& rows, const TableColumns& table) {
  return table.table == "property" && rows.value(0) == "erasure";
}

class BundleWriter {
 public:
  BundleWriter(Read& read, StagedFolder& folder) : read_(read), folder_(folder) {}

  void run() {
    write_text(bundle_file, bundle_head());
    write_text(checkpoint_file, make_checkpoint(read_, nullptr));
    for (const TableColumns& table : bundled_tables(read_)) write_table(table);
    for_each_document_name(read_, [&](const std::string& sha256) {
      write(document_path(sha256), [&](TextSink& sink) {
        copy_document(read_, {.name = {}, .type = {}, .size = 0, .sha256 = sha256}, sink);
      });
    });
    folder_.write(manifest_file, [&](TextSink& sink) { sink.write(manifest_); });
  }

 private:
  template <class Fill>
  void write(const std::string& path, Fill fill) {
    folder_.write(path, [&](TextSink& sink) {
      HashingSink hashing(sink);
      fill(hashing);
      manifest_ += manifest_line(hashing.sha256(), path);
    });
  }

  void write_text(const char* path, const std::string& text) {
    write(path, [&](TextSink& sink) { sink.write(text); });
  }

  void write_table(const TableColumns& table) {
    write(table.table + table_suffix, [&](TextSink& sink) {
      for (TableRows rows(read_, table); rows.next();) {
        if (!is_of_the_file(rows, table)) sink.write(line_of(rows, table));
      }
    });
  }

  Read& read_;
  StagedFolder& folder_;
  std::string manifest_;
};

void demand_sound(Read& read) {
  check_registry(read, [](const CheckResult& result) {
    if (result.is_ok()) return;
    demand_readable();
    damaged(fmt::format("{}: {}", result.name, result.first));
  });
}

[[noreturn]] void fail_to_read(const std::string& path) {
  throw Error(ErrorKind::file,
              fmt::format("{}: cannot read: {}", path, std::generic_category().message(errno)));
}

/// What is in a folder of the path `root`, `path` below it; throws where that cannot be known.
std::vector<std::string> names_below(int folder, const std::string& root, const std::string& path) {
  errno = 0;
  std::vector<std::string> names = names_in(folder);
  if (names.empty() && errno != 0) fail_to_read(root + "/" + path);
  return names;
}

/// The path of something in the folder that no bundle has; empty when there is nothing.
std::string find_foreign(int folder, const std::string& root, const std::string& prefix) {
  for (const std::string& name : names_below(folder, root, prefix)) {
    std::string path = prefix + name;
    if (path == documents_folder) {
      const Descriptor documents = open_folder_at(folder, name);
      if (!documents && (errno == ENOTDIR || errno == ELOOP)) return path;
      if (!documents) fail_to_read(fmt::format("{}/{}", root, path));
      std::string foreign = find_foreign(documents.get(), root, path + "/");
      if (!foreign.empty()) return foreign;
    } else if (!is_bundle_path(path) && !(prefix.empty() && Workplace::is_name_within(name))) {
      return path;
    }
  }
  return {};
}

/// The beginning of the checkpoint in a folder; empty when there is none.
std::string checkpoint_in(int folder, const std::string& root) {
  constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  const Descriptor file(::openat(folder, checkpoint_file, flags));
  if (!file && (errno == ENOENT || errno == ELOOP)) return {};
  constexpr std::size_t enough = 256;
  std::string text(enough, '\0');
  const ssize_t size = file ? ::read(file.get(), text.data(), text.size()) : -1;
  if (size < 0) fail_to_read(root + "/" + checkpoint_file);
  text.resize(static_cast<std::size_t>(size));
  return text;
}

}  // namespace

void demand_bundle_place(Read& read, const std::string& path) {
  const Descriptor folder = open_folder(path);
  if (!folder && errno == ENOENT) return;
  if (!folder) fail_to_read(path);
  if (names_below(folder.get(), path, "").empty()) return;
  const auto refuse = [&](const std::string& why) {
    throw Error(ErrorKind::conflict, fmt::format("{}: {}; choose another folder", path, why));
  };
  const std::string foreign = find_foreign(folder.get(), path, "");
  if (!foreign.empty()) refuse(fmt::format("has the file {}, which is of no bundle", in_quotes(foreign)));
  const std::string checkpoint = checkpoint_in(folder.get(), path);
  if (checkpoint.empty()) refuse("is not empty and has no whole bundle");
  if (!checkpoint.starts_with(origin_of(read) + "\n")) refuse("has the bundle of another registry");
}

void write_bundle(Read& read, StagedFolder& folder) {
  demand_sound(read);
  BundleWriter(read, folder).run();
}

}  // namespace covenant
