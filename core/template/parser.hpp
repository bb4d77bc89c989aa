#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/template/html_context.hpp"
#include "core/template/template.hpp"

// How it works, and why.
//
// A template is checked whole and once, before anything is written, so that a page is either written or
// refused with a place. The parser goes over the text from one tag in braces to the next. Each literal
// between them is read byte by byte by an `HtmlContext`, which always knows where in the document it is; each
// tag asks it whether a value, an element or a section is allowed here, and how a value is to be escaped. The
// answer becomes a step: copy these bytes, write that value in that way, run the steps of a section.
//
// Only what is true of every way through a template can be checked once. So a section must end in the same
// place of the document as it began: whether it is written never, once or a thousand times then makes no
// difference to what follows. That is why contexts can be compared.
//
// The steps are one flat list, where a section knows the step after its last. Writing is a loop over it that
// looks up no names and parses nothing: a hundred thousand partners cost little more than copying.

namespace covenant {

/// Reads a template once, from its beginning to its end, into the steps that write it.
class TemplateParser {
 public:
  TemplateParser(std::string_view text, std::string_view file, std::span<const TemplateName> names)
      : text_(text), file_(file), names_(names) {}

  /// @throws Error{bad_input} as `Template` does.
  void parse(std::string& literals, std::vector<TemplateStep>& steps);

 private:
  using Kind = TemplateStep::Kind;

  struct Section {
    std::size_t name;   ///< its number
    std::size_t step;   ///< where it begins
    std::size_t at;     ///< its tag in the text
    HtmlContext place;  ///< where in the document
    bool has_own_rows;  ///< no condition
  };

  /// A tag in braces: `text_[begin, end)`.
  struct Tag {
    std::size_t begin, end;
    char sign;  ///< one of # ^ / > !, or 0 for a value
    std::string_view name;
  };

  void check_bytes() const;
  Tag read_tag(std::size_t begin) const;
  /// Whether a tag is alone on its line, which then is left out with it.
  bool is_alone_on_line(const Tag& tag, std::size_t& line_start, std::size_t& line_end) const;
  void add_literal(std::size_t begin, std::size_t end);
  void add_tag(const Tag& tag);
  void add_value(const Tag& tag);
  void open_section(const Tag& tag);
  void close_section(const Tag& tag);
  /// The number of a name that is known here.
  std::size_t find(const Tag& tag) const;
  bool is_known_here(const TemplateName& name) const;
  /// Why a name is refused that is not known here: what it may have been, and the names that are.
  std::string unknown(std::string_view text) const;
  [[noreturn]] void refuse(std::size_t at, const std::string& reason) const;
  void refuse_if(std::size_t at, const Refusal& refusal) const;

  std::string_view text_;
  std::string_view file_;
  std::span<const TemplateName> names_;
  HtmlContext place_;
  std::vector<Section> open_;
  std::string* literals_ = nullptr;
  std::vector<TemplateStep>* steps_ = nullptr;
};

}  // namespace covenant
