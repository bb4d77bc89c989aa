#include <algorithm>

#include "core/template/html_context.hpp"
#include "core/template/html_rules.hpp"

namespace covenant {

std::string HtmlPlace::place() const {
  switch (state_) {
    case State::tag_open:
    case State::end_tag_open:
    case State::tag_name:
      return "in the name of a tag";
    case State::declaration:
    case State::doctype:
      return "in a declaration";
    case State::comment:
      return "in a comment";
    case State::raw:
      return "in a " + tag_;
    case State::lines:
      return "in the text of <" + tag_ + ">";
    case State::between:
    case State::after_value:
    case State::self_closing:
      return "between the attributes of a tag";
    case State::name:
    case State::after_name:
      return "in the name of an attribute";
    case State::before_value:
    case State::bare:
      return "in an attribute without quotes";
    case State::quoted:
      return "in the attribute '" + attribute_ + "'";
    case State::text:
      break;
  }
  return "in text";
}

Refusal HtmlPlace::take_value(bool is_url, ValueForm& form) {
  form = ValueForm::escaped;
  if (state_ == State::text || (state_ == State::lines && pending_.empty())) return std::nullopt;
  if (state_ == State::quoted) return take_in_attribute(is_url, form);
  if (state_ == State::before_value || state_ == State::bare) {
    return "a value may not stand in an attribute without quotes; write " + attribute_ + "=\"…\"";
  }
  return "a value may not stand " + place();
}

Refusal HtmlPlace::take_in_attribute(bool is_url, ValueForm& form) {
  if (Refusal refusal = refused_attribute()) return refusal;
  if (tag_ == "meta" && attribute_ == "content") has_value_in_meta_ = true;
  if (address_ == Address::none) return std::nullopt;
  if (tag_ == "link" && !is_safe_link_) {
    return "an address in <link> needs a rel before it that fetches nothing, such as rel=\"canonical\"";
  }
  if (address_ == Address::begin) {
    if (!is_url) return "an address may begin only with a url, and '" + attribute_ + "' is one";
    form = ValueForm::whole_address;
  } else {
    if (address_ == Address::undecided && last_value_ != "/") {
      return "a value may stand in an address only after its host, after a '/', '?' or '#'";
    }
    form = ValueForm::part_of_address;
  }
  address_ = Address::safe;
  last_value_.clear();
  return std::nullopt;
}

Refusal HtmlPlace::refused_attribute() const {
  const std::string where = "a value may not stand in the attribute '" + attribute_ + "'";
  if (is_end_tag_) return "a value may not stand in an end tag";
  if (is_refused_attribute(attribute_)) return where;
  if (is_refused_element(tag_) || has_refused_attributes(tag_)) return where + " of <" + tag_ + ">";
  const bool is_in_picture =
      tag_ == "svg" || tag_ == "math" ||
      std::any_of(special_.begin(), special_.end(), [](const std::string& open) { return open != "select"; });
  if (is_in_picture && !is_attribute_of_pictures(attribute_)) return where + " of a picture or formula";
  return std::nullopt;
}

Refusal HtmlPlace::take_element() const {
  if (state_ == State::text && special_.empty()) return std::nullopt;
  return "whole elements may not stand " + (special_.empty() ? place() : "within <" + special_.back() + ">");
}

Refusal HtmlPlace::take_section() {
  if (state_ == State::tag_name) state_ = State::after_value;
  if (state_ == State::name) end_attribute();
  if (state_ == State::after_name) {
    end_attribute();
    state_ = State::between;
  }
  if (state_ == State::text || state_ == State::quoted || state_ == State::between ||
      state_ == State::after_value || (state_ == State::lines && pending_.empty())) {
    return std::nullopt;
  }
  return "a section may not begin or end " + place();
}

Refusal HtmlPlace::end() const {
  if (state_ == State::text) return std::nullopt;
  return "the template ends " + place();
}

}  // namespace covenant
