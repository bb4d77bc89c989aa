#include "core/text/encoding.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace covenant;
using namespace std::string_view_literals;

namespace {

/// All of a text that comes in pieces of so many bytes.
std::string decoded_text(std::string_view bytes, const char* name, std::size_t piece) {
  const ByteSource source = decoded(
      [bytes, piece](char* buffer, std::size_t size) mutable {
        const std::size_t count = bytes.copy(buffer, std::min(piece, size));
        bytes.remove_prefix(count);
        return count;
      },
      *Encoding::parse(name));
  std::string text;
  char buffer[3];
  while (const std::size_t count = source(buffer, sizeof buffer)) text.append(buffer, count);
  return text;
}

}  // namespace

TEST_CASE("text in another encoding becomes UTF-8, however it comes in pieces") {
  for (const std::size_t piece : {1U, 2U, 3U, 1000U}) {
    CAPTURE(piece);
    CHECK(decoded_text("caf\xE9 \x80", "windows-1252", piece) == "café €");
    CHECK(decoded_text("\xFF\xFE"
                       "a\0\x35\xD8\x9C\xDC"sv,
                       "utf-16le", piece) == "\uFEFFa\U0001D49C");
    CHECK(decoded_text("\x82\xA0", "shift_jis", piece) == "あ");
    CHECK(decoded_text("", "utf-16", piece) == "");
  }
}

TEST_CASE("bytes without a character come through, and never as a quote or a line end") {
  for (const std::size_t piece : {1U, 1000U}) {
    CAPTURE(piece);
    const std::string text = decoded_text("a\xE9\xA9z", "us-ascii", piece);
    CHECK(has_undecoded_bytes(text));
    CHECK(undecoded_bytes(text) == "a\xE9\xA9z");
    const std::string half = decoded_text("a\0\n\xD8,\0x"sv, "utf-16le", piece);
    CHECK(half.find('\n') == std::string::npos);
    CHECK(undecoded_bytes(half) == "a\n\xD8,x");
  }
  CHECK_FALSE(has_undecoded_bytes("café"));
}

TEST_CASE("text goes back into its encoding with the bytes that had no character") {
  for (const char* name : {"windows-1252", "shift_jis", "utf-16be", "utf-8"}) {
    CAPTURE(name);
    StringSink sink;
    EncodingSink encoded(sink, *Encoding::parse(name));
    const std::string bytes = std::string_view(name) == "utf-16be" ? std::string("\0a\xD8\0\0z"sv) : "a\x81";
    encoded.write(decoded_text(bytes, name, 1000));
    CHECK(sink.text() == bytes);
  }
  StringSink sink;
  EncodingSink encoded(sink, *Encoding::parse("us-ascii"));
  encoded.write("a…");
  CHECK(sink.text() == "a\\u2026");
}

TEST_CASE("the order of the bytes is found from the file where the name does not say it") {
  const Encoding wide = *Encoding::parse("UTF-16");
  CHECK(wide.is_wide());
  CHECK(wide.of_file("\xFF\xFE"
                     "a\0")
            .name() == "UTF-16LE");
  CHECK(wide.of_file("\xFE\xFF\0a"sv).name() == "UTF-16BE");
  CHECK(wide.of_file("n\0a\0m\0e\0"sv).name() == "UTF-16LE");
  CHECK(wide.of_file("\0n\0a\0m\0e"sv).name() == "UTF-16BE");
  CHECK(Encoding::parse("utf-16be")->of_file("\xFF\xFE").name() == "utf-16be");
  CHECK_FALSE(Encoding::parse("latin1")->is_wide());
}

TEST_CASE("a name that is no encoding's is refused, and a near one suggested") {
  for (const char* name : {"windows-1252", "WINDOWS_1252", "cp1252", "latin1", "iso-8859-13", "utf8"}) {
    CAPTURE(name);
    CHECK(Encoding::parse(name).ok());
  }
  for (const char* name : {"", "nothing-like-it-x", "utf-8,swaplfnl", "../cnv"}) {
    CAPTURE(name);
    CHECK_FALSE(Encoding::parse(name).ok());
  }
  CHECK(Encoding::parse("widnows-1253").problem().message.ends_with("did you mean 'windows-1253'?"));
}
