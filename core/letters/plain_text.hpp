#pragma once

#include <string>
#include <string_view>

namespace covenant {

/// What a mail says in HTML, as text.
struct PlainText {
  std::string title;  ///< of the document, in one line; empty when it has none
  std::string body;   ///< format=flowed, at most 72 columns where the words allow it, lines ending in LF
};

/// The text of an HTML document that a template made: paragraphs, headings, items and the rows of tables, in
/// their order. Addresses of links follow the words that lead there. Source: covenant-template(5), LETTERS;
/// RFC 3676. @throws Error{bad_input} "FILE: REASON" on a character reference that it does not know
PlainText text_of_html(std::string_view html, std::string_view file);

}  // namespace covenant
