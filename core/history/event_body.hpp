#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.hpp"
#include "core/history/event_texts.hpp"
#include "core/model/commitment.hpp"
#include "core/model/criteria.hpp"
#include "core/model/deed.hpp"
#include "core/model/ended.hpp"
#include "core/model/evidence.hpp"
#include "core/model/letter.hpp"
#include "core/model/partner.hpp"
#include "core/model/policy.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

/// What an event says was done; the code is its `action`.
enum class Action {
  apply,
  update,
  verify,
  approve,
  revoke,
  withdraw,
  erase,
  renew,
  note,
  correct,
  undo,
  letter,
  evidence
};

template <>
struct Codes<Action> {
  static constexpr std::array<std::string_view, 13> codes = {
      "apply", "update", "verify",  "approve", "revoke", "withdraw", "erase",
      "renew", "note",   "correct", "undo",    "letter", "evidence"};
};

/// The texts of an event that remain where others of it are erased.
struct RemainingTexts {
  std::int64_t of;  ///< the event that set them
  TextValues texts;
};

struct EventRecord;
struct Undoing;

/// One change of one partner, as a command decides it: the partner before and after, and what it rests on.
struct Change {
  Action action;
  const Partner* before = nullptr;  ///< none for a new partner
  const Partner& after;
  const Verification* verification = nullptr;  ///< there with `verify`
  const Commitment* commitment = nullptr;  ///< there with `approve`, and perhaps with `renew` and `correct`
  const Ended* ending = nullptr;           ///< corrected, perhaps there with `correct`
  const Policies* policies = nullptr;  ///< in force, there with `approve`, and where evidence is corrected
  const Remark* note = nullptr;        ///< there with `note`, and perhaps with `renew`
  const Remark* because = nullptr;     ///< there with `correct`, and where a document is erased
  const Letter* letter = nullptr;      ///< there with `letter`
  const std::vector<SealedName>* erased = nullptr;  ///< there with `erase`: what goes
  const FurtherDocument* further = nullptr;         ///< there with `evidence`, unless a document is erased
  const ErasedDocument* erased_document = nullptr;  ///< there with `evidence`, unless one is added
  const RemainingTexts* remaining = nullptr;        ///< what of it is sealed again
  const Undoing* undoes = nullptr;                  ///< there with `undo`
  const EventRecord* record = nullptr;              ///< the event of a change that is read back
};

/// Whether the change ends a partnership that was entered in error, which annuls its joining.
inline bool annuls_joining(const Change& change) {
  return change.action == Action::revoke && change.after.end_reason == EndReason::entered_in_error;
}

/// Whether events record the column: the id is a member of its own, the contact is sealed.
constexpr bool is_recorded(Column column) {
  return column != "id"_column && !info_of(column).is_of_contact && !is_derived(column);
}

/// The criteria in the order of their names, as findings appear in an event.
inline constexpr std::array<Criterion, criterion_count> criteria_by_name = {
    Criterion::category, Criterion::contact, Criterion::membership, Criterion::scope, Criterion::website};

/// Whether version 2 of events records the column in the clear, and not among the sealed texts.
constexpr bool is_in_the_clear(Column column) {
  return is_recorded(column) && !info_of(column).is_free_text;
}

/// The policies in the order of their names.
inline constexpr std::array<Policy, policy_count> policies_by_name = {Policy::commitment, Policy::four_eyes};

/// What an event says of the values that it seals; empty where it seals nothing.
struct SealedDigests {
  std::string contact;     ///< hexadecimal
  std::string texts;       ///< hexadecimal
  std::string text_names;  ///< a JSON array
};

/// The version of events that are recorded now; those of version 1 are still read.
inline constexpr std::int64_t present_version = 2;

/// The part of an event that chains it: its place and what it follows.
struct Link {
  std::int64_t seq;
  std::string_view prev;   ///< leaf of the event before, hexadecimal
  std::string_view at;     ///< RFC 3339, not before the event before
  std::string_view clock;  ///< the clock's time, where it is more than a day before `at`; else empty
};

/// The body of the first event. `origin` is the registry's own name.
std::string init_body(const Link& link, std::string_view origin, const Deed& deed);

/// The body of a change of a policy.
std::string policy_body(const Link& link, const PolicyChange& change, const Deed& deed);

/// The body of a change. Source: covenant-registry(5), EVENTS; members in canonical order (RFC 8785
/// section 3.2.3).
std::string change_body(const Link& link, const Change& change, const SealedDigests& sealed,
                        const Deed& deed);

}  // namespace covenant
