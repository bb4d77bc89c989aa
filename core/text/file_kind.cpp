#include "core/text/file_kind.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/text/ascii.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

struct Beginning {
  std::string_view bytes;
  FileKind kind;
};

// What begins with the same bytes and goes on comes first.
constexpr std::array<Beginning, 18> beginnings = {{
    {{"\xFF\xFE\0\0", 4}, {"UTF-32 file", "utf-32", FileContent::text}},
    {{"\0\0\xFE\xFF", 4}, {"UTF-32 file", "utf-32", FileContent::text}},
    {"\xFF\xFE", {"UTF-16 file", "utf-16", FileContent::text}},
    {"\xFE\xFF", {"UTF-16 file", "utf-16", FileContent::text}},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", {"spreadsheet document (xls)", "", FileContent::table}},
    {"PK\x05\x06", {"empty ZIP archive", "", FileContent::no_text}},
    {"%PDF-", {"PDF document", "", FileContent::no_text}},
    {"{\\rtf", {"RTF document", "", FileContent::no_text}},
    {{"SQLite format 3\0", 16}, {"SQLite database", "", FileContent::no_text}},
    {"\x1F\x8B", {"gzip archive", "", FileContent::no_text}},
    {"\x89PNG\r\n", {"PNG image", "", FileContent::no_text}},
    {"\xFF\xD8\xFF", {"JPEG image", "", FileContent::no_text}},
    {"GIF8", {"GIF image", "", FileContent::no_text}},
    {"\x7F"
     "ELF",
     {"program", "", FileContent::no_text}},
    {"BZh", {"bzip2 archive", "", FileContent::no_text}},
    {"\xFD"
     "7zXZ",
     {"xz archive", "", FileContent::no_text}},
    {"7z\xBC\xAF\x27\x1C", {"7z archive", "", FileContent::no_text}},
    {"\x28\xB5\x2F\xFD", {"zstd archive", "", FileContent::no_text}},
}};

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

FileKind kind_of_archive(std::string_view head) {
  if (contains(head, "word/") || contains(head, "opendocument.text"))
    return {"text document", "", FileContent::no_text};
  if (contains(head, "ppt/") || contains(head, "opendocument.presentation"))
    return {"presentation", "", FileContent::no_text};
  if (contains(head, "opendocument.spreadsheet"))
    return {"spreadsheet document (ods)", "", FileContent::table};
  if (contains(head, "xl/")) return {"spreadsheet document (xlsx)", "", FileContent::table};
  if (contains(head, "[Content_Types].xml") || contains(head, "mimetypeapplication/vnd.oasis"))
    return {"spreadsheet document", "", FileContent::table};
  return {"ZIP archive", "", FileContent::no_text};
}

/// Whether no text has so many zeros and other control characters.
bool is_binary(std::string_view head) {
  constexpr std::size_t enough = 64;
  constexpr std::size_t one_in = 10;
  const auto is_odd = [](char c) { return c >= 0 && c < ' ' && !is_white_space(c); };
  const auto odd = static_cast<std::size_t>(std::count_if(head.begin(), head.end(), is_odd));
  return head.size() >= enough && contains(head, std::string_view("\0", 1)) && odd * one_in > head.size();
}

/// Text in UTF-16 without a byte order mark: every other byte of what is ASCII is 0.
std::optional<FileKind> kind_of_wide_text(std::string_view head) {
  constexpr std::size_t enough = 256;
  const std::string_view sample = head.substr(0, std::min(head.size(), enough) & ~std::size_t{1});
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < sample.size(); ++i) zeros[i % 2] += sample[i] == '\0' ? 1 : 0;
  const std::size_t most = sample.size() / 2;
  if (most < 2) return std::nullopt;
  if (zeros[0] == 0 && zeros[1] * 2 > most) return FileKind{"UTF-16 file", "utf-16le", FileContent::text};
  if (zeros[1] == 0 && zeros[0] * 2 > most) return FileKind{"UTF-16 file", "utf-16be", FileContent::text};
  return std::nullopt;
}

std::string_view without_white_space_before(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const auto first = std::find_if_not(text.begin(), text.end(), is_white_space);
  return text.substr(static_cast<std::size_t>(first - text.begin()));
}

}  // namespace

bool begins_as_html(std::string_view head) {
  constexpr std::size_t longest = 16;
  const std::string first = lower_case(without_white_space_before(head).substr(0, longest));
  constexpr std::array<std::string_view, 12> tags = {"<!doctype html", "<html",   "<head",  "<body",
                                                     "<meta",          "<table",  "<style", "<script",
                                                     "<title",         "<iframe", "<div",   "<!--"};
  return std::any_of(tags.begin(), tags.end(), [&](std::string_view tag) { return first.starts_with(tag); });
}

std::optional<FileKind> recognise_file(std::string_view head) {
  for (const Beginning& beginning : beginnings) {
    if (head.starts_with(beginning.bytes)) return beginning.kind;
  }
  if (head.starts_with("PK\x03\x04")) return kind_of_archive(head);
  if (const auto wide = kind_of_wide_text(head)) return wide;
  if (begins_as_html(head)) return FileKind{"HTML page", "", FileContent::table};
  if (without_white_space_before(head).starts_with("<?xml")) {
    if (contains(head, "office:spreadsheet") || contains(head, "opendocument"))
      return FileKind{"spreadsheet document (XML)", "", FileContent::table};
    return FileKind{"XML document", "", FileContent::no_text};
  }
  if (is_binary(head)) return FileKind{"binary file", "", FileContent::no_text};
  return std::nullopt;
}

bool is_probably_windows_1252(std::string_view text) {
  bool has_other = false;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = take_code_point(text);
    const std::size_t length = before.size() - text.size();
    if (length > 1) return false;
    if (c < 0x80) continue;
    constexpr std::string_view without_character = "\x81\x8D\x8F\x90\x9D";
    if (without_character.find(before.front()) != std::string_view::npos) return false;
    has_other = true;
  }
  return has_other;
}

}  // namespace covenant
