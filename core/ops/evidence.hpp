#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/model/deed.hpp"
#include "core/model/evidence.hpp"
#include "core/model/policy.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Keeps a further document. One that the partner has is not kept twice. Refused when it is the erased
/// commitment of a listing, and the policies refuse it as one: those of the registry or `demanded`, whichever
/// are stricter. Notes: as those of `approve`.
OutcomeResult add_document(Write& write, const Partner& partner, const LoadedDocument& loaded,
                           const std::optional<Remark>& note, const Policies& demanded, const Deed& deed);

/// What a person says of a document that is to go.
struct DocumentErasure {
  std::size_t number;
  Remark because;
};

/// Erases a document for good: its bytes, wherever this partner has it. Refused (`rule`) when there is no
/// document of that number. One that was erased is unchanged. Notes: another partner has it, and keeps it
/// (`remains`). The caller wipes the files after the commit (`Registry::wipe`).
OutcomeResult erase_document(Write& write, const Partner& partner, const DocumentErasure& erasure,
                             const Deed& deed);

}  // namespace covenant
