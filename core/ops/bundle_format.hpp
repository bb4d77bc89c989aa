#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/store/raw_tables.hpp"

namespace covenant {

/// The names of a bundle's own files, in the order of its manifest: the tables come after the checkpoint,
/// each as NAME.jsonl, and the documents after the tables. Source: covenant-bundle(5), FILES.
inline constexpr const char* manifest_file = "SHA256SUMS";
inline constexpr const char* bundle_file = "bundle.json";
inline constexpr const char* checkpoint_file = "checkpoint";
inline constexpr const char* documents_folder = "documents";
inline constexpr const char* table_suffix = ".jsonl";

/// The whole of bundle.json.
std::string bundle_head();

/// A line of the manifest, as sha256sum(1) writes it.
std::string manifest_line(std::string_view sha256, std::string_view path);

/// The file of a stored document.
std::string document_path(std::string_view sha256);

/// Whether a text is a SHA-256 in hexadecimal digits, in small letters.
bool is_sha256(std::string_view text);

/// The tables in the order of their names, but for that of the documents, which are files of their own.
std::vector<TableColumns> bundled_tables(Read& read);

}  // namespace covenant
