#include "core/model/form.hpp"

#include <algorithm>
#include <utility>

#include "core/model/converted.hpp"
#include "core/text/code_point.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// A value that is known to parse.
template <class T>
T known(std::string_view text) {
  return *FieldType<T>::parse(text);
}

Contact blank_contact() {
  return {.name = known<PersonText>("-"),
          .role = std::nullopt,
          .email = known<Email>("a@example.org"),
          .phone = std::nullopt};
}

/// The place of a field's value in an application that has a contact.
template <class Form, class T>
auto& place_in(Form& form, T Application::*member) {
  return form.*member;
}

template <class Form, class T>
auto& place_in(Form& form, OfContact<T> place) {
  return (*form.contact).*place.member;
}

/// Empties a field that need not be there; the value of another is of no meaning until it is set.
template <class Member>
void clear(Application& form, Member member) {
  using Traits = MemberTraits<Member>;
  auto& place = place_in(form, member);
  if constexpr (Traits::is_optional) {
    place.reset();
  } else if constexpr (std::is_same_v<typename Traits::Value, Practices>) {
    place.clear();
  } else if constexpr (std::is_same_v<typename Traits::Value, LanguageTag>) {
    place = LanguageTag::english();
  }
}

/// A day on a form is not in the future, and not before there was a Covenant.
template <class T>
Result<T> parse_field(std::string_view text, Date today) {
  if constexpr (std::is_same_v<T, Date>) {
    const auto day = parse_past_date(text, today);
    if (!day) return day;
    if (auto problem = find_before_launch(*day)) return *std::move(problem);
    return day;
  } else {
    return FieldType<T>::parse(text);
  }
}

/// What is wrong with the text whatever the field is, and so is worth more than what the field says of it.
std::optional<Problem> refused_as_text(std::string_view text) {
  if (find_invalid_utf8(text)) return parse_text(text, long_text_rule).problem();
  return has_visible_character(text) && !is_spreadsheet_error(text) ? std::nullopt : find_refused_text(text);
}

/// Calls `visit` with each line of the list and its field.
template <class Visit>
void each_field(Visit visit) {
  std::size_t index = 0;
  std::apply([&](const auto&... listed) { (visit(listed, static_cast<Field>(index++)), ...); }, field_list);
}

using View = std::string_view (*)(const Application&, std::string& made);

template <std::size_t index>
std::string_view view_at(const Application& application, std::string& made) {
  constexpr auto member = std::get<index>(field_list).member;
  using Type = FieldType<typename MemberTraits<std::remove_const_t<decltype(member)>>::Value>;
  const auto* value = value_at(application, member);
  return value == nullptr ? std::string_view() : Type::view(*value, made);
}

template <std::size_t... indexes>
constexpr std::array<View, field_count> views_of(std::index_sequence<indexes...> /*all*/) {
  return {view_at<indexes>...};
}

constexpr std::array<View, field_count> views = views_of(std::make_index_sequence<field_count>());

}  // namespace

const Application& blank_application() {
  static const Application blank{.name = known<Name>("--"),
                                 .categories = known<Categories>("other"),
                                 .level = Level::european,
                                 .country = known<Country>("BE"),
                                 .language = LanguageTag::english(),
                                 .contact = blank_contact(),
                                 .applied_on = Date::of({})};
  return blank;
}

template <class Member>
void ParsedForm::read(const Listed<Member>& listed, Field field, const FieldTexts& texts) {
  const auto& text = texts[field];
  if (!text) return;
  Given& given = given_[index_of(field)];
  given = Given::empty;
  const std::string_view inner = trimmed(*text);
  if (inner.empty()) return;
  using Value = typename MemberTraits<Member>::Value;
  auto parsed = parse_field<Value>(inner, today_);
  if (!parsed && leniency_ == Leniency::conversions) {
    if (const auto meant = FieldType<Value>::suggest(inner)) {
      parsed = parse_field<Value>(*meant, today_);
      if (parsed) notes_.push_back(converted(inner, *meant, name_of(field)));
    }
  }
  given = parsed ? Given::value : Given::wrong;
  if (parsed) {
    place_in(values_, listed.member) = *std::move(parsed);
    return;
  }
  Problem problem = refused_as_text(inner).value_or(std::move(parsed).problem());
  problem.column = name_of(field);
  problems_.push_back(std::move(problem));
}

ParsedForm::ParsedForm(const FieldTexts& texts, Date today, Leniency leniency)
    : values_(blank_application()), today_(today), leniency_(leniency) {
  each_field([&](const auto& listed, Field field) { read(listed, field, texts); });
}

const Reference* ParsedForm::reference() const {
  return values_.reference ? &*values_.reference : nullptr;
}

const Name* ParsedForm::name() const {
  return given_[index_of("name"_field)] == Given::value ? &values_.name : nullptr;
}

const Date* ParsedForm::applied_on() const {
  return given_[index_of("applied_on"_field)] == Given::value ? &values_.applied_on : nullptr;
}

bool ParsedForm::leave_out_contact() {
  bool named_one = false;
  for (const Field field : all_fields) {
    if (!info_of(field).is_of_contact) continue;
    named_one |= given_[index_of(field)] == Given::value;
    given_[index_of(field)] = Given::no;
  }
  return named_one;
}

bool ParsedForm::has_contact(const Presence& is_present) {
  return std::any_of(all_fields.begin(), all_fields.end(), [&](Field field) {
    return info_of(field).is_of_contact && is_present[index_of(field)];
  });
}

/// `problems`, and each required field that is absent without one of its own.
Problems ParsedForm::missing(const Presence& is_present, ContactNeed need, Problems problems) {
  const bool wants_contact = need == ContactNeed::required || has_contact(is_present);
  each_field([&]<class Member>(const Listed<Member>& listed, Field field) {
    using Traits = MemberTraits<Member>;
    if constexpr (!Traits::is_optional && !has_default<typename Traits::Value>) {
      if (is_present[index_of(field)] || (Traits::is_of_contact && !wants_contact)) return;
      const auto is_about = [&](const Problem& problem) { return problem.column == listed.name; };
      if (std::any_of(problems.begin(), problems.end(), is_about)) return;
      problems.push_back(Problem::of(ProblemCode::required, "", std::string(listed.name) + " is required"));
      problems.back().column = listed.name;
    }
  });
  return problems;
}

Result<Application, Problems> ParsedForm::application() && {
  Presence is_present{};
  for (const Field field : all_fields) is_present[index_of(field)] = given_[index_of(field)] == Given::value;
  const bool has_day = given_[index_of("applied_on"_field)] == Given::value;
  if (!has_day) values_.applied_on = today_;
  is_present[index_of("applied_on"_field)] = true;
  Problems problems = missing(is_present, ContactNeed::required, std::move(problems_));
  if (!problems.empty()) return problems;
  return std::move(values_);
}

Result<Application, Problems> ParsedForm::amended(Application current) const {
  const bool had_contact = current.contact.has_value();
  if (!had_contact) current.contact = values_.contact;
  Presence is_present{};
  each_field([&](const auto& listed, Field field) {
    const Given given = given_[index_of(field)];
    bool& present = is_present[index_of(field)];
    present = given == Given::no ? had_contact || !info_of(field).is_of_contact : given == Given::value;
    if (given == Given::value) {
      place_in(current, listed.member) = place_in(values_, listed.member);
    } else if (given != Given::no) {
      clear(current, listed.member);
    }
  });
  const ContactNeed need = had_contact ? ContactNeed::required : ContactNeed::if_any;
  Problems problems = missing(is_present, need, problems_);
  if (!problems.empty()) return problems;
  if (!had_contact && !has_contact(is_present)) current.contact.reset();
  return current;
}

std::string_view field_view(const Application& application, Field field, std::string& made) {
  return views[index_of(field)](application, made);
}

std::string field_text(const Application& application, Field field) {
  std::string made;
  return std::string(field_view(application, field, made));
}

bool look_the_same_in_public(const Application& left, const Application& right) {
  const auto is_same = [&](const auto& listed) {
    if (!listed.publicity.is_public()) return true;
    const auto* one = value_at(left, listed.member);
    const auto* other = value_at(right, listed.member);
    return one == nullptr || other == nullptr ? one == other : *one == *other;
  };
  return std::apply([&](const auto&... listed) { return (is_same(listed) && ...); }, field_list);
}

}  // namespace covenant
