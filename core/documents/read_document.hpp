#pragma once

#include <chrono>
#include <cstdint>

#include "core/base/byte_source.hpp"
#include "core/documents/request.hpp"

namespace covenant {

/// For how long a document may be read.
inline constexpr std::chrono::milliseconds longest_read = std::chrono::seconds(10);

/// Has a document of `size` bytes read by a process of its own, which is the program run again: it gets what
/// it needs as a file in memory, loads the libraries, confines itself, and answers within `most`. Whatever
/// becomes of it, this process and what it has open are not touched.
/// @throws Error{bad_input} when that process dies, takes too long or answers what is no answer: what people
/// read after the document's name; Error{file} when it cannot be started.
ReadAnswer read_document(const ReadRequest& request, DocumentKind kind, std::uint64_t size,
                         const ByteSource& source, std::chrono::milliseconds most = longest_read);

}  // namespace covenant
