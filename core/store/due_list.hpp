#pragma once

#include <array>
#include <chrono>
#include <functional>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/date.hpp"
#include "core/model/partner.hpp"
#include "core/model/text.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What needs attention. Source: covenant-due(1).
enum class Due {
  verification,
  answer,
  statement,
  commitment,
  renewal,
  practices,
  contact,
  eligibility,
  website,
  retention
};

template <>
struct Codes<Due> {
  static constexpr std::array<std::string_view, 10> codes = {
      "verification", "answer",  "statement",   "commitment", "renewal",
      "practices",    "contact", "eligibility", "website",    "retention"};
};

/// After how many days something is due.
struct DueTerms {
  std::chrono::days commitment{30};  ///< that the statement has been out
  std::chrono::days renewal{730};    ///< since a listed partner joined or renewed
  std::chrono::days practices{365};  ///< since a listed partner without practices joined
  std::chrono::days retention{730};  ///< that a contact is kept which is no longer needed
};

/// The contact that something due is about.
enum class DueContact {
  present,
  none,    ///< of `statement`: nobody can be written to
  former,  ///< of `retention`: that of a listed partner, which another one replaced
};

/// A partner and what it needs.
struct DueItem {
  PartnerId partner;
  Name name;
  Due what;
  Date since;  ///< since when it waits
  DueContact contact = DueContact::present;
};

/// What is due by the end of `until` as far as the rows of the partners and of their links say:
/// verifications, renewals, practices, contacts and websites.
void for_each_due_row(Read& read, Date until, const DueTerms& terms,
                      const std::function<void(const DueItem&)>& visit);

/// A partner whose application was decided and that did not join yet.
struct DecidedPartner {
  PartnerId id;
  Name name;
  Status status;  ///< eligible or ineligible
  Date verified_on;
  DueContact contact;
};

/// Visits the partners that are eligible or ineligible, by their ids.
void for_each_decided(Read& read, const std::function<void(const DecidedPartner&)>& visit);

/// How the last check of a listed partner came out.
enum class LastCheck { passed, failed };

/// Visits the listed partners by their ids.
void for_each_listed(Read& read, const std::function<void(const Partner&, LastCheck)>& visit);

}  // namespace covenant
