#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/form.hpp"
#include "core/model/instant.hpp"
#include "core/model/language.hpp"
#include "core/model/member_count.hpp"
#include "core/model/partner.hpp"
#include "core/model/practice.hpp"
#include "core/model/reference.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"
#include "core/store/sealed_table.hpp"
#include "tests/property/random_text.hpp"

using namespace covenant;

namespace {

template <class T>
std::string written(const T& value) {
  return value.str();
}
std::string written(const Country& value) {
  return std::string(value.code());
}
std::string written(const MemberCount& value) {
  return std::to_string(value.number());
}

template <class T>
bool is_read_back(const T& value) {
  const auto again = T::parse(written(value));
  return again.ok() && *again == value && written(*again) == written(value);
}

/// Whatever text a type accepts, what it writes is read back as the same value, and written the same again.
/// `valid` has to be accepted; of the random texts as many as may be.
template <class T>
void check_identity(const std::string& name, const std::string& valid, const rc::Gen<std::string>& texts) {
  const auto known = T::parse(valid);
  REQUIRE_MESSAGE(known.ok(), name);
  CHECK_MESSAGE(is_read_back(*known), name);
  CHECK(rc::check(name + " reads what it writes", [&] {
    const auto value = T::parse(*texts);
    if (value) RC_ASSERT(is_read_back(*value));
  }));
}

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";

rc::Gen<std::string> numbers(int least, int most, std::size_t width) {
  return rc::gen::map(rc::gen::inRange(least, most + 1), [=](int number) {
    std::string text = std::to_string(number);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
  });
}

rc::Gen<std::string> chained(std::vector<rc::Gen<std::string>> parts) {
  rc::Gen<std::string> all = rc::gen::just(std::string());
  for (auto& part : parts) {
    all = rc::gen::map(
        rc::gen::pair(std::move(all), std::move(part)),
        [](const std::pair<std::string, std::string>& both) { return both.first + both.second; });
  }
  return all;
}

rc::Gen<std::string> urls() {
  const auto host =
      random::one_of({"example.org", "WWW.Example.ORG.", "xn--bcher-kva.example", "bücher.example",
                      "EXAMPLE.org:8080", "[2001:db8::1]", "192.0.2.7", "faß.example", "a..b", ""});
  const auto path = rc::gen::oneOf(
      random::one_of({"", "/", "/a/../b", "/%7Efoo", "?q=1#x", "/é", "/ "}),
      rc::gen::map(random::text(0, 8, Lines::one), [](const std::string& t) { return "/" + t; }));
  return chained(
      {random::one_of({"http://", "https://", "HTTPS://", "ftp://", "javascript:", "http:/", " https://"}),
       host, path});
}

}  // namespace

TEST_CASE("texts are read back as they are written") {
  check_identity<Name>("name", "Ämter & Söhne", random::text(1, 40, Lines::one));
  check_identity<Name>("any name", "e\u0301 <b>", random::any_text());
  check_identity<LongText>("long text", "One\nTwo\r\nThree", random::text(1, 60, Lines::many));
  check_identity<Remark>("note", "Seen, \"on paper\"", random::any_text());
  check_identity<City>("city", "Rīga", random::text(1, 20, Lines::one));
  check_identity<PersonText>("person", "Ж. Ω’é", random::text(1, 20, Lines::one));
}

TEST_CASE("words with a form are read back as they are written") {
  check_identity<Reference>("reference", "COM/2026-17", random::word("AZaz09._/-", 1, 8));
  check_identity<Email>("e-mail", "a.b+c@Example.org",
                        chained({random::word("abcXYZ09.!#$%&'*+/=?^_`{|}~-", 1, 12),
                                 rc::gen::just(std::string("@")), random::word("abcXYZ09-.", 1, 20)}));
  check_identity<Phone>("phone", "+371 (67) 00-00.00",
                        chained({rc::gen::just(std::string("+")), random::word("0123456789 .-()", 1, 16)}));
  check_identity<Country>("country", "EL", random::word("ABCDEFGILKUX", 2, 2));
  check_identity<LanguageTag>(
      "language", "sr-latn",
      chained({random::word("abcdefglrstvz", 2, 3), random::one_of({"", "-Latn", "-BE", "-latn-be"})}));
  check_identity<MemberCount>(
      "number of members", "00120",
      chained({random::or_empty(random::one_of({"0", "00"})), random::word(digits, 1, 7)}));
  check_identity<Categories>(
      "categories", " other ;financial",
      rc::gen::map(rc::gen::container<std::vector<std::string>>(
                       random::one_of({"financial", "industrial", "civil-society", " other ", "others", ""})),
                   [](const std::vector<std::string>& codes) {
                     std::string text;
                     for (const std::string& code : codes) text += (text.empty() ? "" : ";") + code;
                     return text;
                   }));
  check_identity<WebUrl>("URL", "HTTPS://WWW.Bücher.example.:443/a/../b?q=1#x", urls());
  check_identity<Practice>("practice", "Heat map <https://example.org/a>",
                           chained({random::text(1, 12, Lines::one),
                                    random::one_of({"", " <https://example.org/a>", " <x>", "<", ">"})}));
}

TEST_CASE("days and moments are read back as they are written") {
  check_identity<Date>("day", "2024-02-29",
                       chained({numbers(1, 9999, 4), rc::gen::just(std::string("-")), numbers(1, 12, 2),
                                rc::gen::just(std::string("-")), numbers(1, 31, 2)}));
  check_identity<Instant>(
      "moment", "2024-02-28T23:59:59.999Z",
      chained({numbers(1900, 2100, 4), rc::gen::just(std::string("-02-")), numbers(1, 28, 2),
               rc::gen::just(std::string("T")), numbers(0, 23, 2), rc::gen::just(std::string(":59:")),
               numbers(0, 59, 2), rc::gen::just(std::string(".")), numbers(0, 999, 3),
               rc::gen::just(std::string("Z"))}));
}

TEST_CASE("an id is read back as it is written") {
  CHECK(rc::check("id", [] {
    const PartnerId id(*rc::gen::inRange<std::int64_t>(1, 10'000'000'000));
    RC_ASSERT(PartnerId::parse(id.str()) == id);
    RC_ASSERT(PartnerId::parse(std::to_string(id.number())) == id);
  }));
}

TEST_CASE("a contact is sealed and read back") {
  CHECK(rc::check("contact", [] {
    const auto person = [] { return PersonText::parse("x" + *random::text(0, 20, Lines::one) + "x"); };
    const auto name = person();
    const auto role = person();
    const auto email = Email::parse(*random::word(letters, 1, 10) + "@example.org");
    const auto phone = Phone::parse("+" + *random::word(digits, 1, 15));
    RC_PRE(name.ok() && role.ok() && email.ok() && phone.ok());
    Contact contact{*name, std::nullopt, *email, std::nullopt};
    if (*rc::gen::arbitrary<bool>()) contact.role = *role;
    if (*rc::gen::arbitrary<bool>()) contact.phone = *phone;
    RC_ASSERT(contact_from_json(contact_to_json(contact)) == contact);
  }));
}
