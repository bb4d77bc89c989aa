#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/byte_source.hpp"
#include "core/base/result.hpp"

namespace covenant {

/// One field of a record. The views are valid until the next record is read.
struct CsvField {
  std::string_view text;   ///< the value: quotes taken off, doubled quotes made single
  std::string_view raw;    ///< the bytes as they are in the file, quotes included
  std::uint64_t line = 0;  ///< line of the file on which the field begins, from 1
};

/// What one call of `CsvReader::next` found.
enum class CsvResult { record, malformed, end };

/// Reads RFC 4180 strictly, one record at a time, in memory that does not grow with the file.
/// Records end with LF or CRLF; a UTF-8 byte order mark at the start is passed over; empty lines are passed
/// over. A quote inside an unquoted field, text after a closing quote, a lone CR, and a quoted field that
/// never ends are malformed; a field that ends on a later line with text after its closing quote is taken for
/// one that never ends. Source: RFC 4180 section 2, with LF allowed for CRLF.
class CsvReader {
 public:
  static constexpr std::size_t largest_record = std::size_t{4} * 1024 * 1024;
  static constexpr std::size_t most_fields = 1024;

  CsvReader(ByteSource source, char delimiter);
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;
  ~CsvReader();

  /// Reads the next record into `fields` and `raw`. `malformed` leaves the reason in `problem` (code `quote`,
  /// with the line it was found on; a field that never ends: the line it was opened on) and no fields, and
  /// goes on after that line. A record longer than `largest_record` is malformed; it ends the file unless a
  /// field that never ends is the reason. So is a record of more than `most_fields` fields.
  CsvResult next();

  const std::vector<CsvField>& fields() const;
  /// The record's bytes as they are in the file, without its line end.
  std::string_view raw() const;
  /// The line of the file on which the record begins, from 1.
  std::uint64_t line() const;
  /// The record's line end: "\n", "\r\n", or empty at the end of a file that does not end its last line.
  std::string_view line_end() const;
  const Problem& problem() const;
  /// How many empty lines were passed over so far.
  std::uint64_t empty_lines() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace covenant
