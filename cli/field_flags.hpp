#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "cli/flags.hpp"
#include "core/model/form.hpp"

namespace covenant {

/// The fields of a form as options: each has one of its name, and --category and --practice repeat.
class FieldFlags {
 public:
  void declare(Flags& flags);
  /// The help lists the fields that an application must have under that heading.
  static void show_as_required(Flags& flags, const std::string& title);

  /// The texts that were given; they are valid as long as this object. @throws Error{usage} when a list is
  /// given both ways
  FieldTexts texts();
  /// The option of the first field that was given.
  std::optional<std::string> first_given() const;
  /// Those of --category and --practice that were given.
  OptionNames given_singly() const;

 private:
  std::array<std::optional<std::string>, field_count> values_;
  std::vector<std::string> categories_;
  std::vector<std::string> practices_;
};

}  // namespace covenant
