#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/sink.hpp"

namespace covenant {

/// Writes HTML elements, and those of SVG in it; texts and attributes are escaped, and what was begun is
/// ended in its order.
class HtmlWriter {
 public:
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// The sink must live as long as the writer.
  explicit HtmlWriter(TextSink& sink) : sink_(sink) {}

  void begin(std::string_view element, Attributes attributes = {});
  /// Ends the last element that was begun.
  void end();
  void content(std::string_view text);
  /// An element with a text in it.
  void element(std::string_view element, std::string_view text, Attributes attributes = {});
  /// An element of HTML that has no content and no end.
  void empty_element(std::string_view element, Attributes attributes = {});
  /// What is HTML already.
  void whole(std::string_view html) { sink_.write(html); }

 private:
  TextSink& sink_;
  std::vector<std::string> begun_;
  std::string made_;
};

}  // namespace covenant
