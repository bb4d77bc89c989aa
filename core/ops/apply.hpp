#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/model/deed.hpp"
#include "core/model/form.hpp"
#include "core/model/partner.hpp"
#include "core/ops/duplicates.hpp"
#include "core/ops/outcome.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Files one application. A partner that it names (same reference, else same name) and whose status lets it
/// apply again keeps its id, which is a note; any other is the problem `duplicate`.
OutcomeResult apply_form(Write& write, const FieldTexts& texts, Similar similar, const Deed& deed);

/// How the message of a conflict ends when all that the row would do is to clear.
inline constexpr std::string_view leaves_empty = ", which the row leaves empty";

/// The columns of a list that are no fields. A spreadsheet may have them; they are not read.
inline constexpr auto unread_columns = [] {
  std::array<std::string_view, column_count - field_count - 1> names{};
  std::copy(Codes<Column>::codes.begin() + field_count + 1, Codes<Column>::codes.end(), names.begin());
  return names;
}();

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
  std::uint64_t line = 0;  ///< of the file on which it begins
};

/// The partners that the rows of one spreadsheet have named so far, and on which line: a number for each that
/// is stored, and for those that were filed one wherever a row takes more than a line.
class NamedByRows {
 public:
  explicit NamedByRows(Write& write);

  /// Whether an earlier row filed it.
  bool is_new(PartnerId id) const { return id >= first_new_; }
  /// The line of the last row that named it, 0 when none has.
  std::uint64_t line_of(PartnerId id) const;
  /// The line of the row that filed one, 0 for one that was stored before; as long as this exists.
  FiledLine filed_lines() const {
    return [this](PartnerId id) { return is_new(id) ? line_of(id) : 0; };
  }
  /// Those that were filed are added in the order of their ids.
  void add(PartnerId id, std::uint64_t line);

 private:
  /// From that partner on the lines follow each other.
  struct Stretch {
    PartnerId first;
    std::uint64_t line;
  };

  static std::size_t place(PartnerId id) { return static_cast<std::size_t>(id.number()); }

  PartnerId first_new_;
  std::vector<std::uint32_t> lines_;
  std::vector<Stretch> filed_;
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
