#include "core/store/due_rows.hpp"

#include "core/store/stored_text.hpp"

namespace covenant {

DueRows::DueRows(Read& read) : read_(&read) {
  read.sort_in(SortingPlace::files);  // nothing of a person is due
  read.query("DROP TABLE IF EXISTS temp.due").run();
  read.query("CREATE TEMP TABLE due (since TEXT, partner INTEGER, what INTEGER, name TEXT, contact INTEGER)")
      .run();
}

void DueRows::add(const DueItem& item) {
  read_->query("INSERT INTO temp.due (since, partner, what, name, contact) VALUES (?1, ?2, ?3, ?4, ?5)")
      .with(item.since.str(), item.partner.number(), static_cast<std::int64_t>(item.what), item.name.str(),
            static_cast<std::int64_t>(item.contact))
      .run();
  ++count_;
}

void DueRows::for_each(const std::function<void(const DueItem&)>& visit) const {
  Query query =
      read_->query("SELECT since, partner, what, name, contact FROM temp.due ORDER BY since, partner, what");
  while (query.step()) {
    visit({.partner = stored_id(query, 1),
           .name = stored_name(query, 3),
           .what = static_cast<Due>(query.integer(2)),
           .since = stored(Date::parse(query.text(0))),
           .contact = static_cast<DueContact>(query.integer(4))});
  }
}

}  // namespace covenant
