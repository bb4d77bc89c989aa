#include "core/letters/plain_text.hpp"

#include <fmt/format.h>
#include <unicode/utf.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/terminal.hpp"
#include "core/text/utf8.hpp"

// How it works, and why.
//
// A mail has its text twice, and both have to say the same. So a letter is written once, as HTML, and the
// text is made from it. The HTML comes from a template, which is read strictly (see `html_context.hpp`): a
// '<' begins a tag or a comment, attributes are in quotes, elements are closed. Nothing has to be repaired
// here.

namespace covenant {

namespace {

constexpr auto npos = std::string_view::npos;

/// Begins the signature of a mail. Source: RFC 3676 section 4.3.
constexpr std::string_view signature_line = "-- ";

/// How paragraphs follow one another: items and rows without an empty line between them.
enum class Follows { apart, close };

struct Paragraph {
  std::string text;  ///< lines ending in LF are not joined with the next
  Follows follows;
};

struct Tag {
  std::string name;  ///< in lower case
  bool is_end = false;
  std::vector<std::pair<std::string_view, std::string>> attributes;

  std::string_view attribute(std::string_view wanted) const {
    for (const auto& [name_, value] : attributes) {
      if (name_ == wanted) return value;
    }
    return {};
  }
};

bool is_among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has_no_content(std::string_view name) {
  return is_among(
      name, {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "track", "wbr"});
}

/// Whether a paragraph ends where the element begins and ends.
bool is_block(std::string_view name) {
  return is_among(name, {"address", "article", "aside",  "blockquote", "body",  "caption", "dd", "div",
                         "dl",      "dt",      "footer", "h1",         "h2",    "h3",      "h4", "h5",
                         "h6",      "header",  "hr",     "li",         "main",  "nav",     "ol", "p",
                         "pre",     "section", "table",  "tbody",      "tfoot", "thead",   "tr", "ul"});
}

/// The character of a reference, which is given without its '&' and ';'.
std::optional<std::string> character_of(std::string_view reference) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> names = {
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\u00A0"}}};
  for (const auto& [name, character] : names) {
    if (reference == name) return std::string(character);
  }
  if (!reference.starts_with('#')) return std::nullopt;
  reference.remove_prefix(1);
  const bool is_hexadecimal = reference.starts_with('x') || reference.starts_with('X');
  if (is_hexadecimal) reference.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, error] =
      std::from_chars(reference.data(), reference.data() + reference.size(), code, is_hexadecimal ? 16 : 10);
  if (error != std::errc() || end != reference.data() + reference.size() || !U_IS_UNICODE_CHAR(code))
    return std::nullopt;
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, code);
  std::string character(bytes.data(), size);
  return is_clean_utf8(character, LineFeeds::allowed) ? std::optional(character) : std::nullopt;
}

class HtmlReader {
 public:
  HtmlReader(std::string_view html, std::string_view file) : rest_(html), file_(file) {}

  /// What was read: the paragraphs, and the title.
  std::vector<Paragraph> read(std::string& title) {
    while (!rest_.empty()) {
      if (rest_.starts_with("<!--")) {
        skip_past("-->");
      } else if (rest_.starts_with("<!")) {
        skip_past(">");
      } else if (rest_.front() == '<') {
        take(read_tag());
      } else {
        const std::string_view text = rest_.substr(0, rest_.find('<'));
        rest_.remove_prefix(text.size());
        if (hidden_ == 0) add_text(is_in_title_ ? title : text_, decoded(text));
      }
    }
    end_paragraph();
    while (title.ends_with(' ')) title.pop_back();
    return std::move(paragraphs_);
  }

 private:
  void skip_past(std::string_view end) {
    const std::size_t at = rest_.find(end);
    rest_.remove_prefix(at == npos ? rest_.size() : at + end.size());
  }

  static bool is_blank(char c) { return is_white_space(c); }

  std::string_view take_while(bool (*is_wanted)(char)) {
    const auto* const end = std::find_if_not(rest_.begin(), rest_.end(), is_wanted);
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  Tag read_tag() {
    Tag tag;
    rest_.remove_prefix(1);
    tag.is_end = rest_.starts_with('/');
    if (tag.is_end) rest_.remove_prefix(1);
    tag.name = lower_case(take_while([](char c) { return !is_blank(c) && c != '>' && c != '/'; }));
    while (!rest_.empty() && rest_.front() != '>') {
      if (is_blank(rest_.front()) || rest_.front() == '/') {
        rest_.remove_prefix(1);
        continue;
      }
      const std::string_view name =
          take_while([](char c) { return !is_blank(c) && c != '>' && c != '/' && c != '='; });
      tag.attributes.emplace_back(name, read_value());
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return tag;
  }

  std::string read_value() {
    take_while(is_blank);
    if (!rest_.starts_with('=')) return "";
    rest_.remove_prefix(1);
    take_while(is_blank);
    if (rest_.starts_with('"') || rest_.starts_with('\'')) {
      const char quote = rest_.front();
      const std::string_view value = rest_.substr(1, rest_.find(quote, 1) - 1);
      rest_.remove_prefix(std::min(value.size() + 2, rest_.size()));
      return decoded(value);
    }
    return decoded(take_while([](char c) { return !is_blank(c) && c != '>'; }));
  }

  void take(const Tag& tag) {
    if (hidden_ > 0) {
      // Elements of the same name are counted, so that the right end tag ends it.
      if (tag.name == hidden_name_) hidden_ += tag.is_end ? -1 : 1;
      return;
    }
    const bool is_hidden = is_among(tag.name, {"script", "style"}) || tag.attribute("data-part") == "html" ||
                           tag.attribute("aria-hidden") == "true";
    if (!tag.is_end && is_hidden && !has_no_content(tag.name)) {
      hidden_ = 1;
      hidden_name_ = tag.name;
      return;
    }
    if (is_block(tag.name)) end_paragraph();
    if (tag.name == "title") is_in_title_ = !tag.is_end;
    if (tag.name == "br") end_line();
    if (tag.name == "a") take_link(tag);
    if (tag.name == "li" && !tag.is_end) begin("- ", Follows::close);
    if (is_among(tag.name, {"td", "th"})) take_cell(tag);
    if (!tag.is_end && tag.attribute("id") == "signature")
      begin(std::string(signature_line) + "\n", Follows::apart);
  }

  /// A cell goes on where the heading of its row ends; any other begins a paragraph.
  void take_cell(const Tag& tag) {
    if (tag.is_end) {
      is_after_heading_ = tag.name == "th";
      return;
    }
    if (std::exchange(is_after_heading_, false) && tag.name == "td") {
      text_.append(": ");
      return;
    }
    end_paragraph();
    if (tag.name == "th") follows_ = Follows::close;
  }

  void take_link(const Tag& tag) {
    if (!tag.is_end) {
      link_ = tag.attribute("href");
      link_begin_ = text_.size();
      return;
    }
    const bool is_web = link_.starts_with("http://") || link_.starts_with("https://");
    const bool is_said = link_begin_ <= text_.size() && text_.compare(link_begin_, npos, link_) == 0;
    if (is_web && !is_said) text_.append(" <").append(link_).append(">");
    link_.clear();
  }

  void begin(std::string_view text, Follows follows) {
    end_paragraph();
    text_ = text;
    begin_ = text_.size();
    follows_ = follows;
  }

  void end_line() {
    while (text_.size() > begin_ && text_.ends_with(' ')) text_.pop_back();
    text_ += '\n';
  }

  void end_paragraph() {
    while (text_.size() > begin_ && is_white_space(text_.back())) text_.pop_back();
    if (text_.size() > begin_) paragraphs_.push_back({std::move(text_), follows_});
    text_.clear();
    begin_ = 0;
    follows_ = Follows::apart;
    is_after_heading_ = false;
  }

  /// White space is a blank, and none at the begin of a line.
  static void add_text(std::string& to, std::string_view text) {
    for (const char c : text) {
      if (!is_white_space(c)) {
        to += c;
      } else if (!to.empty() && !is_white_space(to.back())) {
        to += ' ';
      }
    }
  }

  std::string decoded(std::string_view text) const {
    std::string plain;
    while (!text.empty()) {
      const std::size_t mark = std::min(text.find('&'), text.size());
      plain.append(text.substr(0, mark));
      text.remove_prefix(mark);
      if (text.empty()) break;
      const std::size_t end = text.find_first_of("; ");
      const bool is_reference = end != npos && text[end] == ';';
      if (!is_reference) refuse(text.substr(0, 1), "begins no character reference; write '&amp;'");
      const auto character = character_of(text.substr(1, end - 1));
      if (!character) refuse(text.substr(0, end + 1), "is not known in a letter; write the character itself");
      plain.append(*character);
      text.remove_prefix(end + 1);
    }
    return plain;
  }

  [[noreturn]] void refuse(std::string_view what, std::string_view why) const {
    throw Error(ErrorKind::bad_input, fmt::format("{}: {} {}", file_, in_quotes(what), why));
  }

  std::string_view rest_;
  std::string_view file_;
  std::vector<Paragraph> paragraphs_;
  std::string text_;       ///< of the paragraph that is read
  std::size_t begin_ = 0;  ///< where its words begin
  Follows follows_ = Follows::apart;
  bool is_in_title_ = false;
  bool is_after_heading_ = false;
  int hidden_ = 0;  ///< how many elements of that name are open in what is not for the text
  std::string hidden_name_;
  std::string link_;
  std::size_t link_begin_ = 0;
};

/// Adds a paragraph in lines that a mail program may join again: those that end in a blank.
void append_flowed(std::string& out, std::string_view paragraph) {
  constexpr std::size_t columns = 72;
  while (!paragraph.empty()) {
    const std::size_t end = std::min(paragraph.find('\n'), paragraph.size());
    const std::string_view line = paragraph.substr(0, end);
    paragraph.remove_prefix(std::min(end + 1, paragraph.size()));
    if (line == signature_line) {
      out.append(line).append("\n");
      continue;
    }
    // A line that ends within a word would be joined with a blank.
    const std::vector<std::string> parts = wrapped(line, columns - 1, LongWords::whole);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      // What would look like a quotation or the next mail begins with a blank that is taken off again.
      if (parts[i].starts_with('>') || parts[i].starts_with("From ")) out += ' ';
      out.append(parts[i]).append(i + 1 < parts.size() ? " \n" : "\n");
    }
    if (parts.empty()) out += '\n';
  }
}

}  // namespace

PlainText text_of_html(std::string_view html, std::string_view file) {
  PlainText plain;
  Follows last = Follows::apart;
  for (const Paragraph& paragraph : HtmlReader(html, file).read(plain.title)) {
    const bool is_close = last == Follows::close && paragraph.follows == Follows::close;
    if (!plain.body.empty() && !is_close) plain.body += '\n';
    append_flowed(plain.body, paragraph.text);
    last = paragraph.follows;
  }
  return plain;
}

}  // namespace covenant
