#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/letters/letter.hpp"

namespace covenant {

/// A line in a table, perhaps a link.
struct LetterLine {
  std::string text;
  std::string url{};  ///< empty for none
};

/// What is published of a partner under one label.
struct LetterRow {
  std::string_view label;
  std::vector<LetterLine> lines;
  std::string_view language{};  ///< of the lines, where it is not the letter's
};

/// A part of a letter between greeting and closing: one of these.
struct LetterBlock {
  std::string paragraph{};
  std::string heading{};
  std::string link{};
  std::vector<std::string> items{};
  std::vector<std::string> facts{};
  std::vector<LetterRow> rows{};
};

/// What letters of its kind have for a subject, in the letter's language; it ends in the id in brackets.
std::string letter_subject(const LetterMatter& matter);

/// Whether the letter calls a country by a name that needs the footnote.
bool needs_kosovo_footnote(const LetterMatter& matter);

/// What a letter says between greeting and closing; nothing for a circular.
std::vector<LetterBlock> letter_blocks(const LetterMatter& matter);

}  // namespace covenant
