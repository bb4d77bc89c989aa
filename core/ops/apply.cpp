#include "core/ops/apply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/history/record.hpp"
#include "core/model/field_notes.hpp"
#include "core/store/finding_table.hpp"
#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// The partner that a form names: by the same reference, else by the same name; and one whose name looks like
/// the form's.
NameMatch find_named(Read& read, const ParsedForm& form) {
  if (const Reference* reference = form.reference()) {
    if (auto partner = find_partner(read, *reference)) return {.same = std::move(partner)};
  }
  return form.name() == nullptr ? NameMatch() : find_name(read, *form.name(), std::nullopt);
}

/// Files for an organisation whose reference and name nobody has.
OutcomeResult file_new(Write& write, Application application, const NameMatch& match, Similar similar,
                       const FiledLine& filed_line, const Deed& deed) {
  if (similar == Similar::refused) {
    if (auto problems = find_similar(write, application, nullptr, match, filed_line); !problems.empty())
      return problems;
  }
  const Partner partner{
      .id = next_partner_id(write), .application = std::move(application), .status = Status::applied};
  record(write, {.action = Action::apply, .after = partner}, deed);
  Outcome outcome{Effect::applied, partner.id, partner.status};
  outcome.notes = find_notes(partner.application, nullptr);
  return outcome;
}

/// "was revoked on 2025-02-03".
std::string decision(const Partner& partner) {
  const bool is_ended = partner.ended_on.has_value();
  const auto& day = is_ended ? partner.ended_on : partner.verified_on;
  return fmt::format("was {}{} on {}", is_ended ? "" : "found ", code_of(partner.status), day.value().str());
}

/// The fields that only the former application has, by their names.
std::string left_empty(const Application& before, const Application& after) {
  std::string names;
  for (const Field field : all_fields) {
    if (field_text(before, field).empty() || !field_text(after, field).empty()) continue;
    names.append(names.empty() ? "" : ", ").append(name_of(field));
  }
  return names;
}

Note again_note(const Partner& before, const Application& after) {
  const std::string empty = left_empty(before.application, after);
  return Note::of(NoteCode::again, code_of(before.status),
                  fmt::format("{} {}; this is a new application of it{}", before.id.str(), decision(before),
                              empty.empty() ? "" : ", which leaves empty: " + empty));
}

/// The note on a contact that was erased and is named again.
void note_return(Notes& notes, const Partner& before, const Application& after) {
  if (!before.contact_erased_on || !after.contact) return;
  notes.push_back(Note::of(NoteCode::erased, before.contact_erased_on->str(),
                           fmt::format("{}: its contact was erased on {}; this names one again",
                                       before.id.str(), before.contact_erased_on->str()),
                           name_of("contact_name"_field)));
}

OutcomeResult file_again(Write& write, const Partner& before, Application application, Similar similar,
                         const FiledLine& filed_line, const Deed& deed) {
  if (auto problems = find_duplicates(write, application, &before, similar, filed_line); !problems.empty())
    return problems;
  Outcome outcome{Effect::applied, before.id, Status::applied, before.status};
  outcome.notes.push_back(again_note(before, application));
  Partner after{.id = before.id, .application = std::move(application), .status = Status::applied};
  after.partner_since = before.partner_since;
  if (!after.application.contact) after.contact_erased_on = before.contact_erased_on;
  record(write, {.action = Action::apply, .before = &before, .after = after}, deed);
  note_return(outcome.notes, before, after.application);
  return with_notes(std::move(outcome), find_notes(after.application, &before.application));
}

/// A day of application that is after what followed it.
std::optional<Problem> find_late_application(const Partner& before, const Application& application) {
  const Date day = application.applied_on;
  if (day == before.application.applied_on) return std::nullopt;
  const auto column = name_of("applied_on"_field);
  if (before.approved_on && day > *before.approved_on)
    return too_late(column, day, "the joining", *before.approved_on);
  if (before.ended_on && day > *before.ended_on) return too_late(column, day, "the ending", *before.ended_on);
  return std::nullopt;
}

/// The criteria that pass before an amendment of a verified application and fail after it, as notes.
Notes newly_failed(Read& read, const Partner& before, const Application& amended) {
  const Criteria changed = differing_criteria(before.application, amended);
  const auto verification = changed.any() ? find_verification(read, before.id) : std::nullopt;
  if (!verification) return {};
  const Findings was = evaluate_again(before.application, verification->findings, Criteria());
  const Findings now = evaluate_again(amended, verification->findings, changed);
  Notes notes;
  for (const Criterion criterion : failed(now)) {
    if (was[static_cast<std::size_t>(criterion)].verdict == Verdict::fail) continue;
    const std::string_view way_out =
        before.status == Status::eligible
            ? "its status is applied again; correct it, then verify it"
            : "it stays on the public list until it is corrected or its partnership ended";
    notes.push_back(Note::of(
        NoteCode::criterion, code_of(criterion),
        fmt::format("{}: no longer passes {}; {}", before.id.str(), shortcoming(criterion, now), way_out)));
  }
  return notes;
}

OutcomeResult amend(Write& write, const Partner& before, Application application, Similar similar,
                    const FiledLine& filed_line, const Deed& deed) {
  if (application == before.application) return unchanged(before);
  if (auto problem = find_late_application(before, application)) return refuse(*std::move(problem));
  if (auto problems = find_duplicates(write, application, &before, similar, filed_line); !problems.empty())
    return problems;
  Partner after = before;
  if (after.application.contact != application.contact) after.contact_erased_on.reset();
  Notes notes;
  if (before.status == Status::eligible || before.status == Status::approved)
    notes = newly_failed(write, before, application);
  if (before.status == Status::eligible && !notes.empty()) {
    after.status = Status::applied;
    after.verified_on.reset();
  }
  after.application = std::move(application);
  record(write, {.action = Action::update, .before = &before, .after = after}, deed);
  Outcome outcome = updated(before, after);
  outcome.notes = std::move(notes);
  note_return(outcome.notes, before, after.application);
  return with_notes(std::move(outcome), find_notes(after.application, &before.application));
}

/// A row that names a partner which the row of that line has named, by its id, its reference or its name.
Problem twice_in_file(const ApplicationRow& row, const Partner& partner, std::uint64_t line) {
  std::string_view column = "name";
  std::string value = partner.application.name.str();
  const auto& reference = partner.application.reference;
  if (const std::string_view id = trimmed(row.id); !id.empty()) {
    column = "id";
    value = id;
  } else if (reference && row.texts["reference"_field] &&
             trimmed(*row.texts["reference"_field]) == reference->str()) {
    column = "reference";
    value = reference->str();
  }
  return Problem::of(ProblemCode::duplicate, value,
                     fmt::format("{} is also in line {}; remove one", in_quotes(value), line), column);
}

}  // namespace

OutcomeResult apply_form(Write& write, const FieldTexts& texts, Similar similar, const Deed& deed) {
  ParsedForm form(texts, deed.today);
  const NameMatch match = find_named(write, form);
  const auto& named = match.same;
  auto application = std::move(form).application();
  if (!application) return std::move(application).problems();
  if (named && is_legal(named->status, Move::apply)) {
    return file_again(write, *named, *std::move(application), similar, {}, deed);
  }
  if (named) return find_duplicates(write, *application, nullptr, similar);
  return file_new(write, *std::move(application), match, similar, {}, deed);
}

namespace {

bool is_empty_cell(std::optional<std::string_view> cell) {
  return cell && trimmed(*cell).empty();
}

/// Takes away the empty cells that keep what is stored; a day of application is never cleared.
void leave_out_empty(FieldTexts& texts, EmptyCells empty_cells) {
  for (const Field field : all_fields) {
    if (empty_cells == EmptyCells::clear && field != "applied_on"_field) continue;
    if (is_empty_cell(texts[field])) texts[field].reset();
  }
}

/// The fields in which an amendment differs, and whether all that it does is to clear them.
struct Differences {
  std::string names;
  bool only_clear = true;
};

Differences differences(const Application& before, const Application& amended) {
  Differences found;
  for (const Field field : all_fields) {
    if (field_text(before, field) == field_text(amended, field)) continue;
    found.names.append(found.names.empty() ? "" : ", ").append(name_of(field));
    found.only_clear &= field_text(amended, field).empty();
  }
  return found;
}

Problem conflict(const Partner& partner, const Application& amended) {
  const auto [names, only_clear] = differences(partner.application, amended);
  const bool may_apply = partner.status == Status::ineligible;
  return Problem::of(ProblemCode::conflict, partner.application.name.str(),
                     fmt::format("{} already exists, differs in {}{}{}", partner.id.str(), names,
                                 may_apply ? "; a later applied_on makes it a new application" : "",
                                 only_clear ? leaves_empty : ""));
}

/// "AP-0001", or "line 2" when that row files it.
std::string id_or_line(const Partner& partner, const FiledLine& filed_line) {
  const std::uint64_t line = filed_line ? filed_line(partner.id) : 0;
  return line > 0 ? fmt::format("line {}", line) : partner.id.str();
}

Problem taken(Field field, const std::string& value, const Partner& other, const Partner& partner,
              const FiledLine& filed_line) {
  return Problem::of(ProblemCode::conflict, value,
                     fmt::format("{} is the {} of {}, not of {}", in_quotes(value), name_of(field),
                                 id_or_line(other, filed_line), partner.id.str()),
                     name_of(field));
}

/// The problems `conflict` of an amendment that has the name or the reference of another partner.
Problems find_taken(Read& read, const Partner& partner, const Application& amended,
                    const FiledLine& filed_line) {
  Problems problems;
  if (amended.reference && amended.reference != partner.application.reference) {
    if (const auto other = find_partner(read, *amended.reference))
      problems.push_back(taken("reference"_field, amended.reference->str(), *other, partner, filed_line));
  }
  if (amended.name != partner.application.name) {
    if (const auto other = find_name(read, amended.name, partner.id).same)
      problems.push_back(taken("name"_field, amended.name.str(), *other, partner, filed_line));
  }
  return problems;
}

Problem no_partner(std::string_view id) {
  return Problem::of(
      ProblemCode::partner, id,
      fmt::format("no partner {}; correct the id, or clear it for a new application", in_quotes(id)), "id");
}

/// The partner with the id of a row, which the row's reference, if it has one, must fit.
Result<Partner> find_by_id(Read& read, std::string_view text, const ParsedForm& form,
                           const FiledLine& filed_line) {
  const auto id = PartnerId::parse(text);
  auto partner = id ? find_partner(read, *id) : std::nullopt;
  if (!partner) return no_partner(text);
  const Reference* reference = form.reference();
  if (reference == nullptr || partner->application.reference == *reference) return *std::move(partner);
  const auto other = find_partner(read, *reference);
  if (!other) return *std::move(partner);
  return Problem::of(ProblemCode::partner, text,
                     fmt::format("{} does not fit the reference '{}', which is that of {}", id->str(),
                                 reference->str(), id_or_line(*other, filed_line)),
                     "id");
}

/// Whether a row is a new application of a partner with which the office was done.
bool applies_again(const Partner& partner, const ParsedForm& form) {
  if (!is_legal(partner.status, Move::apply)) return false;
  if (partner.end_reason == EndReason::entered_in_error) return true;
  const Date decided = partner.ended_on.value_or(partner.application.applied_on);
  return form.applied_on() != nullptr && *form.applied_on() > decided;
}

Outcome ended(const Partner& partner) {
  Outcome outcome = unchanged(partner);
  outcome.notes.push_back(Note::of(NoteCode::ended, partner.ended_on.value().str(),
                                   fmt::format("{} {}; a later applied_on makes this a new application",
                                               partner.id.str(), decision(partner)),
                                   name_of("applied_on"_field)));
  return outcome;
}

/// Whether the row leaves the contact erased. What it says of a contact does not count then.
bool leaves_erased(const Partner& partner, const ParsedForm& form) {
  return partner.contact_erased_on &&
         (form.applied_on() == nullptr || *form.applied_on() <= *partner.contact_erased_on);
}

Note still_erased(const Partner& partner) {
  return Note::of(
      NoteCode::erased, partner.contact_erased_on->str(),
      fmt::format("{}: its contact was erased on {} and stays so; a later applied_on or 'covenant "
                  "update {}' names one again",
                  partner.id.str(), partner.contact_erased_on->str(), partner.id.str()),
      name_of("contact_name"_field));
}

/// A note for each value that an empty cell cleared.
Notes cleared_notes(const FieldTexts& texts, const Application& before, const Application& after) {
  Notes notes;
  for (const Field field : all_fields) {
    if (!is_empty_cell(texts[field])) continue;
    const std::string old = field_text(before, field);
    if (old.empty() || old == field_text(after, field)) continue;
    notes.push_back(Note::of(NoteCode::cleared, old,
                             fmt::format("{} was cleared, since the cell is empty", in_quotes(old)),
                             name_of(field)));
  }
  return notes;
}

/// What a row does to the partner that it names.
OutcomeResult apply_to(Write& write, const Partner& named, ParsedForm form, const ApplicationRow& row,
                       const ApplyRules& rules, const NamedByRows& earlier, const Deed& deed) {
  Notes notes;
  if (leaves_erased(named, form) && form.leave_out_contact()) notes.push_back(still_erased(named));
  auto amended = form.amended(named.application);
  if (!amended) return std::move(amended).problems();
  const bool again = applies_again(named, form);
  if (*amended == named.application && !again) {
    return named.ended_on ? ended(named) : unchanged(named);
  }
  if (const auto line = earlier.line_of(named.id); line > 0) return refuse(twice_in_file(row, named, line));
  const FiledLine filed_line = earlier.filed_lines();
  if (auto problems = find_taken(write, named, *amended, filed_line); !problems.empty()) return problems;
  if (again) {
    if (form.applied_on() == nullptr) amended.value().applied_on = deed.today;
    return with_notes(file_again(write, named, *std::move(amended), rules.similar, filed_line, deed), notes);
  }
  if (named.ended_on) return ended(named);
  if (rules.difference == Difference::is_conflict) return refuse(conflict(named, *amended));
  const Notes cleared = cleared_notes(row.texts, named.application, *amended);
  notes.insert(notes.end(), cleared.begin(), cleared.end());
  return with_notes(amend(write, named, *std::move(amended), rules.similar, filed_line, deed), notes);
}

}  // namespace

NamedByRows::NamedByRows(Write& write)
    : first_new_(next_partner_id(write)), lines_(static_cast<std::size_t>(first_new_.number())) {}

std::uint64_t NamedByRows::line_of(PartnerId id) const {
  if (!is_new(id)) return lines_.at(place(id));
  const auto after =
      std::upper_bound(filed_.begin(), filed_.end(), id,
                       [](PartnerId filed, const Stretch& next) { return filed < next.first; });
  if (after == filed_.begin()) return 0;
  const Stretch& stretch = *std::prev(after);
  return stretch.line + place(id) - place(stretch.first);
}

void NamedByRows::add(PartnerId id, std::uint64_t line) {
  if (!is_new(id)) {
    lines_.at(place(id)) = static_cast<std::uint32_t>(line);
  } else if (line_of(id) != line) {
    filed_.push_back({id, line});
  }
}

OutcomeResult apply_row(Write& write, ApplicationRow row, const ApplyRules& rules, NamedByRows& earlier,
                        const Deed& deed) {
  const bool compares_empty = rules.difference == Difference::is_conflict;
  leave_out_empty(row.texts, compares_empty ? EmptyCells::clear : rules.empty_cells);
  ParsedForm form(row.texts, deed.today, rules.leniency);
  const Notes notes = form.notes();
  NameMatch match;
  if (const std::string_view id = trimmed(row.id); !id.empty()) {
    auto found = find_by_id(write, id, form, earlier.filed_lines());
    if (!found) return refuse(std::move(found).problem());
    match.same = *std::move(found);
  } else {
    match = find_named(write, form);
  }
  if (match.same && earlier.is_new(match.same->id))
    return refuse(twice_in_file(row, *match.same, earlier.line_of(match.same->id)));
  // A row that is no valid application may still amend a partner.
  if (match.same) {
    const Partner& named = *match.same;
    auto result = apply_to(write, named, std::move(form), row, rules, earlier, deed);
    if (result) earlier.add(named.id, row.line);
    return with_notes(std::move(result), notes);
  }
  auto application = std::move(form).application();
  if (!application) return std::move(application).problems();
  auto result = file_new(write, *std::move(application), match, rules.similar, earlier.filed_lines(), deed);
  if (result) earlier.add(result->id, row.line);
  return with_notes(std::move(result), notes);
}

OutcomeResult update_row(Write& write, const Partner& partner, FieldTexts texts, const ApplyRules& rules,
                         const Deed& deed) {
  leave_out_empty(texts, rules.empty_cells);
  const ParsedForm form(texts, deed.today, rules.leniency);
  auto amended = form.amended(partner.application);
  if (!amended) return std::move(amended).problems();
  if (auto problems = find_taken(write, partner, *amended, {}); !problems.empty()) return problems;
  const Notes cleared = cleared_notes(texts, partner.application, *amended);
  auto result = with_notes(amend(write, partner, *std::move(amended), rules.similar, {}, deed), cleared);
  return with_notes(std::move(result), form.notes());
}

OutcomeResult update(Write& write, const Partner& partner, const FieldTexts& texts, Similar similar,
                     const Deed& deed) {
  auto amended = ParsedForm(texts, deed.today).amended(partner.application);
  if (!amended) return std::move(amended).problems();
  return amend(write, partner, *std::move(amended), similar, {}, deed);
}

}  // namespace covenant
