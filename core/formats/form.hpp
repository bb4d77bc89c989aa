#pragma once

#include <array>
#include <string>

#include "core/model/form.hpp"

namespace covenant {

/// The texts of all fields, as CSV has them; empty where a field is.
using FormTexts = std::array<std::string, field_count>;

/// Those of an application.
FormTexts form_texts(const Application& application);

/// Those of an application of a made-up organisation, which is eligible.
FormTexts example_form_texts();

/// Whether each field of a form has a comment that says what it is.
enum class FormComments { no, yes };

/// A form as `apply --form` and `update --form` read it: a key for each field; that of an empty one is
/// commented out. Source: TOML v1.0.0; covenant-apply(1), From a form.
std::string form_as_toml(const FormTexts& texts, FormComments comments);

/// The first two rows of a CSV file: the names of the fields and the example. Source: covenant-csv(5).
std::string example_csv();

}  // namespace covenant
