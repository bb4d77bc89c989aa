#pragma once

#include <string_view>

namespace covenant {

/// How the process that reads a document ended: its exit status.
enum class ReaderEnd { done = 0, fault = 1, bad_request = 2, out_of_memory = 3, no_module = 9 };

/// The first word of the command line of that process; the code of a `DocumentKind` follows.
inline constexpr std::string_view read_request = "__read";

/// The module that only that process loads, and what is called there.
inline constexpr const char* reader_module = "covenant-documents.so";
inline constexpr const char* reader_function = "covenant_read_document";

}  // namespace covenant
