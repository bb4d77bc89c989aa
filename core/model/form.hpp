#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/codes.hpp"
#include "core/model/contact.hpp"
#include "core/model/country.hpp"
#include "core/model/date.hpp"
#include "core/model/field.hpp"
#include "core/model/language.hpp"
#include "core/model/level.hpp"
#include "core/model/member_count.hpp"
#include "core/model/practice.hpp"
#include "core/model/reference.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

/// What a partner sent on the form, every field parsed. The contact is there until it is erased.
struct Application {
  std::optional<Reference> reference;
  Name name;
  std::optional<Acronym> acronym;
  Categories categories;
  Level level;
  std::optional<MembershipBased> membership_based;
  std::optional<MemberCount> member_count;
  Country country;
  std::optional<City> city;
  std::optional<WebUrl> website;
  std::optional<LongText> description;
  std::optional<LongText> expertise;
  Practices practices;
  LanguageTag language;
  std::optional<Contact> contact;
  Date applied_on;

  friend bool operator==(const Application&, const Application&) = default;
};

/// A parsed application, or every problem that the form has.
using ApplicationResult = std::variant<Application, std::vector<Problem>>;

/// Reads a form. Fields not given or given empty are absent; `language` is then English and `applied_on`
/// today. Each problem carries its column; `required` names a required field that is absent.
ApplicationResult parse_application(const FieldTexts& texts, Date today);

/// `current` with the fields that are given: an empty text clears an optional field (and sets `language` back
/// to English), and is the problem `required` for a required one and for `applied_on`. A contact that was
/// erased comes back when its name and e-mail address are both given.
ApplicationResult amend_application(const Application& current, const FieldTexts& texts, Date today);

/// The field as CSV has it; empty when it is absent. The view is into the application or into `made`, where a
/// text that has to be put together is kept.
std::string_view field_view(const Application& application, Field field, std::string& made);

/// The same as a text of its own.
std::string field_text(const Application& application, Field field);

}  // namespace covenant
