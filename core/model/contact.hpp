#pragma once

#include <optional>

#include "core/model/email.hpp"
#include "core/model/phone.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// The person between the European Commission and the office. Personal data: never public, never in an event
/// in the clear, and can be erased.
struct Contact {
  PersonText name;
  std::optional<PersonText> role;
  Email email;
  std::optional<Phone> phone;

  friend bool operator==(const Contact&, const Contact&) = default;
};

}  // namespace covenant
