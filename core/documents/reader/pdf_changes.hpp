#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/documents/reader/qpdf.hpp"

namespace covenant {

/// A field of a PDF's form that is signed, and the signature in it.
struct SignedField {
  QPDFObjectHandle field;
  QPDFObjectHandle value;
  bool is_listed = true;  ///< in the form, not only on a page
};

/// The fields that are signed, each once, those of the form first. Source: ISO 32000-1 sections 12.7.4.5
/// and 12.8.1.
std::vector<SignedField> find_signed_fields(QPDF& document);

/// Whether the value of such a field is a time stamp of the document, which nobody signs with.
bool is_time_stamp(QPDFObjectHandle value);

/// What became of a document after a signature.
struct Changes {
  std::optional<std::string> changed;  ///< the first thing that is not as it was: "page 1"
  std::size_t signatures = 0;          ///< that were added, time stamps aside
  bool has_metadata = false;           ///< that is not as it was
};

/// Compares a document as it was signed with what it is now: pages, annotations, form and catalog, down to
/// every object that they lead to. May have been added: signatures, time stamps, what helps to check them,
/// and metadata. Signatures may have a picture on a page, of the others nothing is shown. Source: ETSI EN 319
/// 142-1 section 5.5 (signatures and what helps to check them come in later revisions).
Changes find_changes(QPDF& then, QPDF& now);

}  // namespace covenant
