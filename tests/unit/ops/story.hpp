#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/model/form.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/outcome.hpp"
#include "core/ops/verify.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_table.hpp"
#include "tests/property/temporary_registry.hpp"

namespace covenant::story {

using Texts = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// These fields by their names, and no others.
inline FieldTexts fields(Texts given) {
  FieldTexts texts;
  for (const auto& [name, text] : given) texts[field_named(name).value()] = text;
  return texts;
}

/// The form of an association that is eligible, with these fields in place of its own or beside them.
inline FieldTexts form(Texts given = {}) {
  FieldTexts texts = fields({{"name", "Union of the Baltic Cities"},
                             {"categories", "civil-society"},
                             {"level", "european"},
                             {"membership_based", "yes"},
                             {"country", "PL"},
                             {"website", "https://baltic.example.org/"},
                             {"expertise", "Audits of buildings"},
                             {"contact_name", "Contact Desk"},
                             {"contact_email", "desk@example.org"}});
  for (const auto& [name, text] : given) texts[field_named(name).value()] = text;
  return texts;
}

/// What a verb did.
inline Outcome done(const OutcomeResult& result) {
  REQUIRE(result.ok());
  return *result;
}

/// Why a verb did nothing: the code of its one problem.
inline ProblemCode refused(const OutcomeResult& result) {
  REQUIRE(!result.ok());
  REQUIRE(result.problems().size() == 1);
  return result.problems().front().code;
}

/// A register, in one transaction that is never committed, in which each deed is done a day after the one
/// before.
class Office {
 public:
  Office() : registry_(file_.open()), write_(registry_.write()) {}

  Write& register_() { return write_; }

  /// The next day's deed.
  Deed next(std::string_view actor = "tester", std::int64_t uid = 1000) {
    Deed deed = random::deed(++day_);
    deed.actor = actor;
    deed.uid = uid;
    return deed;
  }
  Date today() const { return random::noon(day_).date(); }
  std::uint64_t events() { return log_size(write_); }
  Partner partner(PartnerId id) { return find_partner(write_, id).value(); }

  Outcome applied(Texts given = {}) {
    return done(apply_form(write_, form(given), Similar::refused, next()));
  }
  PartnerId eligible(Texts given = {}) {
    const PartnerId id = applied(given).id;
    REQUIRE(done(verify(write_, partner(id), {}, {}, next("verifier"))).status == Status::eligible);
    return id;
  }
  PartnerId listed(Texts given = {}) {
    const PartnerId id = eligible(given);
    REQUIRE(done(approve(write_, partner(id), on_paper(), Policies(), next())).status == Status::approved);
    return id;
  }

  /// The evidence of a joining whose commitment is kept on paper.
  ApprovalEvidence on_paper() const {
    return {std::nullopt, *Remark::parse("Signed on paper"), today(), std::nullopt, std::nullopt};
  }

 private:
  random::TemporaryRegistry file_;
  Registry registry_;
  Write write_;
  int day_ = 0;
};

}  // namespace covenant::story
