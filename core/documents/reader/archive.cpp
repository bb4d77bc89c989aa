#include "core/documents/reader/archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "core/documents/reader/unreadable.hpp"
#include "core/documents/reading.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::int64_t most_entries = 100;
constexpr std::uint64_t largest_unpacked = 200 * 1024 * 1024;

zip_t* open_archive(std::string_view bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive =
      source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (archive == nullptr && source != nullptr) zip_source_free(source);
  const int code = zip_error_code_zip(&error);
  zip_error_fini(&error);
  if (archive != nullptr) return archive;
  if (code == ZIP_ER_INCONS)
    throw Unreadable("is no container that can be read: its directory contradicts its files");
  if (code == ZIP_ER_EXISTS) throw Unreadable("has two files in it of the same name");
  throw Unreadable("is no container that can be read: it is damaged or cut off");
}

bool is_control(char c) {
  return (c >= 0 && c < ' ') || c == '\x7F';
}

/// Whether a name is a relative path that stays where it is.
bool is_harmless(std::string_view name) {
  if (name.empty() || name.starts_with('/') || name.find('\\') != std::string_view::npos) return false;
  if (!is_clean_utf8(name, LineFeeds::refused)) return false;
  while (!name.empty()) {
    const std::size_t size = std::min(name.find('/'), name.size());
    const std::string_view part = name.substr(0, size);
    if (part.empty() || part == "." || part == "..") return false;
    name.remove_prefix(std::min(size + 1, name.size()));
  }
  return true;
}

}  // namespace

Archive::Archive(std::string_view bytes) : archive_(open_archive(bytes)) {
  const std::int64_t count = zip_get_num_entries(archive_.get(), 0);
  if (count > most_entries) throw Unreadable(fmt::format("has more than {} files in it", most_entries));
  for (std::int64_t i = 0; i < count; ++i) add(static_cast<std::uint64_t>(i));
  std::uint64_t size = 0;
  for (const Entry& entry : entries_) {
    size += std::min(entry.size, largest_unpacked + 1);
    if (size > largest_unpacked) throw Unreadable("is larger than 200 MiB when it is unpacked");
  }
}

void Archive::add(std::uint64_t index) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE;
  if (zip_stat_index(archive_.get(), index, 0, &stat) != 0 || (stat.valid & needed) != needed)
    throw Unreadable("is no container that can be read: its directory is damaged");
  const std::string name = stat.name;
  // What is not UTF-8 was converted, and a control character may have become a harmless one.
  const char* raw = zip_get_name(archive_.get(), index, ZIP_FL_ENC_RAW);
  if (raw == nullptr || std::any_of(raw, raw + std::strlen(raw), is_control) || !is_harmless(name))
    throw Unreadable(fmt::format("has a file in it with a bad name, '{}'", clean_text(name)));
  if (find(name) >= 0)
    throw Unreadable(fmt::format("has two files in it of the same name, '{}'", clean_text(name)));
  if (name.ends_with('/') && stat.size == 0) return;
  entries_.push_back({name, stat.size});
  indexes_.push_back(index);
}

int Archive::find(std::string_view name) const {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
  return found == entries_.end() ? -1 : static_cast<int>(found - entries_.begin());
}

int Archive::File::read(char* to, int size) {
  const zip_int64_t count = zip_fread(file_.get(), to, static_cast<zip_uint64_t>(size));
  if (count < 0 || static_cast<std::uint64_t>(count) > left_) return -1;
  left_ -= static_cast<std::uint64_t>(count);
  return static_cast<int>(count);
}

std::unique_ptr<Archive::File> Archive::open(std::size_t number) const {
  zip_file_t* file = zip_fopen_index(archive_.get(), indexes_.at(number), 0);
  if (file == nullptr) return nullptr;
  return std::make_unique<File>(file, entries_.at(number).size);
}

std::string Archive::read(std::size_t number) const {
  std::string content;
  const auto file = open(number);
  std::array<char, 65536> piece{};
  int count = file == nullptr ? -1 : 1;
  while (count > 0) {
    count = file->read(piece.data(), static_cast<int>(piece.size()));
    if (count > 0) content.append(piece.data(), static_cast<std::size_t>(count));
  }
  if (count < 0)
    throw Unreadable(
        fmt::format("has a file in it that cannot be read, '{}'", clean_text(entries_.at(number).name)));
  return content;
}

}  // namespace covenant
