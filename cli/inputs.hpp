#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/flags.hpp"
#include "core/ops/row_fields.hpp"

namespace covenant {

/// How often an input can be given as an option.
enum class Repeats { no, yes };

/// One input of a command that does the same to one partner, by options, and to the rows of a CSV file.
struct Input {
  const char* column;  ///< "signed_on"; the option is --signed-on
  const char* value_name;
  std::string help;
  Repeats repeats = Repeats::no;
  Choices choices = {};       ///< what can be written for it, if that is a list
  const char* required = "";  ///< the heading of the help where it is required
};

/// What a command needs to know of a partner, declared once: as options, and as the columns of its CSV file.
class Inputs {
 public:
  explicit Inputs(std::vector<Input> inputs);
  // The columns are views into this object's own inputs, and the options' texts are written into it.
  Inputs(const Inputs&) = delete;
  Inputs& operator=(const Inputs&) = delete;
  ~Inputs() = default;

  void declare(Flags& flags);
  /// Every option cannot be used together with `other`.
  void exclude(Flags& flags, const char* other) const;

  /// The names of the columns, in their order.
  const std::vector<std::string_view>& columns() const { return columns_; }
  /// What was given as options.
  RowFields options() const { return {texts_, columns_}; }

 private:
  std::vector<Input> inputs_;
  std::vector<std::string_view> columns_;
  OptionTexts texts_;
};

}  // namespace covenant
