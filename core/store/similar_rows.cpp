#include "core/store/similar_rows.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "core/store/stored_text.hpp"

namespace covenant {

namespace {

template <class T>
void for_each_value(Query rows, Column column, const std::function<void(PartnerId, const T&)>& visit) {
  while (rows.step()) visit(stored_id(rows, 0), stored(read_back<T>(stored_text(rows, 1, column))));
}

void for_each_pair(Query rows, const std::function<void(const NamedOnce&, const NamedOnce&)>& visit) {
  while (rows.step())
    visit({stored_id(rows, 0), stored_name(rows, 1)}, {stored_id(rows, 2), stored_name(rows, 3)});
}

/// A statement about the partners that may be like others, `known`.
std::string about_known(std::string_view statement) {
  return fmt::format(R"(
WITH known AS NOT MATERIALIZED (
  SELECT id, name, website, acronym, name_key, host_key, acronym_key FROM partner
  WHERE end_reason IS NOT 'entered-in-error' OR partner_since IS NOT NULL)
{})",
                     statement);
}

}  // namespace

void for_each_name(Read& read, const std::function<void(PartnerId, const Name&)>& visit) {
  for_each_value(read.query(about_known("SELECT id, name FROM known ORDER BY id")), "name"_column, visit);
}

void for_each_shared_website(Read& read, const std::function<void(PartnerId, const WebUrl&)>& visit) {
  for_each_value(read.query(about_known(R"(
SELECT id, website FROM known WHERE host_key IN (
  SELECT host_key FROM known WHERE host_key IS NOT NULL GROUP BY host_key HAVING count(*) > 1)
ORDER BY id)")),
                 "website"_column, visit);
}

void for_each_shared_acronym(Read& read, const std::function<void(PartnerId, const Acronym&)>& visit) {
  for_each_value(read.query(about_known(R"(
SELECT id, acronym FROM known WHERE acronym_key IN (
  SELECT acronym_key FROM known WHERE acronym_key IS NOT NULL GROUP BY acronym_key HAVING count(*) > 1)
ORDER BY id)")),
                 "acronym"_column, visit);
}

void for_each_shared_name(Read& read, const std::function<void(const NamedOnce&, const NamedOnce&)>& visit) {
  for_each_pair(read.query(about_known(R"(
SELECT a.id, a.name, b.id, b.name FROM known a JOIN known b ON b.name_key = a.name_key AND b.id > a.id
ORDER BY a.id, b.id)")),
                visit);
}

void for_each_former_name_in_use(Read& read,
                                 const std::function<void(const NamedOnce&, const NamedOnce&)>& visit) {
  for_each_pair(read.query(about_known(R"(
SELECT a.id, f.name, b.id, b.name FROM former_name f
JOIN event e ON e.seq = f.seq JOIN known b ON b.name_key = f.name_key AND b.id <> f.partner
JOIN known a ON a.id = owner(f.partner, e.body ->> '$.partner')
ORDER BY f.seq, b.id)")),
                visit);
}

}  // namespace covenant
