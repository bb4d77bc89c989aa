#include "core/ops/evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/history/record.hpp"
#include "core/ops/evidence_rules.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/document_table.hpp"
#include "core/store/evidence_table.hpp"
#include "core/store/policy_table.hpp"

namespace covenant {

namespace {

/// The commitment that a listing rests on, if the document is its own and was erased.
std::optional<Commitment> find_restored(Read& read, const Partner& partner, const Document& document) {
  if (partner.status != Status::approved || !is_erased(read, partner.id, document.sha256))
    return std::nullopt;
  for (const Commitment& commitment : find_commitments(read, partner.id)) {
    const auto& own = commitment.document;
    if (!commitment.annulled_by && own && own->sha256 == document.sha256) return commitment;
  }
  return std::nullopt;
}

/// The number of the document that another is a detached signature of, if it is still there.
std::optional<std::size_t> find_signed_file(Read& read, PartnerId partner,
                                            const std::vector<KeptDocument>& documents,
                                            const Document& signature) {
  for (const Commitment& commitment : find_commitments(read, partner)) {
    const auto& judgement = commitment.judgement;
    const bool is_it = commitment.document && commitment.document->sha256 == signature.sha256;
    if (!is_it || !judgement || !judgement->signed_file) continue;
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const KeptDocument& kept = documents[i];
      if (!kept.is_erased && kept.document.sha256 == *judgement->signed_file) return i + 1;
    }
  }
  return std::nullopt;
}

}  // namespace

OutcomeResult add_document(Write& write, const Partner& partner, const LoadedDocument& loaded,
                           const std::optional<Remark>& note, const Policies& demanded, const Deed& deed) {
  const auto documents = find_documents(write, partner.id);
  const auto is_it = [&](const KeptDocument& kept) {
    return !kept.is_erased && !kept.is_annulled && kept.document.sha256 == loaded.document.sha256;
  };
  const auto stored = std::find_if(documents.begin(), documents.end(), is_it);
  if (stored != documents.end()) {
    Outcome outcome = unchanged(partner);
    if (note && stored->note != note) {
      outcome.notes.push_back(Note::of(NoteCode::document, note->str(),
                                       fmt::format("{}: document {} is the same file, and keeps its own note",
                                                   partner.id.str(), stored - documents.begin() + 1),
                                       "note"));
    }
    return outcome;
  }
  if (const auto restored = find_restored(write, partner, loaded.document)) {
    const Policies policies = stricter(find_policies(write), demanded);
    if (auto problem = find_weak_evidence(write, partner, *restored, policies, deed, "restore its evidence"))
      return refuse(*std::move(problem));
  }
  Outcome outcome = updated(partner, partner);
  outcome.notes = notes_on(write, partner, loaded, "add");
  store_document(write, loaded.document, loaded.reread());
  const FurtherDocument further{deed.today, loaded.document, note};
  record(write, {.action = Action::evidence, .before = &partner, .after = partner, .further = &further},
         deed);
  return outcome;
}

OutcomeResult erase_document(Write& write, const Partner& partner, const DocumentErasure& erasure,
                             const Deed& deed) {
  const auto documents = find_documents(write, partner.id);
  if (erasure.number < 1 || erasure.number > documents.size()) {
    return refuse(rule_refuses(
        partner,
        fmt::format("{}: no document {}; it has {}", partner.id.str(), erasure.number, documents.size()),
        "erase"));
  }
  const KeptDocument& kept = documents[erasure.number - 1];
  if (kept.is_erased) return unchanged(partner);
  Outcome outcome = updated(partner, partner);
  if (const auto other = find_other_holder(write, kept.document.sha256, partner.id)) {
    outcome.notes.push_back(
        Note::of(NoteCode::remains, kept.document.sha256,
                 fmt::format("{}: {} has the same document, and keeps it", partner.id.str(), other->str()),
                 "evidence"));
  }
  if (const auto number = find_signed_file(write, partner.id, documents, kept.document)) {
    outcome.notes.push_back(Note::of(NoteCode::remains, std::to_string(*number),
                                     fmt::format("{}: document {} is the file that it signs, and stays; "
                                                 "erase it too if it has to go",
                                                 partner.id.str(), *number),
                                     "erase"));
  }
  const ErasedDocument erased{kept.document.sha256, kept.document.size};
  record(write,
         {.action = Action::evidence,
          .before = &partner,
          .after = partner,
          .because = &erasure.because,
          .erased_document = &erased},
         deed);
  return outcome;
}

}  // namespace covenant
