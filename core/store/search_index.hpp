#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/database.hpp"

namespace covenant {

/// The partners in whose texts words like those of `text` stand, all whole but the last, which may go on; by
/// id. They are found through an index of words that is kept in `folder`, apart from the registry, made at
/// the first use and brought up to date at each: it may be deleted at any time. The texts are those that
/// `search_columns` names; a partner whose texts have changed may be among them without reason. Nothing when
/// there is no use in an index: it cannot be made or used here, there are few partners, or `text` has no
/// word.
std::optional<std::vector<std::int64_t>> find_words(Read& read, const std::string& folder,
                                                    const std::string& text);

/// An SQL expression of all texts of a partner p that are searched, one a line.
extern const char* const searched_texts;

}  // namespace covenant
