#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/instant.hpp"

namespace covenant {

/// Where the actor's name came from.
enum class ActorSource { option, environment, settings, login, sudo };

template <>
struct Codes<ActorSource> {
  static constexpr std::array<std::string_view, 5> codes = {"option", "environment", "settings", "login",
                                                            "sudo"};
};

/// Who recorded an event.
struct Person {
  std::string actor;
  std::int64_t uid;
};

/// Whether two names are the same but for case, accents and punctuation, or two user ids are those of one
/// person. Root and system accounts are no person's: there the names decide. Source: covenant-lifecycle(7),
/// COMMITMENT.
bool is_same_person(const Person& a, const Person& b);

/// Whether somebody vouches for a clock that contradicts the history.
enum class ClockTrust { ordinary, confirmed };

/// Who does something and when: the part of an event that does not depend on what is done. Read once by the
/// caller, since core has no clock.
struct Deed {
  Instant at;
  std::string actor;
  ActorSource actor_source;
  std::int64_t uid;        ///< numeric user id of the process
  std::string run;         ///< the id that all events of one command share: 16 hexadecimal digits
  Date today = at.date();  ///< the office's day: in UTC, unless it has a time zone
  ClockTrust clock = ClockTrust::ordinary;
};

inline Person person_of(const Deed& deed) {
  return {deed.actor, deed.uid};
}

}  // namespace covenant
