#include "core/model/deed.hpp"

#include "core/text/folding.hpp"

namespace covenant {

namespace {

/// Accounts of people begin here; below are root and the system's own. Source: Debian Policy section 9.2.2.
constexpr std::int64_t first_person_uid = 1000;

}  // namespace

bool is_same_person(const Person& a, const Person& b) {
  return (a.uid >= first_person_uid && a.uid == b.uid) || similarity_key(a.actor) == similarity_key(b.actor);
}

}  // namespace covenant
