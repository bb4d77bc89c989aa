#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/formats/list.hpp"
#include "core/formats/sheet.hpp"
#include "core/model/former_name.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// Something that the next step needs, and the command that supplies it; empty when there is none.
struct Missing {
  std::string what;
  std::string command{};
};

/// What a card says beyond the partner's own sheet.
struct CardFacts {
  std::vector<FormerName> former_names;  ///< the latest first
  std::string verifier;                  ///< who recorded the findings, where a person found any
  std::optional<Name> successor;         ///< what the partner is called into which it merged
  std::vector<Missing> missing;          ///< for the next step
  std::string next;                      ///< the next step, or the command for it
};

/// A partner for people: id, name and status, the fields that are there, what was found and kept, and at the
/// end what is missing for the next step and the commands for it. On a terminal texts are wrapped to its
/// width, but no URL, digest or command.
std::string card_as_text(const PartnerSheet& sheet, const CardFacts& facts, const TableLook& look);

}  // namespace covenant
