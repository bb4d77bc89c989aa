#include "core/check/evidence.hpp"

#include <fmt/format.h>

#include "core/base/bytes.hpp"
#include "core/model/partner.hpp"

namespace covenant {

namespace {

constexpr const char* missing_sql = R"(
SELECT c.seq, c.partner, c.document FROM commitment c
WHERE c.document IS NOT NULL AND NOT EXISTS (SELECT 1 FROM document d WHERE d.sha256 = c.document)
ORDER BY c.seq)";

constexpr const char* documents_sql = R"(
SELECT sha256, size, content, EXISTS (SELECT 1 FROM commitment WHERE document = sha256)
FROM document ORDER BY sha256)";

}  // namespace

void check_evidence(Read& read, const DamageSink& report) {
  Query documents = read.query(documents_sql);
  while (documents.step()) {
    const std::string_view content = documents.text(2);
    const std::string found = to_hex(bytes_of(sha256({content})));
    const std::string_view known = documents.text(0);
    if (found != known) report(fmt::format("document {}: its bytes have the SHA-256 {}", known, found));
    if (static_cast<std::int64_t>(content.size()) != documents.integer(1)) {
      report(
          fmt::format("document {}: it has {} bytes, not {}", known, content.size(), documents.integer(1)));
    }
    if (documents.integer(3) == 0) report(fmt::format("document {}: it belongs to no commitment", known));
  }
  Query missing = read.query(missing_sql);
  while (missing.step()) {
    report(fmt::format("document {}: it is missing; {} was approved on it (event {})", missing.text(2),
                       PartnerId(missing.integer(1)).str(), missing.integer(0)));
  }
}

}  // namespace covenant
