#pragma once

#include <optional>
#include <string_view>

#include "core/documents/reader/cms.hpp"
#include "core/documents/reading.hpp"

namespace covenant {

// One reader a kind. Each sets what is its own: kind, signatures, document, notes; size, digest, type and the
// verdict of the whole are set by whoever calls it. They run in a process without files, network or much
// memory, and throw what they like: a document that ends one ends its process.

/// A signed PDF, and what was changed in it after it was signed. Sources: ISO 32000-1 section 12.8, ETSI EN
/// 319 142-1.
Reading read_pdf(std::string_view bytes, const Basis& basis);

/// An ASiC-E container with XAdES signatures. Sources: ETSI EN 319 162-1, ETSI EN 319 132-1.
Reading read_asic(std::string_view bytes, const Basis& basis);

/// Has the libraries for XML set up what they need, while there still are files.
void start_asic();

/// A CMS or S/MIME signature, in DER or PEM, with its content in it or `signed_file`. Source: RFC 5652.
Reading read_cms(std::string_view bytes, std::optional<std::string_view> signed_file, const Basis& basis);

/// A document that is no e-mail, by its kind; one of a kind that is not read has a note that says so.
Reading read_by_kind(DocumentKind kind, std::string_view bytes, std::optional<std::string_view> signed_file,
                     const Basis& basis);

}  // namespace covenant
