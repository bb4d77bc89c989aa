#pragma once

#include <string>
#include <string_view>

#include "core/documents/reading.hpp"
#include "core/formats/list.hpp"

namespace covenant {

/// A reading of the file of that name for people: the verdict and what the file is, then the document, the
/// signatures and the notes, safe for a terminal, whose width wraps the texts and shortens the digest.
std::string reading_text(const Reading& reading, std::string_view name, const TableLook& look);

/// A reading, or one signature, as JSON for programs; what does not apply is null. Source:
/// covenant-inspect(1), JSON.
std::string reading_as_json(const Reading& reading);
std::string signature_as_json(const Signature& signature);

}  // namespace covenant
