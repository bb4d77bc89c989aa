#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/model/deed.hpp"
#include "core/model/form.hpp"
#include "core/ops/duplicates.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Files one application. A partner that it names (same reference, else same name) and whose status lets it
/// apply again keeps its id, which is a note; any other is the problem `duplicate`.
OutcomeResult apply_form(Write& write, const FieldTexts& texts, Similar similar, const Deed& deed);

/// What a row does that names a stored partner and differs from it.
enum class Difference { is_conflict, amends };

/// What an empty cell of an amendment does to what is stored.
enum class EmptyCells { keep, clear };

/// What the rows of a spreadsheet may do.
struct ApplyRules {
  Similar similar = Similar::refused;
  Difference difference = Difference::is_conflict;
  EmptyCells empty_cells = EmptyCells::keep;  ///< of amendments
  Leniency leniency = Leniency::none;
};

/// A row of a spreadsheet of applications. An `id` without text is none.
struct ApplicationRow {
  std::string_view id{};
  FieldTexts texts{};
};

/// The partners that the rows of one spreadsheet have named so far: a bit for each that is stored.
class NamedByRows {
 public:
  explicit NamedByRows(Write& write);

  /// Whether an earlier row filed it.
  bool is_new(PartnerId id) const { return id >= first_new_; }
  bool has(PartnerId id) const { return is_new(id) || is_named_.at(place(id)); }
  void add(PartnerId id) {
    if (!is_new(id)) is_named_.at(place(id)) = true;
  }

 private:
  static std::size_t place(PartnerId id) { return static_cast<std::size_t>(id.number()); }

  PartnerId first_new_;
  std::vector<bool> is_named_;
};

/// Files one row of a spreadsheet. It names a stored partner by its id, else by the same reference, else by
/// the same name. A row equal to that partner is `unchanged`; one that differs is a conflict or an amendment,
/// by the rules. Only the fields that the row has are compared. A decision outlives an old file: a partner
/// that was found ineligible, or whose involvement ended, applies again only by a row with a later day of
/// application (or when the ending was an error), and a contact that was erased comes back only by one.
/// Problems are `partner` for an id that is unknown or of another partner than the reference, `conflict` for
/// a name of another partner, and `duplicate` for a partner that an earlier row filed, or named when this row
/// differs from it.
/// Source: covenant-csv(5), APPLYING AGAIN.
OutcomeResult apply_row(Write& write, ApplicationRow row, const ApplyRules& rules, NamedByRows& earlier,
                        const Deed& deed);

/// Amends a partner by a row of a spreadsheet. A name or reference of another partner is the problem
/// `conflict`; each value that an empty cell clears is a note.
OutcomeResult update_row(Write& write, const Partner& partner, FieldTexts texts, const ApplyRules& rules,
                         const Deed& deed);

/// Amends the fields that are given. An eligible partner that then fails a criterion is applied again, with a
/// note; a listed one stays listed, with a note. Source: covenant-lifecycle(7), STATUSES.
OutcomeResult update(Write& write, const Partner& partner, const FieldTexts& texts, Similar similar,
                     const Deed& deed);

}  // namespace covenant
