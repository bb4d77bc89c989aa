#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/change.hpp"
#include "cli/context.hpp"
#include "core/model/form.hpp"
#include "core/ops/outcome.hpp"

namespace covenant {

/// A form in a TOML file: the fields' texts, and the line of each.
struct Form {
  std::array<std::optional<std::string>, field_count> values;
  std::array<std::uint64_t, field_count> lines{};

  /// Views into this object.
  FieldTexts texts() const;
};

/// Reads a form whose keys are fields; lists may be arrays of texts, or text as in CSV.
/// @throws Error{bad_input} with file and line on what is not TOML, an unknown key or a wrong type;
/// Error{file}
Form read_form(const std::string& path);

/// The same; what cannot be read is in the JSON report too, where that is the format.
Form read_form(Context& context, const ChangeOptions& options, const std::string& path);

/// Sets each problem's line to that of its field in the form; 1 when the form does not have the field.
OutcomeResult locate(OutcomeResult result, const Form& form);

}  // namespace covenant
