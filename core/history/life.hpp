#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/history/event_record.hpp"
#include "core/model/partner.hpp"
#include "core/store/partner_table.hpp"
#include "core/store/past_tables.hpp"

namespace covenant {

/// A partner's row at a horizon, without the contact, but with the event that sealed it.
struct PastPartner {
  Partner partner;
  PartnerProjection projection;
};

/// What happened to one partner, by the days that its events name, and what it said of itself, by the days on
/// which that was recorded. Source: covenant-list(1), PAST DAYS.
class Life {
 public:
  /// `erased_text` appears for texts that were erased after the horizon; it may be empty.
  Life(PartnerId partner, const Horizon& horizon, std::string erased_text);

  /// Takes the next event about the partner, with its texts; `erased` are those that are gone. As of a day,
  /// an undo is only taken when it takes back that the partner was filed, and what was taken back is not.
  void follow(const EventRecord& event, const std::vector<EventText>& erased);

  /// Nothing where it had not applied. @throws Error{damaged} when the values break a rule of the fields
  std::optional<PastPartner> at_horizon() const;

 private:
  /// What can happen to a partner; a lapse is an amendment that makes it fail a criterion.
  enum class Turn { application, verification, lapse, joining, renewal, ending };
  static constexpr std::size_t turn_count = 6;

  struct Happening {
    Turn turn;
    std::int64_t seq;
    std::string day;
    std::string status;  ///< afterwards
    std::optional<std::string> reason;
    std::optional<std::string> note;
    std::optional<std::string> successor;
    std::optional<std::int64_t> annulled_by;
    std::string not_before;  ///< a later day from which it is shown; else empty
    std::int64_t changed;    ///< the event, or that of the last correction that the public sees
    bool is_undo;            ///< an ending by which all before it is taken back
  };

  using Cells = std::array<std::optional<std::string>, column_count>;

  struct Texts {
    Cells cells;
    std::array<std::int64_t, column_count> erased_of{};  ///< the event that set what was erased, or 0
    std::optional<std::int64_t> contact;                 ///< the event that sealed it
  };

  void set_texts(const EventRecord& event, const std::vector<EventText>& erased);
  void forget(const EventRecord& erasure);
  void add(Turn turn, const EventRecord& event);
  void correct(const EventRecord& event);
  void follow_days(const EventRecord& event);
  std::vector<Happening> with_annulments() const;
  bool is_by_day(const Happening& happening) const;
  Cells cells_on_day(const std::vector<Happening>& happenings) const;
  std::optional<std::int64_t> changed(const std::vector<Happening>& happenings) const;
  PastPartner past_partner(const Cells& cells, std::optional<std::int64_t> changed) const;

  PartnerId partner_;
  Horizon horizon_;
  std::string day_;  ///< of the horizon; after all others when it has none
  std::string erased_text_;
  Texts texts_;                                ///< after the last event
  std::optional<Texts> texts_at_horizon_;      ///< nothing until an event comes that is beyond it
  std::optional<std::int64_t> changed_;        ///< the last public change, as the tables have it
  std::optional<std::int64_t> amended_;        ///< the last public amendment of texts within the horizon
  std::optional<std::size_t> amended_member_;  ///< the joining in force at that amendment
  std::vector<Happening> happenings_;
  std::array<std::optional<std::size_t>, turn_count> last_;  ///< of each turn
  std::vector<std::pair<std::int64_t, std::int64_t>>
      remaining_;  ///< erasures, with the event whose texts remain
};

}  // namespace covenant
