#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/store/query.hpp"

namespace covenant {

/// A WHERE clause put together from constant texts, with at most one '?' each; every value is a parameter.
class Conditions {
 public:
  /// Adds a condition that must hold.
  void add(std::string_view condition, std::string value) {
    open();
    sql_.append(condition);
    values_.push_back(std::move(value));
  }

  /// Adds a condition without a '?'.
  void add(std::string_view condition) {
    open();
    sql_.append(condition);
  }

  /// Adds that the condition must hold for one of the values; no values, no condition.
  template <class Values, class TextOf>
  void add_any(std::string_view condition, const Values& values, TextOf text_of) {
    if (values.empty()) return;
    open();
    std::string_view separator = "(";
    for (const auto& value : values) {
      sql_.append(separator).append(condition);
      values_.emplace_back(text_of(value));
      separator = " OR ";
    }
    sql_.append(")");
  }

  /// " WHERE …", or nothing.
  const std::string& sql() const { return sql_; }

  /// Binds the values to the parameters from 1 on.
  void bind(Query& query) const {
    int index = 0;
    for (const std::string& value : values_) query.bind(++index, value);
  }

 private:
  void open() { sql_.append(sql_.empty() ? " WHERE " : " AND "); }

  std::string sql_;
  std::vector<std::string> values_;
};

}  // namespace covenant
