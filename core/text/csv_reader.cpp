#include "core/text/csv_reader.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "core/text/ascii.hpp"

namespace covenant {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view unclosed = "quoted field is never closed; add '\"'";
constexpr std::size_t block_size = std::size_t{256} * 1024;

/// A field by its place in the buffer, or in the text of fields that had doubled quotes.
struct Span {
  std::size_t raw_begin;
  std::size_t raw_end;
  std::size_t begin;
  std::size_t end;
  bool was_unescaped;
  std::uint64_t line;
};

enum class Scan { complete, needs_more, malformed };

std::uint64_t line_feeds(std::string_view text) {
  std::uint64_t count = 0;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) ++count;
  return count;
}

/// As much of a text as a message has use for, never a part of a character.
std::string_view head_of(std::string_view text) {
  constexpr std::size_t enough = 200;
  return cut(text, enough);
}

}  // namespace

struct CsvReader::State {
  State(ByteSource bytes, char separator) : source(std::move(bytes)), delimiter(separator) {
    for (const char c : {separator, '"', '\r', '\n'}) ends_plain[static_cast<unsigned char>(c)] = true;
  }

  ByteSource source;
  char delimiter;
  std::array<bool, 256> ends_plain{};  ///< bytes that end the run of an unquoted field

  std::string buffer;
  std::size_t begin = 0;  ///< where the next record begins in the buffer
  bool at_end = false;
  bool is_first = true;
  std::uint64_t next_line = 1;
  std::uint64_t empty_lines = 0;

  std::vector<Span> spans;
  std::string unescaped;
  std::vector<CsvField> fields;
  std::string_view raw;
  std::string_view line_end;
  std::uint64_t line = 0;
  Problem problem;

  std::size_t position = 0;     ///< of the scan, from `begin`
  std::uint64_t scan_line = 0;  ///< the line that the scan has reached

  /// The quoted field of which no end has been read yet.
  struct OpenField {
    std::size_t begin;
    std::uint64_t line;
  };
  std::optional<OpenField> open_field;

  std::string_view rest() const { return std::string_view(buffer).substr(begin); }
  void read_more();
  Scan scan_record(std::string_view text);
  Scan scan_field(std::string_view text);
  Scan scan_plain(std::string_view text);
  Scan scan_quoted(std::string_view text);
  Scan end_of_field(std::string_view text);
  Scan fail(std::string_view message, std::uint64_t at_line, std::size_t field, std::string_view text);
  Scan fail_unclosed(std::string_view message, std::uint64_t opened_on, std::size_t field,
                     std::string_view text);
  Scan fail_too_long(std::string_view text);
  void finish(Scan scan, std::string_view text);
  bool skip_empty_line();

  bool record_ended = false;
};

void CsvReader::State::read_more() {
  buffer.erase(0, begin);
  begin = 0;
  // A long record is scanned again for each piece that comes: so that this stays linear, what is there
  // doubles.
  const std::size_t size = buffer.size();
  const std::size_t least = size < block_size ? 1 : size;
  const std::size_t most = std::max(block_size, size);
  buffer.resize(size + most);
  std::size_t got = 0;
  while (got < least && !at_end) {
    const std::size_t count = source(buffer.data() + size + got, most - got);
    at_end = count == 0;
    got += count;
  }
  buffer.resize(size + got);
}

/// `position` is where the trouble is; `field` is where the field in trouble begins. What is offending goes
/// from there to the end of the line.
Scan CsvReader::State::fail(std::string_view message, std::uint64_t at_line, std::size_t field,
                            std::string_view text) {
  const std::size_t line_feed = text.find('\n', position);
  if (line_feed == std::string_view::npos && !at_end) return Scan::needs_more;
  position = line_feed == std::string_view::npos ? text.size() : line_feed;
  std::string_view value = text.substr(field, position - field);
  if (value.ends_with('\r')) value.remove_suffix(1);
  problem = {ProblemCode::quote, std::string(head_of(value)), std::string(message), "", at_line};
  spans.clear();
  return Scan::malformed;
}

/// A quote that is never closed would swallow every row up to the next quote. It costs its own line only:
/// what is offending ends with the line on which the field was opened.
Scan CsvReader::State::fail_unclosed(std::string_view message, std::uint64_t opened_on, std::size_t field,
                                     std::string_view text) {
  position = field;
  return fail(message, opened_on, field, text);
}

Scan CsvReader::State::fail_too_long(std::string_view text) {
  constexpr std::string_view message = "a record does not end within 4 MiB; is a closing quote missing?";
  if (open_field && text.find('\n', open_field->begin) != std::string_view::npos)
    return fail_unclosed(message, open_field->line, open_field->begin, text);
  at_end = true;
  position = text.size();
  return fail(message, next_line, 0, text);
}

Scan CsvReader::State::end_of_field(std::string_view text) {
  if (position == text.size()) {
    if (!at_end) return Scan::needs_more;
    record_ended = true;
    return Scan::complete;
  }
  if (text[position] == delimiter) {
    ++position;
    return Scan::complete;
  }
  record_ended = true;
  if (text[position] == '\n') return Scan::complete;
  if (text[position] == '\r') {
    if (position + 1 == text.size() && !at_end) return Scan::needs_more;
    if (position + 1 < text.size() && text[position + 1] == '\n') return Scan::complete;
    return fail("carriage return without a line feed; lines end with LF or CRLF", scan_line,
                spans.back().raw_begin, text);
  }
  const Span& field = spans.back();
  if (field.line != scan_line) return fail_unclosed(unclosed, field.line, field.raw_begin, text);
  return fail("text after a closing quote; a quote inside a quoted field is doubled", scan_line,
              field.raw_begin, text);
}

Scan CsvReader::State::scan_plain(std::string_view text) {
  const std::size_t start = position;
  while (position < text.size() && !ends_plain[static_cast<unsigned char>(text[position])]) ++position;
  if (position < text.size() && text[position] == '"') {
    return fail("a quote inside a field that is not quoted; quote the field and double the quote", scan_line,
                start, text);
  }
  spans.push_back({start, position, start, position, false, scan_line});
  return end_of_field(text);
}

Scan CsvReader::State::scan_quoted(std::string_view text) {
  const std::size_t start = position;
  const std::uint64_t opened_on = scan_line;
  const std::size_t copied = unescaped.size();
  bool doubled = false;
  std::size_t piece = ++position;
  for (;;) {
    const std::size_t quote = text.find('"', position);
    if (quote == std::string_view::npos) {
      open_field = {start, opened_on};
      return at_end ? fail_unclosed(unclosed, opened_on, start, text) : Scan::needs_more;
    }
    scan_line += line_feeds(text.substr(position, quote - position));
    position = quote + 1;
    if (position == text.size() && !at_end) return Scan::needs_more;
    if (position == text.size() || text[position] != '"') break;
    unescaped.append(text.substr(piece, position - piece));
    piece = ++position;
    doubled = true;
  }
  const std::size_t end = position - 1;
  if (doubled) {
    unescaped.append(text.substr(piece, end - piece));
    spans.push_back({start, position, copied, unescaped.size(), true, opened_on});
  } else {
    spans.push_back({start, position, start + 1, end, false, opened_on});
  }
  return end_of_field(text);
}

Scan CsvReader::State::scan_field(std::string_view text) {
  if (position == text.size() && !at_end) return Scan::needs_more;
  return position < text.size() && text[position] == '"' ? scan_quoted(text) : scan_plain(text);
}

Scan CsvReader::State::scan_record(std::string_view text) {
  position = 0;
  record_ended = false;
  open_field.reset();
  scan_line = next_line;
  spans.clear();
  unescaped.clear();
  while (!record_ended) {
    if (spans.size() == most_fields)
      return fail("record of more than 1024 fields; quote fields that contain the delimiter", next_line, 0,
                  text);
    const Scan scan = scan_field(text);
    if (scan != Scan::complete) return scan;
  }
  return Scan::complete;
}

void CsvReader::State::finish(Scan scan, std::string_view text) {
  std::size_t end = position;
  if (end < text.size() && text[end] == '\n' && end > 0 && text[end - 1] == '\r') --end;
  std::size_t after = end;
  if (after < text.size() && text[after] == '\r') ++after;
  if (after < text.size() && text[after] == '\n') ++after;
  raw = text.substr(0, end);
  line_end = text.substr(end, after - end);
  line = next_line;
  fields.clear();
  for (const Span& span : spans) {
    const std::string_view from = span.was_unescaped ? std::string_view(unescaped) : text;
    fields.push_back({from.substr(span.begin, span.end - span.begin),
                      text.substr(span.raw_begin, span.raw_end - span.raw_begin), span.line});
  }
  // A field that is malformed may end on a line that the scan has not come to.
  next_line = scan == Scan::complete ? scan_line + (line_end.empty() ? 0 : 1)
                                     : next_line + line_feeds(text.substr(0, after));
  begin += after;
}

bool CsvReader::State::skip_empty_line() {
  const std::string_view text = rest();
  if (text.starts_with("\n")) {
    ++begin;
  } else if (text.starts_with("\r\n")) {
    begin += 2;
  } else {
    return false;
  }
  ++next_line;
  ++empty_lines;
  return true;
}

CsvReader::CsvReader(ByteSource source, char delimiter)
    : state_(std::make_unique<State>(std::move(source), delimiter)) {}

CsvReader::~CsvReader() = default;

CsvResult CsvReader::next() {
  State& s = *state_;
  for (;;) {
    // Two bytes show an empty line, three the mark at the start.
    while (!s.at_end && s.rest().size() < byte_order_mark.size()) s.read_more();
    if (std::exchange(s.is_first, false) && s.rest().starts_with(byte_order_mark)) {
      s.begin += byte_order_mark.size();
      continue;
    }
    if (s.skip_empty_line()) continue;
    if (s.rest().empty()) return CsvResult::end;
    Scan scan = s.scan_record(s.rest());
    const std::size_t size = scan == Scan::needs_more ? s.rest().size() : s.position;
    if (size > largest_record) {
      scan = s.fail_too_long(s.rest());
    } else if (scan == Scan::needs_more) {
      s.read_more();
      continue;
    }
    s.finish(scan, s.rest());
    return scan == Scan::complete ? CsvResult::record : CsvResult::malformed;
  }
}

const std::vector<CsvField>& CsvReader::fields() const {
  return state_->fields;
}

std::string_view CsvReader::raw() const {
  return state_->raw;
}

std::uint64_t CsvReader::line() const {
  return state_->line;
}

std::string_view CsvReader::line_end() const {
  return state_->line_end;
}

const Problem& CsvReader::problem() const {
  return state_->problem;
}

std::uint64_t CsvReader::empty_lines() const {
  return state_->empty_lines;
}

}  // namespace covenant
