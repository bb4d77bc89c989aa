#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The partner, if there is one. @throws Error{damaged} when what is stored breaks a rule of the fields.
std::optional<Partner> find_partner(Read& read, PartnerId id);
std::optional<Partner> find_partner(Read& read, const Reference& reference);

/// The day on which the partner's contact was recorded, of the partner `p`; null when there is none.
std::string contact_since_sql();
std::optional<Date> find_contact_since(Read& read, PartnerId id);

/// The name of a partner as it is stored; nothing when there is no such partner.
std::optional<std::string> find_name_of(Read& read, PartnerId id);

/// Whom a name is of, or may be.
struct NameMatch {
  std::optional<Partner> same{};     ///< the name is the same (see `similarity_key`)
  std::optional<Partner> similar{};  ///< the first whose name looks like it (see `look_alike`)
  std::optional<Partner> former{};   ///< the first whose name was the same before
};

/// The partners whose names are the same, look alike or were the same, other than `except`. Those that were
/// only ever entered in error are like nobody. Where one has the same name, none of the others may be found.
NameMatch find_name(Read& read, const Name& name, std::optional<PartnerId> except);

/// Whether all partners differ in the keys of their names, and so in the names. Names that look alike share
/// theirs.
bool have_distinct_name_keys(Read& read);

/// The partner with the same website host (`WebUrl::host_key`), or the same acronym, other than `except`.
std::optional<Partner> find_same_host(Read& read, std::string_view host, std::optional<PartnerId> except);
std::optional<Partner> find_same_acronym(Read& read, const Acronym& acronym, std::optional<PartnerId> except);

/// The first partner after `last` whose status is `applied`.
std::optional<Partner> find_next_applied(Read& read, PartnerId last);

/// The first partner's id after `last`, if there is one.
std::optional<PartnerId> find_next_id(Read& read, PartnerId last);

/// A successor that is no partner, if there is one: only where some partners alone are replayed.
std::optional<PartnerId> find_missing_successor(Read& read);

/// The number of the last partner's id; 0 when there is none.
std::int64_t largest_partner_id(Read& read);
/// The id for the next new partner.
PartnerId next_partner_id(Write& write);

/// The SELECT list and joins that `read_partner` reads; `partner` is named p.
extern const std::string contact_value;
extern const std::string partner_columns;
extern const std::string partner_source;

/// The partner on the present row of `query`.
Partner read_partner(Query& query);

/// What a projection writes beside the partner's own fields.
struct PartnerProjection {
  std::optional<std::int64_t> contact;  ///< the event that sealed the contact; nothing: as before, or erased
  std::optional<std::int64_t> changed;  ///< the event, if it changes what the public sees; nothing: as before
};

/// Whether sort keys have to be those of the present rules of collation.
enum class SortKeys { present, any };

/// Whether the partner's row has exactly these values in every column; what `projection` lacks is empty.
bool is_stored(Read& read, const Partner& partner, const PartnerProjection& projection, SortKeys sort_keys);

/// Only the history writes partners.
void insert_partner(Write& write, const Partner& partner, const PartnerProjection& projection);
void update_partner(Write& write, const Partner& before, const Partner& after,
                    const PartnerProjection& projection);

/// The columns that an earlier day shows, beside the id: all but the keys by which duplicates are found.
const std::vector<std::string>& past_columns();

/// Adds a row to the partners of an earlier day (`PastTables`).
void insert_past_partner(Read& read, const Partner& partner, const PartnerProjection& projection);

/// Makes the keys of names and acronyms again, by the rules of today.
void renew_similarity_keys(Connection& connection);

/// Notes the rules of collation that a new registry's sort keys are by.
void insert_sort_rules(Write& write);

/// Makes the sort keys again where those that are stored are by the rules of another ICU. Whatever else is
/// written does not mix keys of two kinds then.
void renew_sort_keys(Connection& connection);

/// A partner's columns as texts, in the order of `Column`; those of the id and the contact are not looked at.
using ColumnTexts = std::array<std::optional<std::string_view>, column_count>;

/// The partner that those texts say, read by the parsers that once let them in.
/// @throws Error{damaged} when one of them is not valid
Partner stored_partner(PartnerId id, const ColumnTexts& texts, std::optional<Contact> contact);

}  // namespace covenant
