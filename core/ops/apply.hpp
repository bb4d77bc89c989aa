#pragma once

#include "core/model/deed.hpp"
#include "core/model/form.hpp"
#include "core/ops/duplicates.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Files one application. A partner that it names (same reference, else same name) and whose status lets it
/// apply again keeps its id; any other is the problem `duplicate`.
OutcomeResult apply_form(Write& write, const FieldTexts& texts, Similar similar, const Deed& deed);

/// What a row does that names a stored partner and differs from it.
enum class Difference { is_conflict, amends };

/// What the rows of a spreadsheet may do.
struct ApplyRules {
  Similar similar = Similar::refused;
  Difference difference = Difference::is_conflict;
};

/// Files one row of a spreadsheet. A row equal to the partner that it names is `unchanged`; one that differs
/// files again where the status lets it, and is otherwise a conflict or an amendment, by the rules. Only the
/// fields that the row has are compared. Partners from `first_of_run` on were filed by the same spreadsheet:
/// naming one again is the problem `duplicate`.
OutcomeResult apply_row(Write& write, FieldTexts texts, const ApplyRules& rules, PartnerId first_of_run,
                        const Deed& deed);

/// Amends the fields that are given. An eligible partner that then fails a criterion is applied again, with a
/// note; a listed one stays listed, with a note. Source: covenant-lifecycle(7), STATUSES.
OutcomeResult update(Write& write, const Partner& partner, const FieldTexts& texts, Similar similar,
                     const Deed& deed);

}  // namespace covenant
