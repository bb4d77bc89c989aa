#include "cli/inputs.hpp"

#include <utility>

namespace covenant {

Inputs::Inputs(std::vector<Input> inputs) : inputs_(std::move(inputs)), texts_(inputs_.size()) {
  for (const Input& input : inputs_) columns_.emplace_back(input.column);
}

void Inputs::declare(Flags& flags) {
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    const Input& input = inputs_[i];
    if (input.repeats == Repeats::yes) {
      flags.repeated(option_name(input.column), input.value_name, texts_[i], input.help);
    } else {
      flags.option(option_name(input.column), input.value_name, texts_[i], input.help);
    }
    flags.offer(option_name(input.column), input.choices);
    if (*input.required != '\0') flags.show_as_required(option_name(input.column), input.required);
  }
}

void Inputs::exclude(Flags& flags, const char* other) const {
  for (const Input& input : inputs_) flags.excludes(option_name(input.column), {other});
}

}  // namespace covenant
