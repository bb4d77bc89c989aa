#include "core/store/stored_text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <optional>

#include "core/base/error.hpp"
#include "core/model/stored_text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// Columns that every row has; a contact may be erased, and there may be no practices.
bool is_required(Column column) {
  const FieldInfo& info = info_of(column);
  return !info.is_optional && !info.is_of_contact && info.shape != ColumnShape::practices;
}

[[noreturn, gnu::noinline]] void refuse(Column column, std::string_view text) {
  damaged(fmt::format("a partner has the {} {}", code_of(column), in_quotes(text)));
}

/// The column's value, of the right type; nothing where it is absent and may be.
std::optional<std::string_view> value_of(const Query& row, int at, Column column) {
  const auto [type, text] = row.value(at);
  if (type == SQLITE_NULL && !is_required(column)) return std::nullopt;
  const int wanted = shape_of(column) == ColumnShape::number ? SQLITE_INTEGER : SQLITE_TEXT;
  if (type != wanted) refuse(column, text);
  return text;
}

}  // namespace

std::int64_t stored_number(const Query& row, int at) {
  constexpr std::int64_t largest = (std::int64_t{1} << 53U) - 1;
  const std::int64_t number = row.integer(at);
  if (row.type(at) != SQLITE_INTEGER || number < 1 || number > largest)
    damaged(fmt::format("{} is not the number of a row", number));
  return number;
}

PartnerId stored_id(const Query& row, int at) {
  return PartnerId(stored_number(row, at));
}

std::string_view text_of_type(const Query& row, int at, Column column) {
  return value_of(row, at, column).value_or(std::string_view());
}

std::string_view stored_text(const Query& row, int at, Column column) {
  const auto text = value_of(row, at, column);
  if (text && !could_be_stored(column, *text)) refuse(column, *text);
  return text.value_or(std::string_view());
}

Name stored_name(const Query& row, int at) {
  return stored(read_back<Name>(stored_text(row, at, "name"_column)));
}

}  // namespace covenant
