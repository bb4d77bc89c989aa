#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/template/html_context.hpp"
#include "core/template/template.hpp"

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
    HtmlPlace place;    ///< where in the document
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
  /// The line of a tag that is alone on it is removed with it.
  bool stands_alone(const Tag& tag, std::size_t& line_start, std::size_t& line_end) const;
  void add_literal(std::size_t begin, std::size_t end);
  void add_tag(const Tag& tag);
  void add_value(const Tag& tag);
  void open_section(const Tag& tag);
  void close_section(const Tag& tag);
  /// The number of a name that is known here.
  std::size_t find(const Tag& tag) const;
  bool is_known_here(const TemplateName& name) const;
  std::string known_names() const;
  [[noreturn]] void refuse(std::size_t at, const std::string& reason) const;
  void refuse_if(std::size_t at, const Refusal& refusal) const;

  std::string_view text_;
  std::string_view file_;
  std::span<const TemplateName> names_;
  HtmlPlace place_;
  std::vector<Section> open_;
  std::string* literals_ = nullptr;
  std::vector<TemplateStep>* steps_ = nullptr;
};

}  // namespace covenant
