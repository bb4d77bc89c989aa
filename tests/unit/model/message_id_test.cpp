#include "core/model/message_id.hpp"

#include <doctest/doctest.h>

using namespace covenant;

TEST_CASE("a Message-ID has the partner, the number of its application and the bits") {
  const MessageId id(PartnerId(31), 2, std::string(15, char{-85}) + char{1},
                     Email::parse("a@b.example").value());
  CHECK(id.str() == "<AP-0031.2.ababababababababababababababab01@b.example>");
  const auto read = MessageId::parse(id.str());
  REQUIRE(read.ok());
  CHECK(*read == id);
  CHECK(read->partner() == PartnerId(31));
  CHECK(read->application() == 2);
}

TEST_CASE("what is not the Message-ID of a letter is refused") {
  const std::string bits(32, '0');
  for (const std::string& text :
       {std::string(), "AP-0031.2." + bits + "@b.example", "<AP-31.2." + bits + "@b.example>",
        "<AP-0031.0." + bits + "@b.example>", "<AP-0031.02." + bits + "@b.example>",
        "<AP-0031.2." + bits + "0@b.example>", "<AP-0031.2." + std::string(32, 'A') + "@b.example>",
        "<AP-0031.2." + bits + "@>", "<AP-0031.2." + bits + "@b>c>", "<AP-0031.2." + bits + ">",
        "<AP-0031.2." + bits + "@b.example>\r\n", "<AP-0031.99999999999999999999." + bits + "@b.example>"}) {
    CAPTURE(text);
    CHECK_FALSE(MessageId::parse(text).ok());
  }
}
