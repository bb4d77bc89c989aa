#include "core/store/bulk/deferred_indexes.hpp"

#include <cstdint>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/store/database.hpp"
#include "core/store/stored_text.hpp"

namespace covenant {

namespace {

constexpr std::size_t fewest_partners = std::size_t{1} << 16U;

std::optional<std::int64_t> reference_key(const Query& row) {
  if (row.is_null(1)) return std::nullopt;
  return index_key(row.text(1));
}

}  // namespace

std::vector<std::string> drop_partner_indexes(Connection& connection) {
  std::vector<std::string> names;
  std::vector<std::string> definitions;
  {
    Query query = connection.query(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'partner' AND sql IS NOT "
        "NULL");
    while (query.step()) {
      names.emplace_back(query.text(0));
      definitions.emplace_back(query.text(1));
    }
  }
  for (const std::string& name : names) connection.execute("DROP INDEX " + name);
  return definitions;
}

DeferredIndexes::DeferredIndexes(Connection& connection)
    : connection_(connection), definitions_(drop_partner_indexes(connection)), keys_(0) {
  read_keys(fewest_partners);
}

void DeferredIndexes::read_keys(std::size_t room) {
  keys_ = PartnerKeys(0);  // the old ones go before the new ones come
  keys_ = PartnerKeys(room);
  Query query = connection_.query("SELECT id, reference, name_key, host_key, acronym_key FROM partner");
  while (query.step()) {
    const PartnerId id = stored_id(query, 0);
    if (keys_.is_too_small_for(id)) return read_keys(room * 2);
    keys_.add(
        {id, reference_key(query), query.integer(2), query.optional_integer(3), query.optional_integer(4)});
  }
  room_ = room;
}

void DeferredIndexes::add(const RowKeys& keys) {
  if (keys_.is_too_small_for(keys.id)) {
    read_keys(room_ * 2);
  } else {
    keys_.add(keys);
  }
}

void DeferredIndexes::restore() {
  keys_ = PartnerKeys(0);
  for (const std::string& definition : definitions_) connection_.execute(definition);
}

}  // namespace covenant
