#include "core/ops/erase.hpp"

#include <algorithm>
#include <utility>

#include "core/history/event_texts.hpp"
#include "core/history/record.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

/// What one event erases.
struct Erasure {
  std::vector<SealedName> names;
  std::optional<RemainingTexts> remaining;
};

/// Who signed a commitment is among the texts of the approval. The others of them are sealed again, which one
/// event can do for the texts of one other.
void add_signatories(std::vector<Erasure>& erasures, Read& read, PartnerId partner) {
  for (const SealedTexts& sealed : find_sealed_texts(read, partner)) {
    TextValues texts = parse_texts(sealed.value);
    const auto is_signatory = [](const auto& text) { return text.first == "signed_by"_text; };
    if (std::erase_if(texts, is_signatory) == 0) continue;
    if (erasures.back().remaining) erasures.emplace_back();
    erasures.back().names.push_back({sealed.seq, "texts"});
    if (!texts.empty()) erasures.back().remaining = {sealed.of.value_or(sealed.seq), std::move(texts)};
  }
}

std::vector<Erasure> find_personal(Read& read, PartnerId partner) {
  std::vector<Erasure> erasures;
  erasures.push_back({find_sealed(read, partner), std::nullopt});
  add_signatories(erasures, read, partner);
  if (erasures.front().names.empty()) erasures.clear();
  for (Erasure& erasure : erasures) std::sort(erasure.names.begin(), erasure.names.end());
  return erasures;
}

}  // namespace

OutcomeResult erase_contact(Write& write, const Partner& partner, const Deed& deed) {
  const std::vector<Erasure> erasures = find_personal(write, partner.id);
  if (erasures.empty()) return unchanged(partner);
  Partner after = partner;
  after.application.contact.reset();
  after.contact_erased_on = deed.today;
  Partner before = partner;
  for (const auto& [names, remaining] : erasures) {
    record(write,
           {.action = Action::erase,
            .before = &before,
            .after = after,
            .erased = &names,
            .remaining = remaining ? &*remaining : nullptr},
           deed);
    before = after;
  }
  return updated(partner, after);
}

}  // namespace covenant
