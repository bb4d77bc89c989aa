#include "core/text/csv_header.hpp"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/text/ascii.hpp"
#include "core/text/csv_reader.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::string_view delimiters = ",;\t";

bool separates_words(UChar32 c) {
  const auto type = u_charType(c);
  return u_isUWhiteSpace(c) != 0 || type == U_DASH_PUNCTUATION || type == U_CONNECTOR_PUNCTUATION ||
         u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

std::size_t known_names(std::string_view head, char delimiter, const std::vector<std::string>& known) {
  CsvReader reader(
      [head, given = std::size_t{0}](char* buffer, std::size_t size) mutable {
        const std::size_t count = head.substr(given).copy(buffer, size);
        given += count;
        return count;
      },
      delimiter);
  for (CsvResult found = reader.next(); found != CsvResult::end; found = reader.next()) {
    if (separator_of(reader.raw())) continue;
    const auto& fields = reader.fields();
    const auto has_name = [](const CsvField& field) { return !folded_column_name(field.text).empty(); };
    if (found == CsvResult::record && std::none_of(fields.begin(), fields.end(), has_name)) continue;
    return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), [&](const CsvField& field) {
      return std::find(known.begin(), known.end(), folded_column_name(field.text)) != known.end();
    }));
  }
  return 0;
}

}  // namespace

std::string folded_column_name(std::string_view name) {
  std::string folded;
  while (!name.empty()) {
    const std::string_view before = name;
    const char32_t c = take_code_point(name);
    if (separates_words(static_cast<UChar32>(c))) continue;
    for (const char byte : before.substr(0, before.size() - name.size())) folded += lower_case(byte);
  }
  return folded;
}

std::optional<char> separator_of(std::string_view line) {
  std::string bare;
  std::copy_if(line.begin(), line.end(), std::back_inserter(bare),
               [](char c) { return c != '"' && c != '\r'; });
  constexpr std::string_view key = "sep=";
  if (bare.size() <= key.size() || lower_case(bare.substr(0, key.size())) != key) return std::nullopt;
  const std::string_view rest = std::string_view(bare).substr(key.size());
  const bool is_escaped_tab = rest.starts_with("\\t");
  const auto is_filling = [](char c) { return c == ' ' || delimiters.find(c) != std::string_view::npos; };
  if (!std::all_of(rest.begin() + (is_escaped_tab ? 2 : 1), rest.end(), is_filling)) return std::nullopt;
  return is_escaped_tab ? '\t' : rest.front();
}

char detect_delimiter(std::string_view head, const std::vector<std::string_view>& known) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (head.starts_with(byte_order_mark)) head.remove_prefix(byte_order_mark.size());
  std::vector<std::string> names;
  std::transform(known.begin(), known.end(), std::back_inserter(names), folded_column_name);
  const auto named = separator_of(head.substr(0, head.find('\n')));
  char best = ',';
  std::size_t most = 0;
  for (const char delimiter : delimiters) {
    const std::size_t found = known_names(head, delimiter, names);
    if (found > 0 && delimiter == named) return delimiter;
    if (found <= most) continue;
    best = delimiter;
    most = found;
  }
  return best;
}

}  // namespace covenant
