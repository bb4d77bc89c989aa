#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/note.hpp"
#include "core/base/result.hpp"
#include "core/model/form.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

/// Whether many organisations have a page of their own at that host, such as a social network.
bool is_shared_host(std::string_view host);

/// Whether a partner that is possibly the same as another is refused.
enum class Similar { refused, allowed };

/// The column in which a row of a spreadsheet says that it may resemble another partner.
inline constexpr std::string_view similar_column = "allow_similar";

/// Whether a row may resemble another partner, by its cell or else as all rows may; `notes` gets what was
/// converted. Fails with `choice`.
Result<Similar> similar_of(std::optional<std::string_view> cell, Similar of_all, Leniency leniency,
                           Notes& notes);

/// The line of a spreadsheet that files a partner, 0 for one that was stored before; without a function all
/// were. A problem names the line and not the id, which nobody has when the file is refused.
using FiledLine = std::function<std::uint64_t(PartnerId)>;

/// The problems `duplicate` and `similar` that an application has with the stored partners of every status,
/// each naming the other. What has not changed since `before` is not looked at again. Source:
/// covenant-fields(7), DUPLICATES.
std::vector<Problem> find_duplicates(Read& read, const Application& application, const Partner* before,
                                     Similar similar, const FiledLine& filed_line = {});

/// The problems `similar` alone: a name that looks like the one found in `match`, or was that one's before,
/// the same website host, the same acronym.
std::vector<Problem> find_similar(Read& read, const Application& application, const Partner* before,
                                  const NameMatch& match, const FiledLine& filed_line = {});

}  // namespace covenant
