#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sink.hpp"

namespace covenant {

/// What a name of a template is.
enum class NameKind {
  text,     ///< a text, escaped wherever it is written
  url,      ///< an address: http(s), or relative to the page; the only thing that an address may begin with
  section,  ///< rows, none to many; `{{#name}}` once for each, `{{^name}}` when there are none
  element,  ///< whole elements that the program makes, HTML already; `{{> name}}`, only between elements
};

/// A name that a template may use. Its index in the list given to `Template` is its number.
struct TemplateName {
  std::string_view name;  ///< a-z, 0-9 and _
  NameKind kind = NameKind::text;
  std::string_view section = {};  ///< the section within which it is known; empty for everywhere
};

/// What a template is filled with, pulled as it is written. Names are identified by their numbers.
class TemplateData {
 public:
  TemplateData() = default;
  TemplateData(const TemplateData&) = delete;
  TemplateData& operator=(const TemplateData&) = delete;
  virtual ~TemplateData() = default;

  /// Of a text, url or element; the view is valid until the next call.
  virtual std::string_view value(std::size_t name) = 0;
  /// Whether a section has rows; asked for `{{^name}}` alone.
  virtual bool has_rows(std::size_t section) = 0;
  /// Calls `row` for each row of a section, with that row's values in place.
  virtual void each(std::size_t section, const std::function<void()>& row) = 0;
};

/// One step of a template, in the order of the text.
struct TemplateStep {
  enum class Kind : std::uint8_t { literal, text, url, url_part, element, rows, none, if_filled, if_empty };

  Kind kind = Kind::literal;
  std::size_t name = 0;   ///< its number; of a literal where it begins in the template's bytes
  std::size_t until = 0;  ///< of a section the step after its last; of a literal its size
};

inline constexpr std::size_t most_bytes_of_template = std::size_t{1} << 20U;

/// A web master's template, in the syntax of Mustache: `{{name}}`, `{{#section}}`, `{{^section}}`,
/// `{{/section}}`, `{{> element}}` and `{{! remark}}`. Values are always escaped, and allowed only where
/// they can do no harm; see `HtmlContext`. A name that is a text or url is a section too, written when it is
/// not empty. Source: covenant-template(5); mustache(5) 1.4, but for what is refused here.
class Template {
 public:
  /// @throws Error{bad_input} "FILE:LINE:COLUMN: REASON" for what is not allowed, columns counted in
  /// characters.
  Template(std::string_view text, std::string_view file, std::span<const TemplateName> names);

  /// Writes it with these data, a piece at a time.
  void write(TemplateData& data, TextSink& sink) const;

 private:
  std::string literals_;
  std::vector<TemplateStep> steps_;
};

}  // namespace covenant
