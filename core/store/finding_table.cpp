#include "core/store/finding_table.hpp"

#include "core/store/database.hpp"
#include "core/text/suggest.hpp"

namespace covenant {

std::optional<Verification> find_verification(Read& read, PartnerId partner) {
  Verification verification;
  bool found = false;
  Query findings = read.query("SELECT criterion, result, by_person FROM finding WHERE partner = ?1");
  findings.with(partner.number());
  while (findings.step()) {
    found = true;
    const auto criterion = stored(parse_code<Criterion>(findings.text(0)));
    verification.findings[static_cast<std::size_t>(criterion)] = {
        stored(parse_code<Verdict>(findings.text(1))), findings.integer(2) != 0};
  }
  if (!found) return std::nullopt;
  Query sources = read.query("SELECT source FROM finding_source WHERE partner = ?1 ORDER BY position");
  sources.with(partner.number());
  while (sources.step()) verification.sources.push_back(stored(read_back<Remark>(sources.text(0))));
  return verification;
}

bool is_stored(Read& read, PartnerId partner, const Verification& verification) {
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const Finding& finding = verification.findings[i];
    Query query = read.query(
        "SELECT 1 FROM finding WHERE partner = ?1 AND criterion = ?2 AND result = ?3 AND by_person = ?4");
    query.with(partner.number(), code_of(static_cast<Criterion>(i)), code_of(finding.verdict),
               static_cast<std::int64_t>(finding.by_person ? 1 : 0));
    if (!query.step()) return false;
  }
  std::int64_t position = 0;
  for (const Remark& source : verification.sources) {
    Query query =
        read.query("SELECT 1 FROM finding_source WHERE partner = ?1 AND position = ?2 AND source = ?3");
    if (!query.with(partner.number(), ++position, source.str()).step()) return false;
  }
  return true;
}

void replace_findings(Write& write, PartnerId partner, const Verification& verification) {
  delete_findings(write, partner);
  for (std::size_t i = 0; i < criterion_count; ++i) {
    const Finding& finding = verification.findings[i];
    write.query("INSERT INTO finding (partner, criterion, result, by_person) VALUES (?1, ?2, ?3, ?4)")
        .with(partner.number(), code_of(static_cast<Criterion>(i)), code_of(finding.verdict),
              static_cast<std::int64_t>(finding.by_person ? 1 : 0))
        .run();
  }
  std::int64_t position = 0;
  for (const Remark& source : verification.sources) {
    write.query("INSERT INTO finding_source (partner, position, source) VALUES (?1, ?2, ?3)")
        .with(partner.number(), ++position, source.str())
        .run();
  }
}

void delete_findings(Write& write, PartnerId partner) {
  write.query("DELETE FROM finding WHERE partner = ?1").with(partner.number()).run();
  write.query("DELETE FROM finding_source WHERE partner = ?1").with(partner.number()).run();
}

}  // namespace covenant
