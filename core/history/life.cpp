#include "core/history/life.hpp"

#include <algorithm>
#include <string_view>

#include "core/history/event_body.hpp"
#include "core/history/projection.hpp"
#include "core/model/stored_text.hpp"

namespace covenant {

namespace {

constexpr std::string_view after_all_days = "9999-12-31";

const std::string& text_of(const std::optional<std::string>& cell) {
  static const std::string empty;
  return cell ? *cell : empty;
}

bool is_listed(const std::optional<std::string>& status) {
  return text_of(status) == code_of(Status::approved);
}

/// What the list of former partners shows of the partner; nothing where it is not among them.
std::vector<std::string> former_entry(const std::array<std::optional<std::string>, column_count>& cells) {
  const auto text = [&](Column column) { return text_of(cells[index_of(column)]); };
  if (text("partner_since"_column).empty() || text("ended_on"_column).empty()) return {};
  const bool is_in_error = text("end_reason"_column) == code_of(EndReason::entered_in_error);
  return {text("name"_column), text("partner_since"_column), text("ended_on"_column),
          text("successor"_column), is_in_error ? "in error" : ""};
}

}  // namespace

Life::Life(PartnerId partner, const Horizon& horizon, std::string erased_text)
    : partner_(partner),
      horizon_(horizon),
      day_(horizon.day ? horizon.day->str() : std::string(after_all_days)),
      erased_text_(std::move(erased_text)) {}

void Life::follow(const EventRecord& event, const std::vector<EventText>& erased) {
  const bool is_first = happenings_.empty();
  if (!is_first && event.seq > horizon_.texts && !texts_at_horizon_) texts_at_horizon_ = texts_;
  const Cells before = texts_.cells;
  set_texts(event, erased);
  const std::optional<std::string>& status = before[index_of("status"_column)];
  const std::optional<std::string>& after = texts_.cells[index_of("status"_column)];
  const bool stays_listed = is_listed(status) && is_listed(after);
  const bool is_amended = stays_listed && names_public_column(event);
  if (is_amended || is_listed(status) != is_listed(after) ||
      (!is_listed(after) && former_entry(before) != former_entry(texts_.cells)))
    changed_ = event.seq;
  const auto action = from_code<Action>(event.action);
  const bool is_of_texts = action == Action::update || action == Action::erase;
  if (is_of_texts && changed_ == event.seq && event.seq <= horizon_.texts) {
    amended_ = event.seq;
    amended_member_ = last_[static_cast<std::size_t>(Turn::joining)];
  }
  if (action == Action::apply) add(Turn::application, event);
  if (action == Action::verify) add(Turn::verification, event);
  if (action == Action::update && status != after) add(Turn::lapse, event);
  if (action == Action::approve) add(Turn::joining, event);
  if (action == Action::renew) add(Turn::renewal, event);
  if (action == Action::revoke || action == Action::withdraw) add(Turn::ending, event);
  if (action == Action::undo && !before[index_of("ended_on"_column)] &&
      texts_.cells[index_of("ended_on"_column)])
    add(Turn::ending, event);
  if (action == Action::correct) correct(event);
  follow_days(event);
}

/// What is corrected may belong to a partnership before the present application, of which the row has no
/// days.
void Life::correct(const EventRecord& event) {
  const auto joining = last_[static_cast<std::size_t>(Turn::joining)];
  const auto ending = last_[static_cast<std::size_t>(Turn::ending)];
  const bool is_seen = changed_ == event.seq;
  if (event.commitment && joining) {
    happenings_[*joining].day = event.commitment->received_on.str();
    if (is_seen) happenings_[*joining].changed = event.seq;
  }
  if (!event.ending || !ending) return;
  happenings_[*ending].day = event.ending->on.str();
  if (is_seen) happenings_[*ending].changed = event.seq;
  happenings_[*ending].reason.reset();
  if (event.ending->reason) happenings_[*ending].reason = code_of(*event.ending->reason);
}

void Life::set_texts(const EventRecord& event, const std::vector<EventText>& erased) {
  const auto clear = [&](Column column) {
    texts_.cells[index_of(column)].reset();
    texts_.erased_of[index_of(column)] = 0;
  };
  for (const auto& [column, text] : event.old) clear(column);
  if (!event.of) {
    for (const EventText text : event.texts) {
      if (const auto column = column_of(text)) clear(*column);
    }
  }
  for (const auto& [column, text] : event.set) {
    clear(column);
    texts_.cells[index_of(column)] = text;
  }
  for (const EventText text : erased) {
    const auto column = column_of(text);
    if (!column || erased_text_.empty()) continue;
    texts_.cells[index_of(*column)] = erased_text_;
    texts_.erased_of[index_of(*column)] = event.seq;
  }
  if (find_value(event.set, "contact_erased_on"_column)) texts_.contact.reset();
  for (const auto& [field, digest] : event.sealed) {
    if (field == "contact") texts_.contact = event.seq;
  }
  if (!event.erased.empty()) forget(event);
}

/// What an erasure erased is no longer there from then on.
void Life::forget(const EventRecord& erasure) {
  for (const SealedName& name : erasure.erased) {
    if (name.field == "contact") {
      if (texts_.contact == name.seq) texts_.contact.reset();
      continue;
    }
    const auto earlier = std::find_if(remaining_.begin(), remaining_.end(),
                                      [&](const auto& remaining) { return remaining.first == name.seq; });
    const std::int64_t origin = earlier == remaining_.end() ? name.seq : earlier->second;
    for (const Column column : all_columns) {
      if (texts_.erased_of[index_of(column)] != origin) continue;
      const auto is_of_column = [&](EventText text) { return column_of(text) == column; };
      if (erasure.of == origin && std::any_of(erasure.texts.begin(), erasure.texts.end(), is_of_column))
        continue;
      texts_.cells[index_of(column)].reset();
      texts_.erased_of[index_of(column)] = 0;
    }
  }
  if (erasure.of) remaining_.emplace_back(erasure.seq, *erasure.of);
}

void Life::add(Turn turn, const EventRecord& event) {
  last_[static_cast<std::size_t>(turn)] = happenings_.size();
  happenings_.push_back({.turn = turn,
                         .seq = event.seq,
                         .day = event.day().str(),
                         .status = text_of(texts_.cells[index_of("status"_column)]),
                         .reason = std::nullopt,
                         .note = std::nullopt,
                         .successor = std::nullopt,
                         .annulled_by = std::nullopt,
                         .not_before = {},
                         .changed = event.seq,
                         .is_undo = event.undoes.has_value()});
}

/// The days are those that the partner has after each event: a correction moves them. Where it has a day,
/// that is the last one of the kind; a new application clears them.
void Life::follow_days(const EventRecord& event) {
  const bool is_erased_later = event.seq > horizon_.texts && !event.erased.empty();
  const auto cell = [&](Column column) { return texts_.cells[index_of(column)]; };
  const auto move = [&](Turn turn, Column column) -> Happening* {
    const auto at = last_[static_cast<std::size_t>(turn)];
    const auto day = cell(column);
    if (!at || !day) return nullptr;
    happenings_[*at].day = *day;
    return &happenings_[*at];
  };
  move(Turn::application, "applied_on"_column);
  move(Turn::verification, "verified_on"_column);
  move(Turn::joining, "approved_on"_column);
  move(Turn::renewal, "renewed_on"_column);
  if (Happening* ending = move(Turn::ending, "ended_on"_column)) {
    ending->reason = cell("end_reason"_column);
    if (!is_erased_later) ending->note = cell("end_note"_column);
    ending->successor = cell("successor"_column);
  }
}

/// A joining that was entered in error, with its renewals, is there only once it is known to be none.
std::vector<Life::Happening> Life::with_annulments() const {
  std::vector<Happening> happenings = happenings_;
  std::string last_ending;
  for (std::size_t i = 0; i < happenings.size(); ++i) {
    Happening& happening = happenings[i];
    if (happening.turn == Turn::application) happening.not_before = last_ending;
    if (happening.turn != Turn::ending) continue;
    if (text_of(happening.reason) != code_of(EndReason::entered_in_error)) {
      last_ending = happening.day;
      continue;
    }
    for (std::size_t before = i; before-- > 0;) {
      Happening& annulled = happenings[before];
      if (happening.is_undo) annulled.not_before = happening.day;
      if (annulled.turn != Turn::joining && annulled.turn != Turn::renewal) continue;
      annulled.annulled_by = happening.seq;
      annulled.not_before = happening.day;
      if (annulled.turn == Turn::joining) break;
    }
  }
  return happenings;
}

bool Life::is_by_day(const Happening& happening) const {
  return happening.day <= day_ && happening.not_before <= day_;
}

/// The last thing that had happened by then, of what was recorded, decides.
Life::Cells Life::cells_on_day(const std::vector<Happening>& happenings) const {
  Cells cells = texts_at_horizon_ ? texts_at_horizon_->cells : texts_.cells;
  const auto set = [&](Column column, const std::optional<std::string>& text) {
    cells[index_of(column)] = text;
  };
  const auto clear = [&] {
    for (const Column column :
         {"status"_column, "verified_on"_column, "approved_on"_column, "renewed_on"_column, "ended_on"_column,
          "end_reason"_column, "end_note"_column, "successor"_column})
      set(column, std::nullopt);
  };
  clear();
  set("partner_since"_column, std::nullopt);
  for (const Happening& happening : happenings) {
    if (!is_by_day(happening)) continue;
    const bool is_recheck = happening.turn == Turn::verification && is_listed(happening.status);
    if (happening.turn == Turn::application) clear();
    if (!is_recheck) set("status"_column, happening.status);
    switch (happening.turn) {
      case Turn::application:
        set("applied_on"_column, happening.day);
        break;
      case Turn::verification:
        set("verified_on"_column, happening.day);
        break;
      case Turn::lapse:
        set("verified_on"_column, std::nullopt);
        break;
      case Turn::joining:
        set("approved_on"_column, happening.day);
        if (!happening.annulled_by && !cells[index_of("partner_since"_column)])
          set("partner_since"_column, happening.day);
        break;
      case Turn::renewal:
        set("renewed_on"_column, happening.day);
        break;
      case Turn::ending:
        set("ended_on"_column, happening.day);
        set("end_reason"_column, happening.reason);
        set("end_note"_column, happening.note);
        set("successor"_column, happening.successor);
        break;
    }
  }
  return cells;
}

/// The last event of what the public list shows by then.
std::optional<std::int64_t> Life::changed(const std::vector<Happening>& happenings) const {
  std::optional<std::int64_t> last;
  bool has_joined = false;
  bool is_former = false;
  for (std::size_t i = 0; i < happenings.size(); ++i) {
    const Happening& happening = happenings[i];
    if (happening.annulled_by || !is_by_day(happening)) continue;
    const bool joins = happening.turn == Turn::joining;
    const bool ends = happening.turn == Turn::ending && has_joined;
    const bool is_in_error = text_of(happening.reason) == code_of(EndReason::entered_in_error);
    const bool returns = happening.turn == Turn::application && is_former;
    if (joins || returns || (ends && !is_in_error)) last = std::max(last, std::optional(happening.changed));
    if (joins && amended_member_ && i <= *amended_member_) last = std::max(last, amended_);
    has_joined |= joins;
    is_former = ends || (is_former && !joins && !returns);
  }
  return last;
}

PastPartner Life::past_partner(const Cells& cells, std::optional<std::int64_t> changed) const {
  ColumnTexts views;
  std::copy(cells.begin(), cells.end(), views.begin());
  return {.partner = stored_partner(partner_, views, std::nullopt),
          .projection = {.contact = (texts_at_horizon_ ? *texts_at_horizon_ : texts_).contact,
                         .changed = changed}};
}

std::optional<PastPartner> Life::at_horizon() const {
  if (!horizon_.day) {
    return past_partner(texts_.cells, changed_);
  }
  const std::vector<Happening> happenings = with_annulments();
  const Cells cells = cells_on_day(happenings);
  if (!cells[index_of("status"_column)]) return std::nullopt;
  return past_partner(cells, changed(happenings));
}

}  // namespace covenant
