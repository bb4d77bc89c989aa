#include "core/ops/approve.hpp"

#include <doctest/doctest.h>

#include "core/base/bytes.hpp"
#include "core/history/event_record.hpp"
#include "core/history/record.hpp"
#include "core/ops/erase.hpp"
#include "core/ops/policy.hpp"
#include "core/store/commitment_table.hpp"
#include "tests/unit/ops/story.hpp"

using namespace covenant;
using story::done;
using story::refused;

namespace {

Policies demanding(Policy policy, std::string_view value) {
  Policies policies;
  policies.set(*PolicyValue::parse(policy, value));
  return policies;
}

Policies four_eyes() {
  return demanding(Policy::four_eyes, "on");
}

LoadedDocument loaded(const std::string& name, const std::string& type, const std::string& bytes) {
  const auto reread = [bytes]() -> ByteSource {
    return [bytes, at = std::size_t{0}](char* buffer, std::size_t size) mutable {
      const std::size_t count = bytes.copy(buffer, size, at);
      at += count;
      return count;
    };
  };
  return {{*FileName::parse(name), type, bytes.size(), to_hex(bytes_of(sha256({bytes})))}, reread};
}

}  // namespace

TEST_CASE("a joining counts from the day on which the commitment was received") {
  story::Office office;
  const PartnerId id = office.eligible();
  ApprovalEvidence evidence = office.on_paper();
  const Date received = office.today();
  evidence.received_on = received;
  const Outcome outcome =
      done(approve(office.register_(), office.partner(id), evidence, Policies(), office.next()));
  CHECK(outcome.effect == Effect::updated);
  CHECK(outcome.status == Status::approved);
  CHECK(office.partner(id).partner_since == received);
}

TEST_CASE("a joining needs its commitment, or a reason why there is none") {
  story::Office office;
  const PartnerId id = office.eligible();
  ApprovalEvidence evidence = office.on_paper();
  evidence.exception.reset();
  CHECK(refused(approve(office.register_(), office.partner(id), evidence, Policies(), office.next())) ==
        ProblemCode::rule);

  evidence.document = loaded("commitment.pdf", "application/pdf", "%PDF-1.7\nSigned.\n");
  CHECK(done(approve(office.register_(), office.partner(id), evidence, Policies(), office.next())).status ==
        Status::approved);
}

TEST_CASE("only an eligible application is approved, and only once") {
  story::Office office;
  const PartnerId id = office.applied().id;
  const auto try_it = [&] {
    return approve(office.register_(), office.partner(id), office.on_paper(), Policies(), office.next());
  };
  CHECK(refused(try_it()) == ProblemCode::status);
  done(verify(office.register_(), office.partner(id), {}, {}, office.next()));
  done(try_it());
  CHECK(refused(try_it()) == ProblemCode::status);
}

TEST_CASE("nobody joins without a contact person") {
  story::Office office;
  const PartnerId id = office.eligible();
  done(erase_contact(office.register_(), office.partner(id), office.next()));
  CHECK(refused(approve(office.register_(), office.partner(id), office.on_paper(), Policies(),
                        office.next())) == ProblemCode::rule);
}

TEST_CASE("under four eyes whoever verified does not approve, under another name either") {
  story::Office office;
  const PartnerId id = office.eligible();
  const auto by = [&](std::string_view actor, std::int64_t uid) {
    return approve(office.register_(), office.partner(id), office.on_paper(), four_eyes(),
                   office.next(actor, uid));
  };
  CHECK(refused(by("verifier", 1001)) == ProblemCode::rule);
  CHECK(refused(by("VERIFIER.", 1001)) == ProblemCode::rule);
  CHECK(refused(by("approver", 1000)) == ProblemCode::rule);
  CHECK(done(by("approver", 1001)).status == Status::approved);
}

TEST_CASE("a commitment whose name contradicts what it is gets a note") {
  for (const auto& [name, type] :
       {std::pair("commitment.pdf", "text/plain"), std::pair("a.pdf", "application/pdf")}) {
    const std::string_view shown = name;
    CAPTURE(shown);
    story::Office office;
    const PartnerId id = office.eligible();
    ApprovalEvidence evidence = office.on_paper();
    evidence.exception.reset();
    evidence.document = loaded(name, type, "Signed.\n");
    const Outcome outcome =
        done(approve(office.register_(), office.partner(id), evidence, Policies(), office.next()));
    const bool contradicts = type == std::string("text/plain");
    REQUIRE(outcome.notes.size() == (contradicts ? 1 : 0));
    if (contradicts) CHECK(outcome.notes[0].code == NoteCode::document);
  }
}

TEST_CASE("the policies of the registry and those demanded are in force together, and the event has them") {
  story::Office office;
  set_policy(office.register_(), *PolicyValue::parse(Policy::four_eyes, "on"), office.next());
  const PartnerId id = office.eligible();
  CHECK(refused(approve(office.register_(), office.partner(id), office.on_paper(), Policies(),
                        office.next("verifier"))) == ProblemCode::rule);
  done(approve(office.register_(), office.partner(id), office.on_paper(), Policies(),
               office.next("approver", 1001)));
  const EventRecord event = parse_event(find_last_approval(office.register_(), id).value().body);
  CHECK(event.policies == four_eyes());
}

TEST_CASE("a policy that asks for signatures takes neither an exception nor what was not checked") {
  for (const char* value : {"signed", "trusted"}) {
    story::Office office;
    const PartnerId id = office.eligible();
    ApprovalEvidence evidence = office.on_paper();
    const auto try_it = [&](const Policies& policies) {
      return approve(office.register_(), office.partner(id), evidence, policies, office.next());
    };
    const Policies policies = demanding(Policy::commitment, value);
    CHECK(refused(try_it(policies)) == ProblemCode::rule);
    evidence.exception.reset();
    evidence.document = loaded("commitment.pdf", "application/pdf", "%PDF-1.7\nSigned.\n");
    CHECK(refused(try_it(policies)) == ProblemCode::rule);
    CHECK(done(try_it(demanding(Policy::commitment, "any"))).status == Status::approved);
  }
}

TEST_CASE("what a policy takes depends on the verdict, and an invalid document takes a reason as well") {
  using enum SignatureVerdict;
  struct Case {
    const char* policy;
    Judgement judgement;
    bool is_taken;
  };
  const auto reason = Remark::parse("Saved again").value();
  for (const auto& [policy, judgement, is_taken] :
       {Case{"any", {.verdict = unchecked}, true}, Case{"any", {.verdict = invalid}, false},
        Case{"any", {.verdict = invalid, .accept_invalid = reason}, true},
        Case{"signed", {.verdict = valid_untrusted}, true}, Case{"signed", {.verdict = unchecked}, false},
        Case{"signed", {.verdict = invalid, .accept_invalid = reason}, false},
        Case{"signed", {.verdict = unchecked, .unread = reason}, false},
        Case{"trusted", {.verdict = valid_untrusted}, false}, Case{"trusted", {.verdict = valid}, true}}) {
    story::Office office;
    const PartnerId id = office.eligible();
    ApprovalEvidence evidence = office.on_paper();
    evidence.exception.reset();
    evidence.document = loaded("commitment.pdf", "application/pdf", "%PDF-1.7\nSigned.\n");
    evidence.document->judgement = judgement;
    const std::string_view demanded = policy;
    const std::string_view verdict = code_of(judgement.verdict);
    CAPTURE(demanded);
    CAPTURE(verdict);
    const Policies policies = demanding(Policy::commitment, policy);
    const OutcomeResult result =
        approve(office.register_(), office.partner(id), evidence, policies, office.next());
    CHECK(result.ok() == is_taken);
    if (!is_taken) continue;
    const auto commitments = find_commitments(office.register_(), id);
    CHECK(commitments.back().judgement == judgement);
  }
}

TEST_CASE("the criteria are evaluated once more before a joining") {
  story::Office office;
  const PartnerId id = office.eligible();
  // as version 1.0.0 amended it, which left it eligible
  const Partner before = office.partner(id);
  Partner after = before;
  after.application.level = Level::national;
  record(office.register_(), {.action = Action::update, .before = &before, .after = after}, office.next());
  CHECK(refused(approve(office.register_(), office.partner(id), office.on_paper(), Policies(),
                        office.next())) == ProblemCode::rule);
}

TEST_CASE("what a person found counts for the values that it was found about") {
  Overrides found;
  found[static_cast<std::size_t>(Criterion::scope)] = Verdict::pass;
  story::Office office;
  const PartnerId id = office.applied({{"level", "national"}}).id;
  const auto approve_it = [&] {
    return approve(office.register_(), office.partner(id), office.on_paper(), Policies(), office.next());
  };
  done(verify(office.register_(), office.partner(id), found, {}, office.next()));
  const Partner before = office.partner(id);
  Partner after = before;
  after.application.level = Level::local;
  record(office.register_(), {.action = Action::update, .before = &before, .after = after}, office.next());
  CHECK(refused(approve_it()) == ProblemCode::rule);
  done(verify(office.register_(), office.partner(id), found, {}, office.next()));
  CHECK(done(approve_it()).status == Status::approved);
}

TEST_CASE("under four eyes whoever amended what was verified does not approve it") {
  story::Office office;
  const PartnerId id = office.eligible();
  const auto by = [&](std::string_view actor) {
    return approve(office.register_(), office.partner(id), office.on_paper(), four_eyes(),
                   office.next(actor, 0));
  };
  done(update(office.register_(), office.partner(id), story::fields({{"city", "Gdańsk"}}), Similar::refused,
              office.next("amender", 0)));
  CHECK(refused(by("Amender")) == ProblemCode::rule);
  CHECK(refused(by("verifier")) == ProblemCode::rule);
  done(verify(office.register_(), office.partner(id), {}, {}, office.next("third", 0)));
  CHECK(done(by("amender")).status == Status::approved);
}
