#include "core/site/html_writer.hpp"

#include "core/text/escape.hpp"

namespace covenant {

void HtmlWriter::begin(std::string_view element, Attributes attributes) {
  empty_element(element, attributes);
  begun_.emplace_back(element);
}

void HtmlWriter::end() {
  sink_.write("</" + begun_.back() + ">");
  begun_.pop_back();
}

void HtmlWriter::content(std::string_view text) {
  made_.clear();
  append_html(made_, text);
  sink_.write(made_);
}

void HtmlWriter::element(std::string_view element, std::string_view text, Attributes attributes) {
  begin(element, attributes);
  content(text);
  end();
}

void HtmlWriter::empty_element(std::string_view element, Attributes attributes) {
  made_.clear();
  made_ += '<';
  made_ += element;
  for (const auto& [name, value] : attributes) {
    made_ += ' ';
    made_.append(name).append("=\"");
    append_html(made_, value);
    made_ += '"';
  }
  sink_.write(made_.append(">"));
}

}  // namespace covenant
