#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/base/result.hpp"
#include "core/model/partner.hpp"
#include "core/text/word_term.hpp"

namespace covenant {

/// What a value is in which a person may be named. Source: covenant-erase(1).
enum class Place {
  contact,
  description,
  expertise,
  practices,
  note,
  source,
  file_name,
  signature,
  mail,
  evidence,
};

template <>
struct Codes<Place> {
  static constexpr std::array<std::string_view, 10> codes = {
      "contact", "description", "expertise", "practices", "note",
      "source",  "file-name",   "signature", "mail",      "evidence"};
};

/// A value in which a person is named, and where it is.
struct PersonalPlace {
  PartnerId partner;
  Place place;
  std::int64_t event;  ///< that set it
  bool is_current;     ///< whether it is in force, and not only in the history
  std::string value;
};

/// A person who is looked for, by an e-mail address or a name.
class SoughtPerson {
 public:
  /// Reads an e-mail address, or a name of at least three letters. Fails with `too-short`, or as `PersonText`
  /// does.
  static Result<SoughtPerson> parse(std::string_view text);

  const std::string& str() const { return text_; }
  const WordTerm& term() const { return term_; }

 private:
  explicit SoughtPerson(std::string text) : text_(std::move(text)), term_(text_) {}

  std::string text_;
  WordTerm term_;
};

}  // namespace covenant
