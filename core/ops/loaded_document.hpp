#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/byte_source.hpp"
#include "core/model/commitment.hpp"
#include "core/model/signature.hpp"

namespace covenant {

/// A commitment file that was read once.
struct LoadedDocument {
  Document document;
  std::function<ByteSource()> reread;                   ///< its bytes once more, from the first on
  std::optional<Judgement> judgement{};                 ///< what was found in it, where it was read
  std::shared_ptr<const LoadedDocument> signed_file{};  ///< what it is a detached signature of
};

/// Reads the file at `path`, a block at a time. Its type is found from its first bytes.
/// @throws Error{file} when it is no regular file or cannot be read, Error{bad_input} when it is empty,
/// larger than `largest_document`, or an HTML page, a script, a program or a database.
LoadedDocument load_document(const std::string& path);

}  // namespace covenant
