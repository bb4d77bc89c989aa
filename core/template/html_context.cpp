#include "core/template/html_context.hpp"

#include <algorithm>
#include <string_view>

#include "core/template/html_rules.hpp"
#include "core/text/ascii.hpp"

namespace covenant {

namespace {

bool is_blank(char byte) {
  return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r' || byte == '\f';
}

}  // namespace

Refusal HtmlContext::read(char byte) {
  switch (state_) {
    case State::text:
    case State::tag_open:
    case State::end_tag_open:
      return read_text(byte);
    case State::declaration:
    case State::doctype:
      return read_declaration(byte);
    case State::comment:
      read_comment(byte);
      return std::nullopt;
    case State::raw:
    case State::lines:
      return read_raw(byte);
    case State::tag_name:
    case State::between:
    case State::after_value:
    case State::self_closing:
      return read_between(byte);
    case State::name:
    case State::after_name:
      return read_name(byte);
    case State::before_value:
    case State::bare:
    case State::quoted:
      return read_value(byte);
  }
  return std::nullopt;
}

Refusal HtmlContext::read_text(char byte) {
  if (state_ == State::text) {
    if (byte == '<') state_ = State::tag_open;
    return std::nullopt;
  }
  if (is_letter(byte)) {
    is_end_tag_ = state_ == State::end_tag_open;
    is_self_closing_ = has_http_equiv_ = has_value_in_meta_ = is_safe_link_ = false;
    tag_ = lower_case(byte);
    state_ = State::tag_name;
  } else if (state_ == State::tag_open && byte == '/') {
    state_ = State::end_tag_open;
  } else if (state_ == State::tag_open && byte == '!') {
    pending_.clear();
    state_ = State::declaration;
  } else {
    return "'<' begins a tag; as a character it is written &lt;";
  }
  return std::nullopt;
}

Refusal HtmlContext::read_declaration(char byte) {
  constexpr std::string_view doctype = "doctype";
  if (state_ == State::doctype) {
    if (byte == '>') state_ = State::text;
    return std::nullopt;
  }
  pending_ += lower_case(byte);
  if (pending_ == "--") {
    state_ = State::comment;  // whose end may share these dashes
  } else if (pending_ == doctype) {
    state_ = State::doctype;
    pending_.clear();
  } else if (pending_ != "-" && !doctype.starts_with(pending_)) {
    return "'<!' begins a comment, <!-- -->, or <!DOCTYPE html>";
  }
  return std::nullopt;
}

void HtmlContext::read_comment(char byte) {
  const bool may_end = pending_.ends_with("--") || pending_.ends_with("--!");
  if (byte == '>' && may_end) {
    pending_.clear();
    state_ = State::text;
  } else if (byte == '-') {
    pending_ = pending_.ends_with('-') ? "--" : "-";
  } else if (byte == '!' && pending_.ends_with("--")) {
    pending_ = "--!";
  } else {
    pending_.clear();
  }
}

Refusal HtmlContext::read_raw(char byte) {
  if (pending_.empty() && byte != '<') return std::nullopt;
  const std::string end = "</" + tag_;
  if (pending_ == end && (is_blank(byte) || byte == '/' || byte == '>')) {
    pending_.clear();
    is_end_tag_ = true;
    is_self_closing_ = false;
    state_ = State::tag_name;
    return read_between(byte);
  }
  pending_ = byte == '<' ? "<" : pending_ + lower_case(byte);
  if (end.starts_with(pending_)) return std::nullopt;
  if (state_ == State::lines) return "'<' is written &lt; within <" + tag_ + ">";
  if (pending_ == "<!--") return "'<!--' changes how browsers read a " + tag_;
  if (!std::string_view("<!--").starts_with(pending_)) pending_.clear();
  return std::nullopt;
}

Refusal HtmlContext::read_between(char byte) {
  if (byte == '>') return end_tag();
  if (state_ == State::self_closing) state_ = State::between;
  if (is_blank(byte)) {
    state_ = State::between;
  } else if (byte == '/') {
    state_ = State::self_closing;
    is_self_closing_ = true;
    return std::nullopt;
  } else if (state_ == State::tag_name) {
    if (std::string_view("<\"'=").find(byte) != std::string_view::npos)
      return "a tag's name has no such character";
    tag_ += lower_case(byte);
  } else if (state_ == State::after_value) {
    return "a blank must precede the next attribute";
  } else {
    attribute_.clear();
    state_ = State::name;
    is_self_closing_ = false;
    return read_name(byte);
  }
  is_self_closing_ = false;
  return std::nullopt;
}

Refusal HtmlContext::read_name(char byte) {
  if (byte == '>' || byte == '/') {
    end_attribute();
    return read_between(byte);
  }
  if (byte == '=' && !attribute_.empty()) {
    state_ = State::before_value;
  } else if (is_blank(byte)) {
    state_ = State::after_name;
  } else if (state_ == State::after_name) {
    end_attribute();
    state_ = State::between;
    return read_between(byte);
  } else if (std::string_view("<\"'=").find(byte) != std::string_view::npos) {
    return "an attribute's name has no such character";
  } else {
    attribute_ += lower_case(byte);
  }
  return std::nullopt;
}

Refusal HtmlContext::begin_value(char quote) {
  quote_ = quote;
  state_ = quote == 0 ? State::bare : State::quoted;
  last_value_.clear();
  address_ = use_of(tag_, attribute_) == AttributeUse::address ? Address::begin : Address::none;
  return std::nullopt;
}

Refusal HtmlContext::read_value(char byte) {
  if (state_ == State::before_value) {
    if (is_blank(byte)) return std::nullopt;
    if (byte == '"' || byte == '\'') return begin_value(byte);
    if (byte == '>') return "the attribute '" + attribute_ + "' has no value after its '='";
    begin_value(0);
  }
  if (state_ == State::quoted && byte == quote_) {
    end_attribute();
    return std::nullopt;
  }
  if (state_ == State::bare) {
    if (is_blank(byte) || byte == '>') {
      end_attribute();
      return read_between(byte);
    }
    if (std::string_view("<\"'=`").find(byte) != std::string_view::npos) {
      return "put the value of '" + attribute_ + "' in quotes";
    }
  }
  if (address_ != Address::none) {
    decide_address(byte);
  } else if (attribute_ == "rel") {
    last_value_ += lower_case(byte);
  }
  return std::nullopt;
}

void HtmlContext::end_attribute() {
  if (attribute_ == "http-equiv") has_http_equiv_ = true;
  if (attribute_ == "rel") is_safe_link_ = is_safe_relation(last_value_);
  attribute_.clear();
  last_value_.clear();
  address_ = Address::none;
  quote_ = 0;
  state_ = State::after_value;
}

/// What may begin an address before a value, so that the value can change neither scheme nor host.
void HtmlContext::decide_address(char byte) {
  if (address_ == Address::safe) return;
  address_ = Address::undecided;
  last_value_ += lower_case(byte);
  if (is_settled_address(last_value_)) {
    address_ = Address::safe;
    last_value_.clear();
  }
}

Refusal HtmlContext::end_tag() {
  if (has_http_equiv_ && has_value_in_meta_) return "a value cannot be used in a <meta http-equiv>";
  state_ = State::text;
  const bool is_special = reads_differently_within(tag_);
  if (is_end_tag_ && is_special) {
    if (special_.empty() || special_.back() != tag_) return "</" + tag_ + "> ends no <" + tag_ + "> here";
    special_.pop_back();
  }
  if (!is_end_tag_) {
    const bool is_raw = tag_ == "script" || tag_ == "style";
    const bool has_lines = tag_ == "title" || tag_ == "textarea";
    if (!special_.empty() && (is_raw || has_lines)) {
      return "<" + tag_ + "> cannot be used within <" + special_.back() + ">";
    }
    if (!(is_in_picture() ? is_allowed_in_pictures(tag_) : is_allowed_element(tag_))) {
      return "<" + tag_ + "> cannot be used " +
             (is_in_picture() ? "in a picture or formula" : "in a template");
    }
    if (is_special && !(is_self_closing_ && tag_ != "select")) special_.push_back(tag_);
    if (is_raw) state_ = State::raw;
    if (has_lines) state_ = State::lines;
  }
  if (state_ == State::text) tag_.clear();
  is_end_tag_ = is_self_closing_ = has_http_equiv_ = has_value_in_meta_ = is_safe_link_ = false;
  return std::nullopt;
}

std::string HtmlContext::place() const {
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

Refusal HtmlContext::take_value(IsUrl is_url, ValueForm& form) {
  form = ValueForm::escaped;
  if (state_ == State::text || (state_ == State::lines && pending_.empty())) return std::nullopt;
  if (state_ == State::quoted) return take_in_attribute(is_url, form);
  if (state_ == State::before_value || state_ == State::bare) {
    return "a value cannot be used in an attribute without quotes; write " + attribute_ + "=\"…\"";
  }
  return "a value cannot be used " + place();
}

Refusal HtmlContext::take_in_attribute(IsUrl is_url, ValueForm& form) {
  if (Refusal refusal = refused_attribute()) return refusal;
  if (tag_ == "meta" && attribute_ == "content") has_value_in_meta_ = true;
  if (address_ == Address::none) return std::nullopt;
  if (tag_ == "link" && !is_safe_link_) {
    return "an address in <link> needs a rel before it that fetches nothing, such as rel=\"canonical\"";
  }
  if (address_ == Address::begin) {
    if (is_url == IsUrl::no) return "an address may begin only with a url, and '" + attribute_ + "' is one";
    form = ValueForm::whole_address;
  } else {
    if (address_ == Address::undecided && last_value_ != "/") {
      return "a value can be used in an address only after its host, after a '/', '?' or '#'";
    }
    form = ValueForm::part_of_address;
  }
  address_ = Address::safe;
  last_value_.clear();
  return std::nullopt;
}

Refusal HtmlContext::refused_attribute() const {
  if (is_end_tag_) return "a value cannot be used in an end tag";
  const std::string where = "a value cannot be used in the attribute '" + attribute_ + "' of <" + tag_ + ">";
  if (tag_ == "svg" || tag_ == "math" || is_in_picture()) {
    if (!is_global_attribute(attribute_)) return where + ", part of a picture or formula";
  } else if (use_of(tag_, attribute_) == AttributeUse::refused) {
    return where;
  }
  return std::nullopt;
}

bool HtmlContext::is_in_picture() const {
  return std::any_of(special_.begin(), special_.end(),
                     [](const std::string& open) { return open != "select"; });
}

Refusal HtmlContext::take_element() const {
  if (state_ == State::text && special_.empty()) return std::nullopt;
  return "whole elements cannot be used " + (special_.empty() ? place() : "within <" + special_.back() + ">");
}

Refusal HtmlContext::take_section() {
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

Refusal HtmlContext::end() const {
  if (state_ == State::text) return std::nullopt;
  return "the template ends " + place();
}

}  // namespace covenant
