#include "core/store/bulk/partner_keys.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

using namespace covenant;

namespace {

std::vector<std::int64_t> found(const PartnerKeys& keys, KeyKind kind, std::int64_t key) {
  std::vector<std::int64_t> ids;
  keys.find(kind, key, [&](PartnerId id) {
    ids.push_back(id.number());
    return false;
  });
  return ids;
}

}  // namespace

TEST_CASE(
    "partners of one key are found in the order in which they were added, however many, and others too") {
  constexpr std::int64_t count = 20'000;
  PartnerKeys keys(count);
  for (std::int64_t id = 1; id <= count; ++id) {
    REQUIRE(!keys.is_too_small_for(PartnerId(id)));
    keys.add({PartnerId(id), std::nullopt, 7 * id, 42, id % 2 == 0 ? std::optional(id) : std::nullopt});
  }
  const auto of_one_host = found(keys, KeyKind::host, 42);
  REQUIRE(of_one_host.size() == count);
  for (std::int64_t id = 1; id <= count; ++id) {
    CHECK(of_one_host[static_cast<std::size_t>(id - 1)] == id);
    const auto of_name = found(keys, KeyKind::name, 7 * id);
    CHECK(std::count(of_name.begin(), of_name.end(), id) == 1);
  }
  CHECK(keys.is_too_small_for(PartnerId(2 * count)));
}

TEST_CASE("few keys are in few slots, and a key that nobody has is not found") {
  PartnerKeys keys(1);
  CHECK(found(keys, KeyKind::name, 1).empty());
  keys.add({PartnerId(1), 5, 5, 5, 5});
  CHECK(found(keys, KeyKind::reference, 5) == std::vector<std::int64_t>{1});
}
