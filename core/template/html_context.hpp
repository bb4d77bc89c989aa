#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace covenant {

/// Why something may not be at a place.
using Refusal = std::optional<std::string>;

/// How a value has to be written where it may be.
enum class ValueForm : std::uint8_t { escaped, whole_address, part_of_address };

/// The place in an HTML document that a text leads to, and what may be there. It reads as a browser's
/// tokenizer does, but refuses what browsers would mend, and elements whose content they read differently
/// with scripts and without. Equal places are read on equally.
/// Source: HTML Living Standard, section 13.2.5.
class HtmlPlace {
 public:
  /// Reads one byte of the document's own text.
  Refusal read(char byte);
  /// Whether a value may be here, an address (url) or another text; says how it is to be written.
  Refusal take_value(bool is_url, ValueForm& form);
  /// Whether whole elements may be here.
  Refusal take_element() const;
  /// Whether a section may begin or end here; a tag's or attribute's name is complete then.
  Refusal take_section();
  /// Whether the document may end here.
  Refusal end() const;

  friend bool operator==(const HtmlPlace&, const HtmlPlace&) = default;

 private:
  enum class State : std::uint8_t {
    text,
    tag_open,
    end_tag_open,
    declaration,
    doctype,
    comment,
    raw,    ///< script and style
    lines,  ///< title and textarea
    tag_name,
    between,       ///< attributes, after a blank
    after_value,   ///< attributes, where a blank is missing
    self_closing,  ///< after a slash
    name,
    after_name,
    before_value,
    bare,
    quoted,
  };
  enum class Address : std::uint8_t { none, begin, undecided, safe };

  Refusal read_text(char byte);
  Refusal read_declaration(char byte);
  void read_comment(char byte);
  Refusal read_raw(char byte);
  Refusal read_between(char byte);
  Refusal read_name(char byte);
  Refusal read_value(char byte);
  Refusal begin_value(char quote);
  void end_attribute();
  Refusal end_tag();
  void decide_address(char byte);
  Refusal take_in_attribute(bool is_url, ValueForm& form);
  Refusal refused_attribute() const;
  std::string place() const;

  State state_ = State::text;
  Address address_ = Address::none;
  char quote_ = 0;
  bool is_end_tag_ = false;
  bool is_self_closing_ = false;
  bool has_http_equiv_ = false;
  bool has_value_in_meta_ = false;
  bool is_safe_link_ = false;
  std::vector<std::string> special_;  ///< open elements within which browsers read differently
  std::string tag_;         ///< in lower case, of the tag or of the element that `raw` or `lines` ends with
  std::string attribute_;   ///< in lower case
  std::string pending_;     ///< what was read of something that several bytes decide
  std::string last_value_;  ///< of a literal attribute, as far as it matters
};

}  // namespace covenant
