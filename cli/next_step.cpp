#include "cli/next_step.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/model/criteria.hpp"

namespace covenant {

namespace {

/// The criteria in the order in which a card shows the fields that they are about.
constexpr std::array<Criterion, criterion_count> criteria_on_card = {
    Criterion::membership, Criterion::scope, Criterion::website, Criterion::category, Criterion::contact};

/// What would make a criterion pass.
Missing remedy(const std::string& id, Criterion criterion) {
  const auto update = [&](std::string_view options) {
    return fmt::format("covenant update {} {}", id, options);
  };
  switch (criterion) {
    case Criterion::membership:
      return {"membership", update("--membership-based yes")};
    case Criterion::scope:
      return {"level", update("--level LEVEL")};
    case Criterion::category:
      return {"expertise", update("--expertise TEXT")};
    case Criterion::contact:
      return {"contact", update("--contact-name NAME --contact-email ADDRESS")};
    case Criterion::website:
      return {"website", update("--website URL")};
  }
  return {};
}

std::string next_renewal(const Partner& partner, const DueTerms& terms, Date today) {
  if (!partner.approved_on) return "";
  const Date last = std::max(*partner.approved_on, partner.renewed_on.value_or(*partner.approved_on));
  const Date due = Date::of(last.days() + terms.renewal);
  return due <= today ? fmt::format("covenant renew {}, due since {}", partner.id.str(), due.str())
                      : fmt::format("renewal, due on {}", due.str());
}

}  // namespace

std::vector<Missing> missing_of(const PartnerSheet& sheet) {
  const Partner& partner = sheet.partner;
  const std::string id = partner.id.str();
  if (partner.status == Status::revoked || partner.status == Status::withdrawn) return {};
  const Findings findings = sheet.verification && partner.status != Status::applied
                                ? evaluate_again(partner.application, sheet.verification->findings, {})
                                : evaluate(partner.application, {});
  std::vector<Missing> missing;
  for (const Criterion criterion : criteria_on_card) {
    const Finding& finding = findings[static_cast<std::size_t>(criterion)];
    if (finding.verdict == Verdict::pass) continue;
    if (finding.by_person) {
      missing.push_back({std::string(code_of(criterion)),
                         fmt::format("covenant verify {} --finding {}=pass", id, code_of(criterion))});
    } else {
      missing.push_back(remedy(id, criterion));
    }
  }
  if (partner.status == Status::eligible) missing.push_back({"signed commitment"});
  return missing;
}

std::string next_step(const Partner& partner, const DueTerms& terms, Date today) {
  switch (partner.status) {
    case Status::applied:
    case Status::ineligible:
      return "covenant verify " + partner.id.str();
    case Status::eligible:
      return fmt::format("covenant approve {} --commitment FILE", partner.id.str());
    case Status::approved:
      return next_renewal(partner, terms, today);
    case Status::revoked:
    case Status::withdrawn:
      return "covenant apply, with a new form";
  }
  return "";
}

}  // namespace covenant
