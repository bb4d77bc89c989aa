#pragma once

#include <optional>

#include "core/model/date.hpp"
#include "core/model/end_reason.hpp"
#include "core/model/form.hpp"
#include "core/model/partner_id.hpp"
#include "core/model/status.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// An organisation in the registry, whatever its status.
struct Partner {
  PartnerId id;
  Application application;
  Status status;
  std::optional<Date> verified_on{};    ///< the last verification of the present application
  std::optional<Date> approved_on{};    ///< the day the present or last partnership became official
  std::optional<Date> partner_since{};  ///< the first joining day, kept over an ending
  std::optional<Date> ended_on{};       ///< absent again after a new application
  std::optional<EndReason> end_reason{};
  std::optional<Note> end_note{};
  std::optional<PartnerId> successor{};
  std::optional<Date> contact_erased_on{};

  friend bool operator==(const Partner&, const Partner&) = default;
};

}  // namespace covenant
