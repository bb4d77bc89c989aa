#include "core/model/personal_place.hpp"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "core/model/text.hpp"
#include "core/text/escape.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

Result<SoughtPerson> SoughtPerson::parse(std::string_view text) {
  auto name = PersonText::parse(text);
  if (!name) return std::move(name).problem();
  constexpr int fewest = 3;
  int letters = 0;
  for (std::string_view rest = name->str(); !rest.empty();) {
    if (u_isalpha(static_cast<UChar32>(take_code_point(rest))) != 0) ++letters;
  }
  if (letters < fewest) {
    return Problem::of(
        ProblemCode::too_short, text,
        fmt::format("{} is too short; write an e-mail address or a name of at least {} letters",
                    in_quotes(text), fewest));
  }
  return SoughtPerson(name->str());
}

}  // namespace covenant
