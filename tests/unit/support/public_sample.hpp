#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/model/public_list.hpp"

namespace covenant::samples {

/// A listed partner made up for a test: its public fields by their names, those not given absent.
class PublicSample {
 public:
  PublicSample(std::initializer_list<std::pair<std::string_view, std::string_view>> given) {
    for (const auto& [name, text] : given) (*this)[name] = text;
  }

  std::string& operator[](std::string_view name) {
    return texts_[static_cast<std::size_t>(from_code<PublicField>(name).value())];
  }

  PublicTexts texts() const {
    PublicTexts views;
    for (std::size_t i = 0; i < views.size(); ++i) views[i] = texts_[i];
    return views;
  }

 private:
  std::array<std::string, public_field_count> texts_;
};

}  // namespace covenant::samples
