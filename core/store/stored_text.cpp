#include "core/store/stored_text.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

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
  damaged(fmt::format("a partner has the {} '{}'", code_of(column), for_terminal(text)));
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

std::string_view stored_text(const Query& row, int at, Column column) {
  const auto [type, text] = row.value(at);
  if (type == SQLITE_NULL && !is_required(column)) return {};
  const int wanted = shape_of(column) == ColumnShape::number ? SQLITE_INTEGER : SQLITE_TEXT;
  if (type == wanted && could_be_stored(column, text)) return text;
  refuse(column, text);
}

}  // namespace covenant
