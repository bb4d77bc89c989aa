#pragma once

#include "core/model/deed.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Removes the personal data of a partner's contacts, past and present, and of who signed, and records that
/// it was done. Nothing to remove leaves the partner unchanged. The caller wipes the file's journal after the
/// commit
/// (`Registry::wipe`).
/// Source: Regulation (EU) 2018/1725, Article 19.
OutcomeResult erase_contact(Write& write, const Partner& partner, const Deed& deed);

}  // namespace covenant
