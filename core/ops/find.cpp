#include "core/ops/find.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "core/base/error.hpp"
#include "core/model/text.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::optional<Partner> find(Read& read, std::string_view ref) {
  if (const auto id = PartnerId::parse(ref)) return find_partner(read, *id);
  const auto reference = Reference::parse(ref);
  if (!reference) return std::nullopt;
  return find_partner(read, *reference);
}

}  // namespace

std::variant<Partner, Problem> find_by_ref(Read& read, std::string_view ref) {
  if (auto partner = find(read, trimmed(ref))) return *std::move(partner);
  return Problem::of(
      ProblemCode::partner, ref,
      fmt::format("no partner '{}'; write an id like AP-0031 or a reference", for_terminal(ref)), "partner");
}

Partner require_by_ref(Read& read, std::string_view ref) {
  auto found = find_by_ref(read, ref);
  if (const auto* problem = std::get_if<Problem>(&found)) throw Error(ErrorKind::not_found, problem->message);
  return std::get<Partner>(std::move(found));
}

}  // namespace covenant
