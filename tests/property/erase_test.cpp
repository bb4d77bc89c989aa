#include "core/ops/erase.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <optional>
#include <string>
#include <vector>

#include "core/check/check.hpp"
#include "core/history/personal_values.hpp"
#include "core/ops/apply.hpp"
#include "core/ops/approve.hpp"
#include "core/ops/end.hpp"
#include "core/ops/find_person.hpp"
#include "core/ops/renew.hpp"
#include "core/ops/verify.hpp"
#include "core/store/partner_table.hpp"
#include "tests/property/random_text.hpp"
#include "tests/property/temporary_registry.hpp"

using namespace covenant;

namespace {

/// A text that names her, or does not.
std::string random_text() {
  return *random::one_of({"Eva Roth", "Ask eva roth, please", "Nobody", "Audits of buildings"});
}

FieldTexts form(bool is_new) {
  FieldTexts texts;
  if (is_new) {
    texts["name"_field] = "Union of the Baltic Cities";
    texts["categories"_field] = "civil-society";
    texts["level"_field] = "european";
    texts["country"_field] = "PL";
    texts["membership_based"_field] = "yes";
    texts["website"_field] = "https://baltic.example.org/";
  }
  return texts;
}

/// One of the things that an office writes down about the partner, or takes away.
void act(Write& write, std::optional<PartnerId>& id, int what, int day) {
  const Deed deed = random::deed(day);
  static std::vector<std::string> kept;
  kept.clear();
  kept.reserve(8);
  const auto text = [&] { return std::string_view(kept.emplace_back(random_text())); };
  if (!id) {
    FieldTexts texts = form(true);
    texts["contact_name"_field] = text();
    texts["contact_email"_field] = kept.emplace_back(*random::one_of({"eva@example.org", "bob@example.org"}));
    texts["description"_field] = text();
    texts["practices"_field] = kept.emplace_back(random_text() + "\n" + random_text() + " again");
    id = apply_form(write, texts, Similar::refused, deed).value().id;
    return;
  }
  const Partner partner = *find_partner(write, *id);
  const Remark remark = *Remark::parse(text());
  const SoughtPerson eva = *SoughtPerson::parse("Eva Roth");
  FieldTexts texts = form(false);
  switch (what) {
    case 0:
      static_cast<void>(verify(write, partner, {}, {remark, *Remark::parse(text())}, deed).ok());
      break;
    case 1:
      static_cast<void>(approve(write, partner,
                                {std::nullopt, remark, deed.today, {}, *PersonText::parse(text())},
                                Policies(), deed)
                            .ok());
      break;
    case 2:
      static_cast<void>(withdraw(write, partner, {deed.today, {}, remark, {}}, deed).ok());
      break;
    case 3:
      static_cast<void>(add_note(write, partner, remark, deed).ok());
      break;
    case 4:
      texts["description"_field] = text();
      texts["contact_name"_field] = text();
      texts["contact_email"_field] = "cem@example.org";
      static_cast<void>(update(write, partner, texts, Similar::refused, deed).ok());
      break;
    case 5:
      static_cast<void>(erase_contact(write, partner, deed).ok());
      break;
    case 6:
      static_cast<void>(erase_former_contacts(write, partner, deed).ok());
      break;
    default:
      erase_person(write, partner, eva, deed);
      RC_ASSERT(find_person(write, *id, eva).empty());
  }
}

}  // namespace

TEST_CASE("whatever is erased, and whenever, the registry stays sound and the person is nowhere") {
  const random::TemporaryRegistry file;
  Registry registry = file.open();
  CHECK(rc::check("histories with erasures", [&] {
    Write write = registry.write();
    std::optional<PartnerId> id;
    int day = 1;
    act(write, id, 0, day);
    for (const int what : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9)))
      act(write, id, what, ++day);
    act(write, id, 8, ++day);
    check_registry(write, [](const CheckResult& result) { RC_ASSERT(result.first == std::string()); });
  }));
}
