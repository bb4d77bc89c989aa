#include "core/ops/figures.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/attached.hpp"
#include "core/history/effect.hpp"
#include "core/history/event_body.hpp"
#include "core/history/event_record.hpp"
#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/partner.hpp"
#include "core/model/status.hpp"
#include "core/model/stored_text.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_events.hpp"

// How figures are counted, and why.
//
// The events, partner by partner, make of each its life: its applications with their decisions, its
// partnerships with their renewals and endings, and what it was like from which day of recording on. A
// partnership takes its days from the columns as they are after each event, not from the action that set
// them, so that a correction of a day needs no rule of its own. The life is counted in each year from its
// first day on, and forgotten: who was listed at the year's end by the days of the register, whenever they
// were recorded, and like what it was by what had been recorded by then.

namespace covenant {

namespace {

/// What a partner was like, as far as figures go.
struct Traits {
  std::optional<Categories> categories;
  std::optional<Level> level;
  std::optional<Country> country;
  std::int64_t practices = 0;
};

struct RecordedTraits {
  Date recorded;  ///< from that day on
  Traits traits;
};

struct Partnership {
  Date joined;
  std::optional<Date> ended;
  std::optional<EndReason> reason;
  std::optional<Date> decided;  ///< the application
  std::vector<Date> renewals;

  bool is_annulled() const { return reason == EndReason::entered_in_error; }
  bool is_listed_on(Date day) const { return joined <= day && (!ended || *ended > day); }
  Date last_confirmed_by(Date day) const {
    Date last = joined;
    for (const Date renewal : renewals) {
      if (renewal <= day) last = std::max(last, renewal);
    }
    return last;
  }
};

struct Decision {
  Date on;
  bool is_eligible;
};

struct Filing {
  Date applied;
  std::optional<Decision> decision;
};

/// The columns that figures follow from.
struct CountedColumns {
  std::optional<Status> status;
  std::optional<Date> applied_on, verified_on, approved_on, renewed_on, ended_on;
  std::optional<EndReason> end_reason;
  Traits traits;
};

template <class T>
std::optional<T> read_value(const std::string* text) {
  if (text == nullptr) return std::nullopt;
  return stored(read_back<T>(*text));
}

/// Sets the column to what the text says, or empties it; whether it is one of them that describe the partner.
bool set_column(CountedColumns& columns, Column column, const std::string* text) {
  if (column == "status"_column) columns.status = text == nullptr ? std::nullopt : from_code<Status>(*text);
  if (column == "applied_on"_column) columns.applied_on = read_value<Date>(text);
  if (column == "verified_on"_column) columns.verified_on = read_value<Date>(text);
  if (column == "approved_on"_column) columns.approved_on = read_value<Date>(text);
  if (column == "renewed_on"_column) columns.renewed_on = read_value<Date>(text);
  if (column == "ended_on"_column) columns.ended_on = read_value<Date>(text);
  if (column == "end_reason"_column)
    columns.end_reason = text == nullptr ? std::nullopt : from_code<EndReason>(*text);
  if (column == "categories"_column) {
    columns.traits.categories = read_value<Categories>(text);
  } else if (column == "level"_column) {
    columns.traits.level = text == nullptr ? std::nullopt : from_code<Level>(*text);
  } else if (column == "country"_column) {
    columns.traits.country = read_value<Country>(text);
  } else if (column == "practices"_column) {
    columns.traits.practices = text == nullptr ? 0 : 1 + std::count(text->begin(), text->end(), '\n');
  } else {
    return false;
  }
  return true;
}

/// What the events say of one partner.
class CountedLife {
 public:
  void add(const EventRecord& event) {
    const bool describes = set_columns(event);
    if (!columns_.status || !columns_.applied_on)
      contradiction(event, "leaves no status or day of application");
    add_filing(event);
    add_decision(event);
    add_partnership(event);
    if (describes) traits_.push_back({event.at.date(), columns_.traits});
  }

  bool is_empty() const { return filings_.empty(); }
  const std::vector<Filing>& filings() const { return filings_; }
  const std::vector<Partnership>& partnerships() const { return partnerships_; }

  /// As it was recorded by the end of that day, or first recorded later.
  const Traits& traits_on(Date day) const {
    const RecordedTraits* found = &traits_.front();
    for (const RecordedTraits& recorded : traits_) {
      if (recorded.recorded <= day) found = &recorded;
    }
    return found->traits;
  }

  /// The partnership by which it is listed on that day.
  const Partnership* listed_on(Date day) const {
    for (const Partnership& partnership : partnerships_) {
      if (!partnership.is_annulled() && partnership.is_listed_on(day)) return &partnership;
    }
    return nullptr;
  }

  bool had_joined_by(Date day) const {
    return std::any_of(partnerships_.begin(), partnerships_.end(), [&](const Partnership& partnership) {
      return !partnership.is_annulled() && partnership.joined <= day;
    });
  }

 private:
  /// Whether it sets something that describes the partner.
  bool set_columns(const EventRecord& event) {
    bool describes = false;
    for (const auto& [column, text] : event.old) describes |= set_column(columns_, column, nullptr);
    for (const EventText text : event.texts) {
      const auto column = event.of ? std::nullopt : column_of(text);
      if (column) describes |= set_column(columns_, *column, nullptr);
    }
    for (const auto& [column, text] : event.set) describes |= set_column(columns_, column, &text);
    return describes;
  }

  void add_filing(const EventRecord& event) {
    if (event.action == code_of(Action::apply)) {
      filings_.push_back({*columns_.applied_on, std::nullopt});
      has_joined_ = false;
    }
    if (filings_.empty()) contradiction(event, "is about a partner that never applied");
    filings_.back().applied = *columns_.applied_on;
  }

  /// The decision is the verification since which an application is eligible or ineligible.
  void add_decision(const EventRecord& event) {
    auto& decision = filings_.back().decision;
    const bool is_eligible = columns_.status == Status::eligible;
    if (columns_.status == Status::applied) {
      decision.reset();
    } else if (event.verification && (is_eligible || columns_.status == Status::ineligible)) {
      if (decision && decision->is_eligible == is_eligible) return;
      decision = Decision{columns_.verified_on.value_or(event.day()), is_eligible};
    }
  }

  void add_partnership(const EventRecord& event) {
    if (event.action == code_of(Action::approve)) {
      const auto& decision = filings_.back().decision;
      partnerships_.push_back({.joined = event.day(),
                               .ended = std::nullopt,
                               .reason = std::nullopt,
                               .decided = decision ? std::optional(decision->on) : std::nullopt,
                               .renewals = {}});
      has_joined_ = true;
    }
    if (!has_joined_) return;
    if (!columns_.approved_on) contradiction(event, "leaves no day of joining");
    Partnership& present = partnerships_.back();
    present.joined = *columns_.approved_on;
    present.ended = columns_.ended_on;
    present.reason = columns_.end_reason;
    if (event.action == code_of(Action::renew) && columns_.renewed_on)
      present.renewals.push_back(*columns_.renewed_on);
  }

  CountedColumns columns_;
  bool has_joined_ = false;  ///< by the present application
  std::vector<Filing> filings_;
  std::vector<Partnership> partnerships_;
  std::vector<RecordedTraits> traits_;
};

/// The life that the events of one partner say; empty where all were taken back.
CountedLife life_of(Read& read, std::vector<EventRecord>& events) {
  CountedLife life;
  const auto undone = undone_events(events, nullptr);
  for (EventRecord& event : events) {
    if (event.undoes || undone.contains(event.seq)) continue;
    if (std::find(event.texts.begin(), event.texts.end(), "practices"_text) != event.texts.end())
      read_texts(read, event);
    life.add(event);
  }
  return life;
}

/// Visits the life of each partner, as it was recorded by the end of that day.
template <class Visit>
void for_each_life(Read& read, const std::optional<Date>& as_recorded, Visit visit) {
  std::optional<std::int64_t> before;
  if (as_recorded) before = last_event_by(read, *as_recorded) + 1;
  std::vector<EventRecord> events;
  const auto visit_life = [&] {
    const CountedLife life = life_of(read, events);
    if (!life.is_empty()) visit(life);
    events.clear();
  };
  PartnerEventCursor cursor(read, before);
  while (cursor.next()) {
    const PartnerId partner = cursor.partner();
    if (!events.empty() && events.back().partner != partner) visit_life();
    events.push_back(parse_event(cursor.event().body));
    if (events.back().partner != partner) contradiction(events.back(), "is not about " + partner.str());
  }
  visit_life();
}

int year_of(Date day) {
  return int(std::chrono::year_month_day(day.days()).year());
}

Date last_day_of(int year) {
  return Date::of(std::chrono::sys_days(std::chrono::year(year) / std::chrono::December / 31));
}

/// A number of partners, in all and by group.
class Count {
 public:
  void add(const Traits& traits) {
    ++total_;
    for (const Category category : traits.categories ? traits.categories->list() : std::vector<Category>())
      ++categories_[static_cast<std::size_t>(category)];
    if (traits.level) ++levels_[static_cast<std::size_t>(*traits.level)];
    if (traits.country) ++countries_[std::string(traits.country->code())];
  }
  void add_reason(std::string_view reason) { ++reasons_[std::string(reason)]; }

  void write(Figures& figures, int year, Measure measure) const {
    figures.push_back({year, measure, {}, {2 * total_}});
    write_codes<Category>(figures, year, measure, GroupKind::category, categories_);
    write_codes<Level>(figures, year, measure, GroupKind::level, levels_);
    for (const auto& [code, number] : countries_)
      figures.push_back({year, measure, {GroupKind::country, code}, {2 * number}});
    for (const auto& [code, number] : reasons_)
      figures.push_back({year, measure, {GroupKind::reason, code}, {2 * number}});
  }

 private:
  template <class E, std::size_t size>
  static void write_codes(Figures& figures, int year, Measure measure, GroupKind kind,
                          const std::array<std::int64_t, size>& numbers) {
    for (std::size_t i = 0; i < size; ++i) {
      if (numbers[i] > 0)
        figures.push_back({year, measure, {kind, std::string(Codes<E>::codes[i])}, {2 * numbers[i]}});
    }
  }

  std::int64_t total_ = 0;
  std::array<std::int64_t, code_count<Category>> categories_{};
  std::array<std::int64_t, code_count<Level>> levels_{};
  std::map<std::string, std::int64_t> countries_;
  std::map<std::string, std::int64_t> reasons_;
};

/// Numbers of days.
class Spans {
 public:
  /// What was entered later than it happened is no span.
  void add(Date from, Date to) {
    if (to < from) return;
    ++spans_[(to.days() - from.days()).count()];
    ++count_;
  }

  void write(Figures& figures, int year, Measure median, Measure longest) const {
    if (count_ == 0) return;
    const std::int64_t half = count_ / 2;
    const std::int64_t twice = count_ % 2 == 1 ? 2 * at(half) : at(half - 1) + at(half);
    figures.push_back({year, median, {}, {twice}});
    figures.push_back({year, longest, {}, {2 * spans_.rbegin()->first}});
  }

 private:
  /// The span at that place of all in order.
  std::int64_t at(std::int64_t place) const {
    auto span = spans_.begin();
    for (; place >= span->second; ++span) place -= span->second;
    return span->first;
  }

  std::map<std::int64_t, std::int64_t> spans_;  ///< how many are of so many days
  std::int64_t count_ = 0;
};

/// The figures of one year.
class YearCount {
 public:
  YearCount(int year, Date end, std::chrono::days renewal) : year_(year), end_(end), renewal_(renewal) {}

  void add(const CountedLife& life) {
    for (const Filing& filing : life.filings()) add(filing);
    for (const Partnership& partnership : life.partnerships()) {
      if (!partnership.is_annulled()) add(life, partnership);
    }
    add_state(life);
  }

  void write(Figures& figures) const {
    listed_.write(figures, year_, Measure::listed);
    joined_.write(figures, year_, Measure::joined);
    ended_.write(figures, year_, Measure::ended);
    write(figures, Measure::applied, applied_);
    write(figures, Measure::refused, refused_);
    write(figures, Measure::practices, practices_);
    write(figures, Measure::without_practices, without_practices_);
    write(figures, Measure::former, former_);
    to_decision_.write(figures, year_, Measure::days_to_decision_median, Measure::days_to_decision_max);
    to_commitment_.write(figures, year_, Measure::days_to_commitment_median, Measure::days_to_commitment_max);
    write(figures, Measure::renewals_due, renewals_due_);
  }

 private:
  bool has(Date day) const { return year_of(day) == year_ && day <= end_; }

  void add(const Filing& filing) {
    if (has(filing.applied)) ++applied_;
    if (!filing.decision || !has(filing.decision->on)) return;
    if (!filing.decision->is_eligible) ++refused_;
    to_decision_.add(filing.applied, filing.decision->on);
  }

  void add(const CountedLife& life, const Partnership& partnership) {
    if (has(partnership.joined)) {
      joined_.add(life.traits_on(partnership.joined));
      if (partnership.decided) to_commitment_.add(*partnership.decided, partnership.joined);
    }
    if (!partnership.ended || !has(*partnership.ended)) return;
    ended_.add(life.traits_on(*partnership.ended));
    ended_.add_reason(partnership.reason ? code_of(*partnership.reason) : code_of(Status::withdrawn));
  }

  /// How it was at the end of the year.
  void add_state(const CountedLife& life) {
    const Partnership* present = life.listed_on(end_);
    if (present == nullptr) {
      if (life.had_joined_by(end_)) ++former_;
      return;
    }
    const Traits& traits = life.traits_on(end_);
    listed_.add(traits);
    practices_ += traits.practices;
    if (traits.practices == 0) ++without_practices_;
    if (present->last_confirmed_by(end_).days() + renewal_ <= end_.days()) ++renewals_due_;
  }

  void write(Figures& figures, Measure measure, std::int64_t number) const {
    figures.push_back({year_, measure, {}, {2 * number}});
  }

  int year_;
  Date end_;
  std::chrono::days renewal_;
  Count listed_, joined_, ended_;
  Spans to_decision_, to_commitment_;
  std::int64_t applied_ = 0, refused_ = 0, practices_ = 0, without_practices_ = 0, former_ = 0,
               renewals_due_ = 0;
};

/// The figures of one year, or of all from the first in which somebody applied or joined.
class YearCounts {
 public:
  explicit YearCounts(const FigureQuery& query)
      : query_(query), last_(query.year.value_or(year_of(query.until))), first_(last_) {}

  void add(const CountedLife& life) {
    int earliest = last_;
    const auto reach = [&](Date day) { earliest = std::min(earliest, year_of(day)); };
    for (const Filing& filing : life.filings()) reach(filing.applied);
    for (const Partnership& partnership : life.partnerships()) reach(partnership.joined);
    if (!query_.year) first_ = std::min(first_, earliest);
    for (const Filing& filing : life.filings()) {
      if (filing.decision) reach(filing.decision->on);
    }
    for (const Partnership& partnership : life.partnerships()) {
      if (partnership.ended) reach(*partnership.ended);
    }
    for (int year = query_.year ? last_ : earliest; year <= last_; ++year) count_of(year).add(life);
  }

  Figures figures() {
    Figures figures;
    for (int year = first_; year <= last_; ++year) count_of(year).write(figures);
    return figures;
  }

 private:
  YearCount& count_of(int year) {
    const Date end = std::min(last_day_of(year), query_.until);
    return years_.try_emplace(year, year, end, query_.renewal).first->second;
  }

  const FigureQuery& query_;
  int last_;
  int first_;
  std::map<int, YearCount> years_;
};

}  // namespace

Figures count_figures(Read& read, const FigureQuery& query) {
  YearCounts counts(query);
  for_each_life(read, query.as_recorded, [&](const CountedLife& life) { counts.add(life); });
  return counts.figures();
}

}  // namespace covenant
