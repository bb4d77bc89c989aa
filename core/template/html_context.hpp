#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// How it works, and why.
//
// What a value may be, and how it must be escaped, depends on where a browser will read it. So this reads a
// document as a browser's tokenizer does (HTML Living Standard, section 13.2.5), a byte at a time, one state
// for each of the tokenizer's that matters here. A browser repairs nearly everything, and how it does is
// where attacks hide: what would need repair (a '<' in text, a blank missing between attributes, an end tag
// that ends nothing) is refused instead, so that there is only one way to read what is left.
//
// A tokenizer alone is not enough, because the tree that is built decides how some content is read: within
// <svg>, <math> and <select> the same tags mean something else. Those that are open are kept in `special_`,
// and little is allowed within them.
//
// Addresses are decided while they are read: once scheme and host are settled by the template's own text, or
// by a url that begins the address, nothing that follows can change them.

namespace covenant {

/// Why something is not allowed at a place.
using Refusal = std::optional<std::string>;

/// Whether a value is an address, which only then may begin one.
enum class IsUrl { no, yes };

/// How a value has to be written where it is allowed.
enum class ValueForm : std::uint8_t { escaped, whole_address, part_of_address };

/// The place in an HTML document that a text leads to, and what is allowed there. Of equal contexts the same
/// text makes equal ones. Source: HTML Living Standard, section 13.2.5.
class HtmlContext {
 public:
  /// Reads one byte of the document's own text.
  Refusal read(char byte);
  /// Whether a value is allowed here, an address (url) or another text; sets how it is to be written.
  Refusal take_value(IsUrl is_url, ValueForm& form);
  /// Whether whole elements are allowed here.
  Refusal take_element() const;
  /// Whether a section may begin or end here; a tag's or attribute's name is complete then.
  Refusal take_section();
  /// Whether the document may end here.
  Refusal end() const;

  friend bool operator==(const HtmlContext&, const HtmlContext&) = default;

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
  Refusal take_in_attribute(IsUrl is_url, ValueForm& form);
  Refusal refused_attribute() const;
  bool is_in_picture() const;
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
  std::string pending_;     ///< what was read of something that takes several bytes
  std::string last_value_;  ///< of a literal attribute, as far as it matters
};

}  // namespace covenant
