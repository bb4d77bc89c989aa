#pragma once

#include "core/store/bulk/partner_keys.hpp"

namespace covenant {

class Read;
class Write;

/// Partners by key, while a large batch does without the indexes of the partner table; null while it has
/// them.
const PartnerKeys* keys_in_memory(Read& read);

/// Takes note of a partner whose row was just inserted, or whose keys were updated.
void note_inserted(Write& write, const RowKeys& keys);
void note_updated(Write& write, const RowKeys& keys);

/// Whether a partner may have had another name before. While much is filed, nobody has to ask the table.
bool may_have_former_names(Read& read);

/// Takes note of a former name that was just inserted.
void note_former_name(Write& write);

/// Does without the indexes of the partner table for good, in a registry that is not to be kept.
void drop_partner_indexes(Write& write);

}  // namespace covenant
