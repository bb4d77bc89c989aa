#include "core/text/icu_memory.hpp"

#include <unicode/uclean.h>

#include <cstdlib>
#include <new>

namespace covenant {

namespace {

void* demanded(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void* allocate(const void* /*context*/, std::size_t size) {
  return demanded(std::malloc(size));  // NOLINT(cppcoreguidelines-no-malloc): what ICU expects
}

void* reallocate(const void* /*context*/, void* memory, std::size_t size) {
  return demanded(std::realloc(memory, size));  // NOLINT(cppcoreguidelines-no-malloc): what ICU expects
}

void release(const void* /*context*/, void* memory) {
  std::free(memory);  // NOLINT(cppcoreguidelines-no-malloc): what ICU expects
}

}  // namespace

void let_icu_demand_memory() {
  UErrorCode ignored = U_ZERO_ERROR;
  u_setMemoryFunctions(nullptr, allocate, reallocate, release, &ignored);
}

}  // namespace covenant
