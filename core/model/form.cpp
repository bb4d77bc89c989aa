#include "core/model/form.hpp"

#include <algorithm>
#include <utility>

#include "core/text/suggest.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// An application while its fields are read: every one may still be absent.
struct Draft {
  std::optional<Reference> reference{};
  std::optional<Name> name{};
  std::optional<Acronym> acronym{};
  std::optional<Categories> categories{};
  std::optional<Level> level{};
  std::optional<MembershipBased> membership_based{};
  std::optional<MemberCount> member_count{};
  std::optional<Country> country{};
  std::optional<City> city{};
  std::optional<WebUrl> website{};
  std::optional<LongText> description{};
  std::optional<LongText> expertise{};
  std::optional<Practices> practices{};
  std::optional<LanguageTag> language{};
  std::optional<PersonText> contact_name{};
  std::optional<PersonText> contact_role{};
  std::optional<Email> contact_email{};
  std::optional<Phone> contact_phone{};
  std::optional<Date> applied_on{};
};

Draft draft_of(const Application& a) {
  Draft draft{.reference = a.reference,
              .name = a.name,
              .acronym = a.acronym,
              .categories = a.categories,
              .level = a.level,
              .membership_based = a.membership_based,
              .member_count = a.member_count,
              .country = a.country,
              .city = a.city,
              .website = a.website,
              .description = a.description,
              .expertise = a.expertise,
              .practices = a.practices,
              .language = a.language,
              .applied_on = a.applied_on};
  if (a.contact) {
    draft.contact_name = a.contact->name;
    draft.contact_role = a.contact->role;
    draft.contact_email = a.contact->email;
    draft.contact_phone = a.contact->phone;
  }
  return draft;
}

/// Reads the given texts into a draft and gathers what is wrong with them.
class FieldReader {
 public:
  FieldReader(const FieldTexts& texts, std::vector<Problem>& problems) : texts_(texts), problems_(problems) {}

  template <class T, class Parse>
  void read(Field field, std::optional<T>& target, Parse parse) {
    const auto& text = texts_[field];
    if (!text) return;
    target.reset();
    const std::string_view inner = trimmed(*text);
    if (inner.empty()) return;
    auto parsed = parse(inner);
    if (parsed) {
      target = *std::move(parsed);
    } else if (find_invalid_utf8(inner)) {
      note(field, parse_text(inner, long_text_rule).problem());
    } else {
      note(field, std::move(parsed).problem());
    }
  }

  template <class T>
  void read(Field field, std::optional<T>& target) {
    read(field, target, T::parse);
  }

  template <class E>
  void read_code(Field field, std::optional<E>& target) {
    read(field, target, parse_code<E>);
  }

 private:
  void note(Field field, Problem problem) {
    problem.column = name_of(field);
    problems_.push_back(std::move(problem));
  }

  const FieldTexts& texts_;
  std::vector<Problem>& problems_;
};

void read_fields(Draft& draft, const FieldTexts& texts, Date today, std::vector<Problem>& problems) {
  FieldReader reader(texts, problems);
  reader.read(Field::reference, draft.reference);
  reader.read(Field::name, draft.name);
  reader.read(Field::acronym, draft.acronym);
  reader.read(Field::categories, draft.categories);
  reader.read_code(Field::level, draft.level);
  reader.read_code(Field::membership_based, draft.membership_based);
  reader.read(Field::member_count, draft.member_count);
  reader.read(Field::country, draft.country);
  reader.read(Field::city, draft.city);
  reader.read(Field::website, draft.website);
  reader.read(Field::description, draft.description);
  reader.read(Field::expertise, draft.expertise);
  reader.read(Field::practices, draft.practices, parse_practices);
  reader.read(Field::language, draft.language);
  reader.read(Field::contact_name, draft.contact_name);
  reader.read(Field::contact_role, draft.contact_role);
  reader.read(Field::contact_email, draft.contact_email);
  reader.read(Field::contact_phone, draft.contact_phone);
  reader.read(Field::applied_on, draft.applied_on,
              [&](std::string_view text) { return parse_past_date(text, today); });
}

/// Notes a required field that is absent, unless a problem of its own was found already.
template <class T>
void require(Field field, const std::optional<T>& value, std::vector<Problem>& problems) {
  const auto is_about = [&](const Problem& problem) { return problem.column == name_of(field); };
  if (value || std::any_of(problems.begin(), problems.end(), is_about)) return;
  const std::string name(name_of(field));
  problems.push_back({ProblemCode::required, "", name + " is required", name, 0});
}

/// Whether the form says anything of the contact.
bool has_contact(const Draft& draft) {
  return draft.contact_name || draft.contact_role || draft.contact_email || draft.contact_phone;
}

enum class ContactNeed { required, if_any };

ApplicationResult finish(Draft draft, ContactNeed need, std::vector<Problem> problems) {
  require(Field::name, draft.name, problems);
  require(Field::categories, draft.categories, problems);
  require(Field::level, draft.level, problems);
  require(Field::country, draft.country, problems);
  const bool wants_contact = need == ContactNeed::required || has_contact(draft);
  if (wants_contact) {
    require(Field::contact_name, draft.contact_name, problems);
    require(Field::contact_email, draft.contact_email, problems);
  }
  require(Field::applied_on, draft.applied_on, problems);
  if (!problems.empty()) return problems;
  std::optional<Contact> contact;
  if (wants_contact) {
    contact = Contact{*std::move(draft.contact_name), std::move(draft.contact_role),
                      *std::move(draft.contact_email), std::move(draft.contact_phone)};
  }
  return Application{.reference = std::move(draft.reference),
                     .name = *std::move(draft.name),
                     .acronym = std::move(draft.acronym),
                     .categories = *draft.categories,
                     .level = *draft.level,
                     .membership_based = draft.membership_based,
                     .member_count = draft.member_count,
                     .country = *draft.country,
                     .city = std::move(draft.city),
                     .website = std::move(draft.website),
                     .description = std::move(draft.description),
                     .expertise = std::move(draft.expertise),
                     .practices = std::move(draft.practices).value_or(Practices{}),
                     .language = std::move(draft.language).value_or(LanguageTag::english()),
                     .contact = std::move(contact),
                     .applied_on = *draft.applied_on};
}

template <class T>
std::string_view view_of(const std::optional<T>& value) {
  return value ? std::string_view(value->str()) : std::string_view();
}

std::string_view contact_view(const std::optional<Contact>& contact, Field field) {
  if (!contact) return "";
  switch (field) {
    case Field::contact_name:
      return contact->name.str();
    case Field::contact_role:
      return view_of(contact->role);
    case Field::contact_email:
      return contact->email.str();
    default:
      return view_of(contact->phone);
  }
}

}  // namespace

ApplicationResult parse_application(const FieldTexts& texts, Date today) {
  std::vector<Problem> problems;
  Draft draft;
  read_fields(draft, texts, today, problems);
  const auto& applied_on = texts[Field::applied_on];
  if (!applied_on || trimmed(*applied_on).empty()) draft.applied_on = today;
  return finish(std::move(draft), ContactNeed::required, std::move(problems));
}

ApplicationResult amend_application(const Application& current, const FieldTexts& texts, Date today) {
  std::vector<Problem> problems;
  Draft draft = draft_of(current);
  read_fields(draft, texts, today, problems);
  const ContactNeed need = current.contact ? ContactNeed::required : ContactNeed::if_any;
  return finish(std::move(draft), need, std::move(problems));
}

std::string_view field_view(const Application& a, Field field, std::string& made) {
  switch (field) {
    case Field::reference:
      return view_of(a.reference);
    case Field::name:
      return a.name.str();
    case Field::acronym:
      return view_of(a.acronym);
    case Field::categories:
      return made = a.categories.str();
    case Field::level:
      return code_of(a.level);
    case Field::membership_based:
      return a.membership_based ? code_of(*a.membership_based) : "";
    case Field::member_count:
      if (!a.member_count) return "";
      return made = std::to_string(a.member_count->number());
    case Field::country:
      return a.country.code();
    case Field::city:
      return view_of(a.city);
    case Field::website:
      return view_of(a.website);
    case Field::description:
      return view_of(a.description);
    case Field::expertise:
      return view_of(a.expertise);
    case Field::practices:
      return made = to_text(a.practices);
    case Field::language:
      return a.language.str();
    case Field::contact_name:
    case Field::contact_role:
    case Field::contact_email:
    case Field::contact_phone:
      return contact_view(a.contact, field);
    case Field::applied_on:
      return made = a.applied_on.str();
  }
  return "";
}

std::string field_text(const Application& application, Field field) {
  std::string made;
  return std::string(field_view(application, field, made));
}

}  // namespace covenant
