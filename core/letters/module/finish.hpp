#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace covenant::paper {

/// What a PDF says of itself.
struct Description {
  std::string title;
  std::string language;
  /// Elements of the structure in another language, by their number in the order of the structure.
  std::vector<std::pair<std::size_t, std::string>> other_languages;
};

/// A PDF of cairo's with its description, and with what has no place in the structure marked as such; without
/// a time, and with an identifier that follows from its content.
/// Source: ISO 32000-1, 14.3 (metadata), 14.8.2.2 (artifacts); ISO 14289-1, 5 and 7.1.
std::string finished(const std::string& pdf, const Description& description);

}  // namespace covenant::paper
