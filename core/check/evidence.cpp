#include "core/check/evidence.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/model/partner.hpp"
#include "core/store/commitment_table.hpp"

namespace covenant {

void check_evidence(Read& read, const DamageSink& report) {
  for_each_document(read, [&](const StoredDocument& document) {
    const std::string found = to_hex(bytes_of(sha256({document.content})));
    if (found != document.sha256)
      report(fmt::format("document {}: its bytes have the SHA-256 {}", document.sha256, found));
    if (static_cast<std::int64_t>(document.content.size()) != document.size) {
      report(fmt::format("document {}: it has {} bytes, not {}", document.sha256, document.content.size(),
                         document.size));
    }
    if (!document.is_named) report(fmt::format("document {}: it belongs to no commitment", document.sha256));
  });
  for_each_missing_document(read, [&](const MissingDocument& missing) {
    report(fmt::format("document {}: it is missing; {} was approved on it (event {})", missing.sha256,
                       missing.partner.str(), missing.seq));
  });
}

}  // namespace covenant
