#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/model/criteria.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What is said of a joining; what is left out is absent.
struct StatedJoining {
  std::optional<std::string> document{};  ///< its SHA-256
  std::optional<Remark> exception{};
  std::optional<Date> received_on{};
  std::optional<Date> signed_on{};
  std::optional<PersonText> signed_by{};
};

/// Whether the partner is listed and its present joining is as it is said; what is left out is not compared.
bool is_so(Read& read, const Partner& partner, const StatedJoining& joining);

/// What is said of an ending.
struct StatedEnding {
  Status status;  ///< that it led to
  std::optional<Date> on{};
  std::optional<EndReason> reason{};
  std::optional<Remark> note{};
  std::optional<PartnerId> successor{};
};

/// Whether the partner's involvement ended as it is said.
bool is_so(const Partner& partner, const StatedEnding& ending);

/// What people found, and what they consulted.
struct StatedFindings {
  Overrides overrides{};
  std::vector<Remark> sources{};

  bool says_nothing() const;
};

/// Whether the last verification has all that is said, which has to be something, and the criteria would
/// still decide the same.
bool is_so(Read& read, const Partner& partner, const StatedFindings& stated);

}  // namespace covenant
