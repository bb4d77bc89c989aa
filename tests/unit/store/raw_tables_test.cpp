#include "core/store/raw_tables.hpp"

#include <doctest/doctest.h>

#include <new>

namespace covenant {

TEST_CASE("a page that there was no memory for is no damage of the file") {
  CHECK_THROWS_AS(demand_memory("*** in database main ***\nPage 7: unable to get the page. error code=7"),
                  std::bad_alloc);
  CHECK_NOTHROW(demand_memory("*** in database main ***\nPage 7: unable to get the page. error code=11"));
  CHECK_NOTHROW(demand_memory("ok"));
}

}  // namespace covenant
