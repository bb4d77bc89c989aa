#pragma once

#include <string>
#include <vector>

#include "core/store/bulk/partner_keys.hpp"

namespace covenant {

class Connection;

/// Drops the indexes of the partner table and gives the statements that made them.
std::vector<std::string> drop_partner_indexes(Connection& connection);

/// The indexes of the partner table, taken away for the length of a transaction that files many partners:
/// made again at its end, in sorted order, they cost a fraction of what keeping them up row by row does.
/// Meanwhile partners are found by their keys in memory. Other processes see nothing of it.
class DeferredIndexes {
 public:
  /// Drops the indexes and reads the keys of the partners that are there.
  explicit DeferredIndexes(Connection& connection);

  const PartnerKeys& keys() const { return keys_; }

  /// Takes note of a partner whose row was just written.
  void add(const RowKeys& keys);

  /// Makes the indexes again. Nobody looks for keys any more.
  void restore();

 private:
  void read_keys(std::size_t room);

  Connection& connection_;
  std::vector<std::string> definitions_;
  std::size_t room_ = 0;  ///< for so many partners the keys have room
  PartnerKeys keys_;
};

}  // namespace covenant
