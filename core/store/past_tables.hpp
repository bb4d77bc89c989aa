#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/commitment.hpp"
#include "core/model/date.hpp"
#include "core/model/ended.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"
#include "core/store/partner_table.hpp"

namespace covenant {

/// How far back the tables are to go.
struct Horizon {
  std::optional<Date> day;  ///< what happened later is left out
  std::int64_t texts;       ///< the last event of which texts are shown, where the partner has one
  std::int64_t known;       ///< the last event of which anything is known
};

/// Whether statements see the tables as they were.
bool shows_past(Read& read);

/// Lets every statement of the connection see the tables as they were: temporary views of the same names come
/// before what is stored. Most partners' past follows from their own rows; those of which it does not are
/// found here, to be put in from their events before the views are made.
class PastTables {
 public:
  /// Removes the views and rows that an earlier one left.
  explicit PastTables(Read& read);

  /// The partners whose rows do not say what they were, by id. Makes no table, so that who asks first can
  /// still choose where they are.
  std::vector<PartnerId> find_unclear(const Horizon& horizon) const;

  void set(const Horizon& horizon);

  /// Each of them: as it was, or not at all.
  void put(const Partner& partner, const PartnerProjection& projection);
  void put_absent(PartnerId partner);
  void put_commitment(std::int64_t seq, PartnerId partner, const Commitment& commitment);
  void put_ending(std::int64_t seq, PartnerId partner, const PastEnding& ending);
  /// The event `seq` was taken back by the event `by`.
  void put_undone(std::int64_t seq, std::int64_t by);
  /// The event by which `PartnerProjection::contact` names a contact whose fields all have this text.
  void put_contact(std::int64_t seq, const std::string& text);

  /// Makes the views.
  void show();

 private:
  Read& read_;
  bool has_contact_ = false;
};

}  // namespace covenant
