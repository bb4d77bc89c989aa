#pragma once

#include <rapidcheck.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/model/form.hpp"
#include "core/model/text.hpp"

namespace covenant::random {

/// Pieces of what people type and spreadsheets contain: letters with and without marks, quotes, delimiters,
/// line ends, formula characters, invisible ones.
inline constexpr std::string_view harmless[] = {"a",
                                                "Z",
                                                "0",
                                                "7",
                                                " ",
                                                ".",
                                                "-",
                                                "_",
                                                "/",
                                                "\"",
                                                "'",
                                                ",",
                                                ";",
                                                "<",
                                                ">",
                                                "&",
                                                "=",
                                                "+",
                                                "@",
                                                "\\",
                                                "%",
                                                "#",
                                                "é",
                                                "e\u0301",
                                                "Å",
                                                "Å",
                                                "ß",
                                                "ı",
                                                "Ω",
                                                "Ж",
                                                "ש",
                                                "ع",
                                                "漢",
                                                "한",
                                                "ᄒ",
                                                "ﬁ",
                                                "＝",
                                                "😀",
                                                "👩\u200d🔬",
                                                "א\u200f",
                                                "a\u00ad",
                                                "\u00a0",
                                                "n\u0323\u0307"};
inline constexpr std::string_view line_ends[] = {"\n", "\r\n"};
/// What no field takes.
// NOLINTBEGIN(misc-misleading-bidirectional): written as escapes, they mislead nobody
inline constexpr std::string_view harmful[] = {"\r",     "\t",     "\0x",  "\x1b", "\x7f",        "\u0085",
                                               "\u202e", "\u2066", "\xff", "\xc3", "\xed\xa0\x80"};
// NOLINTEND(misc-misleading-bidirectional)

inline std::string joined(const std::vector<std::string_view>& pieces) {
  std::string text;
  for (const std::string_view piece : pieces) text += piece;
  return text;
}

template <std::size_t size>
rc::Gen<std::string_view> piece(const std::string_view (&pieces)[size]) {
  return rc::gen::elementOf(std::vector<std::string_view>(pieces, pieces + size));
}

/// A text of up to `longest` pieces, whose line ends are among them where it may have many.
inline rc::Gen<std::string> text(std::size_t shortest, std::size_t longest, Lines lines) {
  const auto piece_of =
      lines == Lines::many
          ? rc::gen::weightedOneOf<std::string_view>({{9, piece(harmless)}, {1, piece(line_ends)}})
          : piece(harmless);
  return rc::gen::mapcat(rc::gen::inRange(shortest, longest + 1), [=](std::size_t size) {
    return rc::gen::map(rc::gen::container<std::vector<std::string_view>>(size, piece_of), joined);
  });
}

/// Any text, now and then with what no field takes.
inline rc::Gen<std::string> any_text() {
  const auto piece_of = rc::gen::weightedOneOf<std::string_view>(
      {{40, piece(harmless)}, {4, piece(line_ends)}, {1, piece(harmful)}});
  return rc::gen::map(rc::gen::container<std::vector<std::string_view>>(piece_of), joined);
}

/// A text of the characters of `alphabet`.
inline rc::Gen<std::string> word(std::string_view alphabet, std::size_t shortest, std::size_t longest) {
  return rc::gen::mapcat(rc::gen::inRange(shortest, longest + 1), [=](std::size_t size) {
    return rc::gen::container<std::string>(size, rc::gen::elementOf(std::string(alphabet)));
  });
}

/// One of these texts, as it is.
inline rc::Gen<std::string> one_of(std::vector<std::string> texts) {
  return rc::gen::elementOf(std::move(texts));
}

/// Empty one time in three.
inline rc::Gen<std::string> or_empty(rc::Gen<std::string> text) {
  return rc::gen::weightedOneOf<std::string>({{1, rc::gen::just(std::string())}, {2, std::move(text)}});
}

}  // namespace covenant::random
