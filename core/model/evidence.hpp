#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/commitment.hpp"
#include "core/model/date.hpp"
#include "core/model/text.hpp"

namespace covenant {

/// A document that is kept beside the commitments.
struct FurtherDocument {
  Date added_on;
  Document document;
  std::optional<Remark> note;
  std::optional<std::int64_t> annulled_by{};  ///< the event that took it back; the bytes are kept

  friend bool operator==(const FurtherDocument&, const FurtherDocument&) = default;
};

/// A document whose bytes were erased for good; that it existed stays known.
struct ErasedDocument {
  std::string sha256;
  std::uint64_t size;

  friend bool operator==(const ErasedDocument&, const ErasedDocument&) = default;
};

/// What has a document.
enum class DocumentUse { commitment, renewal, document };

template <>
struct Codes<DocumentUse> {
  static constexpr std::array<std::string_view, 3> codes = {"commitment", "renewal", "document"};
};

/// A document of a partner; its number is its place among them, from 1.
struct KeptDocument {
  DocumentUse use;
  Date day;  ///< of receipt; of a document beside the commitments, on which it was added
  Document document;
  std::optional<Remark> note;
  bool is_erased;
  std::optional<SignatureVerdict> verdict;  ///< of a commitment that was read
  bool is_annulled;    ///< a commitment that does not count, or a document that was taken back
  std::int64_t event;  ///< that brought it
};

}  // namespace covenant
