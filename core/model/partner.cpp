#include "core/model/partner.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <utility>

#include "core/model/form.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"

namespace covenant {

std::optional<PartnerId> PartnerId::parse(std::string_view text) {
  if (text.size() > 3 && lower_case(text.substr(0, 3)) == "ap-") text.remove_prefix(3);
  if (text.empty() || !is_digit(text.front())) return std::nullopt;
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end) return std::nullopt;
  return PartnerId(number);
}

std::string PartnerId::str() const {
  std::string digits = std::to_string(number_);
  constexpr std::size_t fewest = 4;
  if (digits.size() < fewest) digits.insert(0, fewest - digits.size(), '0');
  return "AP-" + digits;
}

Result<PartnerId> FieldType<PartnerId>::parse(std::string_view text, Strictness /*strictness*/) {
  if (const auto id = PartnerId::parse(text)) return *id;
  return Problem::of(ProblemCode::partner, text, fmt::format("{} is not an id", revealed_in_quotes(text)));
}

namespace {

using View = std::string_view (*)(const Partner&, std::string& made);

template <std::size_t index>
std::string_view view_at(const Partner& partner, std::string& made) {
  constexpr auto member = std::get<index>(column_list).member;
  using Type = FieldType<typename MemberTraits<std::remove_const_t<decltype(member)>>::Value>;
  const auto* value = value_at(partner, member);
  return value == nullptr ? std::string_view() : Type::view(*value, made);
}

template <std::size_t... indexes>
constexpr std::array<View, column_count> views_of(std::index_sequence<indexes...> /*all*/) {
  return {view_at<indexes>...};
}

constexpr std::array<View, column_count> views = views_of(std::make_index_sequence<column_count>());

}  // namespace

std::string_view column_view(const Partner& partner, Column column, std::string& made) {
  return views[index_of(column)](partner, made);
}

std::optional<std::string> column_text(const Partner& partner, Column column) {
  std::string made;
  const std::string_view text = column_view(partner, column, made);
  if (text.empty()) return std::nullopt;
  return std::string(text);
}

}  // namespace covenant
