#include "cli/choices.hpp"

#include <charconv>

#include "core/text/escape.hpp"

namespace covenant {

std::optional<Date> parse_past_option(const std::string& option, const std::optional<std::string>& text,
                                      Date today) {
  if (!text) return std::nullopt;
  const auto parsed = parse_past_date(*text, today);
  if (!parsed) throw Error(ErrorKind::bad_input, option + ": " + parsed.problem().message);
  return *parsed;
}

std::uint64_t parse_count_or(const std::string& option, const std::optional<std::string>& text,
                             std::uint64_t otherwise) {
  if (!text) return otherwise;
  std::uint64_t number = 0;
  const char* end = text->data() + text->size();
  const auto [rest, error] = std::from_chars(text->data(), end, number);
  if (error != std::errc() || rest != end || text->empty()) {
    throw Error(ErrorKind::usage, option + ": '" + for_terminal(*text) + "' is not a whole number");
  }
  return number;
}

}  // namespace covenant
