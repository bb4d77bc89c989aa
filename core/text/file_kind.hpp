#pragma once

#include <optional>
#include <string_view>

namespace covenant {

/// What a file contains that is not text in UTF-8.
enum class FileContent {
  text,     ///< text in another encoding
  nothing,  ///< no line at all
  table,    ///< a table that a spreadsheet program can save as CSV
  no_text   ///< anything else
};

/// A kind of file.
struct FileKind {
  std::string_view name;      ///< for people: "UTF-16 file", "spreadsheet document (xlsx)"
  std::string_view encoding;  ///< of text, as converters call it: "utf-16"
  FileContent content;
};

/// What a file that begins with `head` is, when it is certainly no text in UTF-8, or is HTML. Sources: RFC
/// 2781 section 3.2 (byte order marks); PKWARE APPNOTE section 4.3.7 (zip, which xlsx and ods are);
/// [MS-CFB] section 2.2 (xls).
std::optional<FileKind> recognise_file(std::string_view head);

/// Whether a text begins as an HTML page does, white space aside. Source: WHATWG, MIME Sniffing, section 7.1.
bool begins_as_html(std::string_view head);

/// Whether text that is not UTF-8 is probably Windows-1252: nothing in it is UTF-8 beyond ASCII, and every
/// byte has a character there.
bool is_probably_windows_1252(std::string_view text);

}  // namespace covenant
