#pragma once

#include <string_view>
#include <utility>

#include "core/base/error.hpp"
#include "core/base/result.hpp"
#include "core/model/partner.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// A text of the registry, read as the version that wrote it may have read it.
template <class T>
Result<T> read_back(std::string_view text) {
  return FieldType<T>::parse(text, Strictness::stored);
}

/// A value of the registry, read by the parser that let it in. @throws Error{damaged} when it fails now: then
/// somebody changed the file behind the program's back.
template <class T>
T stored(Result<T> parsed) {
  if (!parsed) damaged(parsed.problem().message);
  return *std::move(parsed);
}

/// Whether a text is UTF-8 without control characters (C0, DEL, C1, the bidirectional embeddings, overrides
/// and isolates; line feeds as the rule says), without ASCII blanks at an end, and as long as the rule says.
/// No version took another, so this does not change with what is refused on the way in.
bool is_clean_text(std::string_view text, const TextRule& rule);

/// Whether some version of the program could have written the text in a partner's column; the two ids, which
/// are numbers, are not asked for. Only what no version ever took makes the answer no: bytes that are not
/// UTF-8, control characters, white space at an end, a length or a form that the column cannot have, an
/// address that is neither http nor https. What a later version refuses on the way in is still readable.
bool could_be_stored(Column column, std::string_view text);

}  // namespace covenant
