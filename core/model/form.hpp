#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/note.hpp"
#include "core/base/result.hpp"
#include "core/model/field_type.hpp"

namespace covenant {

/// The person between the European Commission and the office. Personal data: never public, never in an event
/// in the clear, and can be erased.
struct Contact {
  PersonText name;
  std::optional<PersonText> role;
  Email email;
  std::optional<Phone> phone;

  friend bool operator==(const Contact&, const Contact&) = default;
};

/// What a partner sent on the form, every field parsed. The contact is absent once it is erased.
struct Application {
  std::optional<Reference> reference{};
  Name name;
  std::optional<Acronym> acronym{};
  Categories categories;
  Level level;
  std::optional<MembershipBased> membership_based{};
  std::optional<MemberCount> member_count{};
  Country country;
  std::optional<City> city{};
  std::optional<WebUrl> website{};
  std::optional<LongText> description{};
  std::optional<LongText> expertise{};
  Practices practices{};
  LanguageTag language;
  std::optional<Contact> contact{};
  Date applied_on;

  friend bool operator==(const Application&, const Application&) = default;
};

/// Whether everybody may see a field, and what it then means to them.
struct Publicity {
  std::string_view meaning{};  ///< in English; empty: only the office sees the field
  std::string_view after{};    ///< the public field that it follows; empty: the one before it in the list

  constexpr bool is_public() const { return !meaning.empty(); }
};

inline constexpr Publicity only_office{};

constexpr Publicity everybody(std::string_view meaning, std::string_view after = {}) {
  return {meaning, after};
}

/// One line of a list of fields: a member, and what is said of it. `name` is the CSV column, the key in a
/// form, JSON, the events and the table; the option is the same with hyphens.
template <class Member>
struct Listed {
  Member member;
  std::string_view name;
  std::string_view help;  ///< of the option; a column that is no field has none
  Publicity publicity;
  std::string_view example{};  ///< of a field: its text in the application of a made-up organisation
};

// C++20 deduces both of these itself; the clang that reads the code for clang-tidy does not.
template <class Member, class... Rest>
Listed(Member, Rest...) -> Listed<Member>;

/// The place of a contact's field in an application, whose contact may be absent.
template <class T>
struct OfContact {
  T Contact::*member;
};

template <class T>
OfContact(T Contact::*) -> OfContact<T>;

/// The one list of fields, in the order in which every list of them is shown. Parsing, amending, comparing,
/// option names and help, CSV columns, table columns, event and JSON members follow from it.
inline constexpr std::tuple field_list{
    Listed{&Application::reference, "reference", "office's number for the form", only_office, "CoM-2026-001"},
    Listed{&Application::name, "name", "organisation's name", everybody("Name"),
           "European Federation of Example Associations"},
    Listed{&Application::acronym, "acronym", "organisation's acronym", everybody("Acronym"), "EFEA"},
    Listed{&Application::categories, "categories", "all categories, separated by ';'",
           everybody("Categories of the scheme"), "civil-society;other"},
    Listed{&Application::level, "level", "european, international, national or local",
           everybody("Level at which the organisation works"), "european"},
    Listed{&Application::membership_based, "membership_based", "whether it has members", only_office, "yes"},
    Listed{&Application::member_count, "member_count", "number of members",
           everybody("Number of members", "website"), "24"},
    Listed{&Application::country, "country", "country of the seat, ISO 3166-1 alpha-2",
           everybody("Country of the seat (ISO 3166-1 alpha-2, or XK)"), "BE"},
    Listed{&Application::city, "city", "city of the seat", everybody("City of the seat"), "Brussels"},
    Listed{&Application::website, "website", "website, http or https", everybody("Website"),
           "https://www.example.org/"},
    Listed{&Application::description, "description", "what the organisation is",
           everybody("What the organisation is"),
           "Brings together national associations from all over Europe."},
    Listed{&Application::expertise, "expertise", "energy know-how it offers",
           everybody("Energy know-how that it offers"),
           "Energy savings in buildings:\nadvice and training for municipalities."},
    Listed{&Application::practices, "practices", "all practices, one a line",
           everybody("Practices and tools that it shares, one a line, the address in angle brackets"),
           "Guide to energy communities <https://www.example.org/guide>\nSummer school"},
    Listed{&Application::language, "language", "language of the texts (default en)",
           everybody("Language of the texts (BCP 47)"), "en"},
    Listed{OfContact{&Contact::name}, "contact_name", "contact's name", only_office, "Contact Desk"},
    Listed{OfContact{&Contact::role}, "contact_role", "contact's role", only_office, "Secretariat"},
    Listed{OfContact{&Contact::email}, "contact_email", "contact's e-mail address", only_office,
           "office@example.org"},
    Listed{OfContact{&Contact::phone}, "contact_phone", "contact's telephone, with '+'", only_office,
           "+32 2 555 01 23"},
    Listed{&Application::applied_on, "applied_on", "day of the application (default today)", only_office,
           "2026-01-15"},
};

/// The type of a listed member's value, and whether the value may be absent.
template <class Member>
struct MemberTraits;

template <class Owner, class T>
struct MemberTraits<T Owner::*> {
  using Value = T;
  static constexpr bool is_optional = false;
  static constexpr bool is_of_contact = false;
};

template <class Owner, class T>
struct MemberTraits<std::optional<T> Owner::*> {
  using Value = T;
  static constexpr bool is_optional = true;
  static constexpr bool is_of_contact = false;
};

template <class T>
struct MemberTraits<OfContact<T>> : MemberTraits<T Contact::*> {
  static constexpr bool is_of_contact = true;
};

/// The value of a listed member; null when it is absent.
template <class Owner, class T>
const T* value_at(const Owner& owner, T Owner::*member) {
  return &(owner.*member);
}

template <class Owner, class T>
const T* value_at(const Owner& owner, std::optional<T> Owner::*member) {
  return owner.*member ? &*(owner.*member) : nullptr;
}

template <class T>
const auto* value_at(const Application& application, OfContact<T> place) {
  using Value = typename MemberTraits<OfContact<T>>::Value;
  return application.contact ? value_at(*application.contact, place.member)
                             : static_cast<const Value*>(nullptr);
}

/// What can be said of a listed member whatever its type is.
struct FieldInfo {
  std::string_view name;
  std::string_view help;
  std::string_view placeholder;
  std::string_view datatype;
  std::string_view example;
  ColumnShape shape;
  bool is_free_text;
  std::string (*pattern)();
  Publicity publicity;
  bool is_optional;
  bool is_of_contact;
};

template <class Member>
constexpr FieldInfo info_of(const Listed<Member>& listed) {
  using Traits = MemberTraits<Member>;
  using Type = FieldType<typename Traits::Value>;
  return {.name = listed.name,
          .help = listed.help,
          .placeholder = Type::placeholder,
          .datatype = Type::datatype,
          .example = listed.example,
          .shape = Type::shape,
          .is_free_text = Type::is_free_text,
          .pattern = Type::pattern,
          .publicity = listed.publicity,
          .is_optional = Traits::is_optional,
          .is_of_contact = Traits::is_of_contact};
}

/// What can be said of each line of a list.
template <class... Members>
constexpr auto infos_of(const std::tuple<Listed<Members>...>& list) {
  return std::apply([](const auto&... listed) { return std::array{info_of(listed)...}; }, list);
}

/// The names in a list, in its order.
template <class... Members>
constexpr auto names_of(const std::tuple<Listed<Members>...>& list) {
  return std::apply([](const auto&... listed) { return std::array{listed.name...}; }, list);
}

/// The place of a name among others. Without such a name the call does not compile.
template <std::size_t count>
consteval std::size_t place_of(std::string_view name, const std::array<std::string_view, count>& names) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == name) return i;
  }
  throw "no such name";
}

/// A field of the form: its place in the list. `"name"_field` is one by its name.
enum class Field : std::uint8_t {};

inline constexpr auto field_names = names_of(field_list);
inline constexpr std::size_t field_count = field_names.size();
inline constexpr auto field_infos = infos_of(field_list);

constexpr std::size_t index_of(Field field) {
  return static_cast<std::size_t>(field);
}

constexpr std::string_view name_of(Field field) {
  return field_names[index_of(field)];
}

constexpr const FieldInfo& info_of(Field field) {
  return field_infos[index_of(field)];
}

consteval Field operator""_field(const char* name, std::size_t size) {
  return static_cast<Field>(place_of({name, size}, field_names));
}

/// Every field, in order.
inline constexpr std::array<Field, field_count> all_fields = [] {
  std::array<Field, field_count> all{};
  for (std::size_t i = 0; i < field_count; ++i) all[i] = static_cast<Field>(i);
  return all;
}();

/// What an absent or emptied field is where its value is not optional: no practices, English texts. Any other
/// such field is required.
template <class T>
constexpr bool has_default = std::is_same_v<T, Practices> || std::is_same_v<T, LanguageTag>;

/// The fields without which an application is refused: those without a default. The day of application has
/// one, today.
inline constexpr auto required_fields = [] {
  constexpr auto is_required = std::apply(
      []<class... Members>(const Listed<Members>&...) {
        return std::array{!MemberTraits<Members>::is_optional &&
                          !has_default<typename MemberTraits<Members>::Value> &&
                          !std::is_same_v<typename MemberTraits<Members>::Value, Date>...};
      },
      field_list);
  constexpr auto count = static_cast<std::size_t>(std::count(is_required.begin(), is_required.end(), true));
  std::array<Field, count> required{};
  std::size_t next = 0;
  for (const Field field : all_fields) {
    if (is_required[index_of(field)]) required[next++] = field;
  }
  return required;
}();

/// The field of that exact name, if there is one.
constexpr std::optional<Field> field_named(std::string_view name) {
  for (const Field field : all_fields) {
    if (name_of(field) == name) return field;
  }
  return std::nullopt;
}

/// The texts of a form as they were given, field by field. A field that was not given has no text; one that
/// was given empty has an empty text. Lists are written as in CSV: categories joined by ';', practices by
/// line feeds. The views must outlive their reader.
struct FieldTexts {
  std::array<std::optional<std::string_view>, field_count> texts;

  std::optional<std::string_view>& operator[](Field field) { return texts[index_of(field)]; }
  const std::optional<std::string_view>& operator[](Field field) const { return texts[index_of(field)]; }
};

/// Whether a text in another form than its field's is read as what it clearly means.
enum class Leniency { none, conversions };

/// A form whose texts were each parsed once, so that it can be filed as a new application or amend one.
class ParsedForm {
 public:
  /// No day on a form may be after `today`.
  ParsedForm(const FieldTexts& texts, Date today, Leniency leniency = Leniency::none);

  /// What the form says of itself; null when it does not say it or says it wrongly.
  const Reference* reference() const;
  const Name* name() const;
  const Date* applied_on() const;

  /// From now on the form says nothing of a contact; returns whether it named one.
  bool leave_out_contact();

  /// What was read as something else (`converted`).
  const Notes& notes() const { return notes_; }

  /// The application. Fields not given or given empty are absent; `language` is then English and `applied_on`
  /// today. Each problem carries its column; `required` names a required field that is absent.
  Result<Application, Problems> application() &&;

  /// `current` with the fields that are given: an empty text clears an optional field (and sets `language`
  /// back to English), and is the problem `required` for a required one and for `applied_on`. A contact that
  /// was erased comes back when its name and e-mail address are both given.
  Result<Application, Problems> amended(Application current) const;

 private:
  enum class Given : std::uint8_t { no, empty, wrong, value };
  enum class ContactNeed { required, if_any };
  using Presence = std::array<bool, field_count>;

  template <class Member>
  void read(const Listed<Member>& listed, Field field, const FieldTexts& texts);
  static Problems missing(const Presence& is_present, ContactNeed need, Problems problems);
  static bool has_contact(const Presence& is_present);

  Application values_;  ///< those that are given; the rest as in `blank_application`
  std::array<Given, field_count> given_{};
  Date today_;
  Leniency leniency_;
  Problems problems_;
  Notes notes_;
};

/// An application whose fields are all still to be read: the required ones have a value of no meaning.
const Application& blank_application();

/// The field as CSV has it; empty when it is absent. The view is into the application or into `made`, where a
/// text that has to be put together is kept.
std::string_view field_view(const Application& application, Field field, std::string& made);

/// The same as a text of its own.
std::string field_text(const Application& application, Field field);

/// Whether everybody sees the same of both.
bool look_the_same_in_public(const Application& left, const Application& right);

}  // namespace covenant
