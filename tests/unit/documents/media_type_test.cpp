#include "core/documents/media_type.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace covenant;
using namespace std::string_view_literals;

TEST_CASE("a document's type is found from its bytes, whatever its name") {
  for (const char* name : {"a.pdf", "a.eml", "a", "a.txt"}) {
    CAPTURE(name);
    CHECK(media_type(name, "%PDF-1.7\n") == "application/pdf");
    CHECK(media_type(name, "\xEF\xBB\xBF\n%PDF-1.4\n") == "application/pdf");
    CHECK(media_type(name, "\x89PNG\r\n\x1a\n") == "image/png");
    CHECK(media_type(name, "\xff\xd8\xff\xe0") == "image/jpeg");
    CHECK(media_type(name, "From: a@example.org\r\nSubject: b\r\n\r\n<html>") == "message/rfc822");
    CHECK(media_type(name, "Received: from x\r\n\tby y\r\nX-A: 1\r\n\r\n") == "message/rfc822");
    CHECK(media_type(name, "\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80"sv) ==
          "application/pkcs7-mime");
    CHECK(media_type(name, "PK\x03\x04\x0A mimetypeapplication/vnd.etsi.asic-e+zip") ==
          "application/vnd.etsi.asic-e+zip");
    CHECK(media_type(name, "PK\x03\x04\x0A word/document.xml") == "application/zip");
    CHECK(media_type(name, "Dear all: we agree.\nYours\n") == "text/plain");
    CHECK(media_type(name, "\0\x01\x02"sv) == "application/octet-stream");
  }
}

TEST_CASE("a file may end anywhere in what its type is known by") {
  constexpr auto webp = "RIFF\x24\0\0\0WEBPVP8 "sv;
  constexpr auto heic =
      "\0\0\0\x18"
      "ftypheic\0\0\0\0"sv;
  CHECK(media_type("a", webp) == "image/webp");
  CHECK(media_type("a", heic) == "image/heic");
  for (const auto whole : {webp, heic, "PK\x03\x04\x0A"sv, "\x89PNG\r\n\x1a\n"sv, "%PDF-1.7\n"sv,
                           "\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"sv,
                           "From a@example.org Mon\nFrom: a@example.org\n\n"sv}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      CAPTURE(whole);
      CAPTURE(size);
      CHECK_NOTHROW(media_type("a", whole.substr(0, size)));
      CHECK_NOTHROW(find_refused_content("a", whole.substr(0, size)));
    }
  }
}

TEST_CASE("what is in a document does not make it one of another type") {
  for (const char* name : {"a.pdf", "a.p7m", "a.eml", "a"}) {
    CAPTURE(name);
    CHECK(media_type(name, "From: a@example.org\r\n\r\n%PDF-1.7\n") == "message/rfc822");
    CHECK(media_type(name, "%PDF-1.7\nFrom: a@example.org\n\n") == "application/pdf");
  }
  const auto signature = "\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80 %PDF-1.7"sv;
  CHECK(media_type("a.p7m", signature) == "application/pkcs7-mime");
  CHECK(media_type("a.pdf", signature) == "application/pkcs7-mime");
}

TEST_CASE("an e-mail is one as mailboxes, old programs and test suites write it") {
  for (const char* text :
       {"From a@example.org Tue May 10 11:28:07 2005\nReturn-Path: <a@example.org>\n\n",
        "From - Fri, 27 Jan 2017 00:19:08 GMT\r\nX-Mozilla-Status: 0041\r\nSubject: x\r\n\r\n<html>",
        "From  : A <a@example.org>\r\nTo    : b\r\n\r\n", "ARC-Seal: i=1;\r\n b=x\r\nX: y\r\n\r\n",
        "Content-Type: multipart/mixed; boundary=a\n\n--a\n"}) {
    CAPTURE(text);
    CHECK(media_type("a", text) == "message/rfc822");
    CHECK_FALSE(find_refused_content("a", text).has_value());
  }
  constexpr const char* damaged = "From: a@example.org\nno field\nSubject: x\n\n";
  CHECK(media_type("a.eml", damaged) == "message/rfc822");
  CHECK(media_type("a.txt", damaged) == "text/plain");
  CHECK(media_type("a.eml", "Dear all: we agree.\n") == "text/plain");
  CHECK(media_type("a.eml", "From here on we agree.\n") == "text/plain");
  CHECK(media_type("a.eml", "From ") == "text/plain");
}

TEST_CASE("of kinds that begin alike the name decides") {
  constexpr auto signed_data = "\x30\x82\x01\x02\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"sv;
  CHECK(media_type("a.p7s", signed_data) == "application/pkcs7-signature");
  CHECK(media_type("a.P7M", signed_data) == "application/pkcs7-mime");
  CHECK(media_type("a.p7s", "MIIB") == "application/pkcs7-signature");
  CHECK(media_type("a.edoc", "PK\x03\x04\x0A\0"sv) == "application/vnd.etsi.asic-e+zip");
  CHECK(media_type("a.scs", "PK\x03\x04\x0A\0"sv) == "application/vnd.etsi.asic-s+zip");
}

TEST_CASE("pages, scripts, programs and databases are found whatever their name") {
  for (const char* name : {"a.pdf", "a.txt", "a"}) {
    CAPTURE(name);
    CHECK(find_refused_content(name, "<!DOCTYPE html><title>404</title>") == "an HTML page");
    CHECK(find_refused_content(name, "\xEF\xBB\xBF \n<HTML>") == "an HTML page");
    CHECK(find_refused_content(name, "\xFF\xFE<\0h\0t\0m\0l\0>\0"sv) == "an HTML page");
    CHECK(find_refused_content(name, "<?xml version='1.0'?>\n<html xmlns='x'>") == "an HTML page");
    CHECK(find_refused_content(name, "#!/bin/sh\n") == "a script");
    CHECK(find_refused_content(name, "<?php phpinfo();") == "a script");
    CHECK(find_refused_content(name, "MZ\x90\0\x03"sv) == "a program");
    CHECK(find_refused_content(name,
                               "\x7F"
                               "ELF\x02\x01") == "a program");
    CHECK(find_refused_content(name, "PK\x03\x04 META-INF/MANIFEST.MF") == "a program");
    CHECK(find_refused_content(name, "SQLite format 3\0\x10"sv) == "a database");
  }
  CHECK(find_refused_content("a.js", "alert(1)\n") == "a script");
  for (const auto& file :
       {std::pair("a.pdf", "%PDF-1.7 <html>"sv), std::pair("a.eml", "From: x\r\nSubject: y\r\n\r\n<html>"sv),
        std::pair("a.txt", "MZ is not a program\n"sv),
        std::pair("a.asice", "PK\x03\x04 META-INF/manifest.xml"sv),
        std::pair("a.png", "\x89PNG\r\n\x1a\n"sv)}) {
    CAPTURE(file.first);
    CHECK_FALSE(find_refused_content(file.first, file.second).has_value());
  }
}

TEST_CASE("a name that contradicts the type is noticed") {
  CHECK(find_contradiction("a.pdf", "text/plain") == "'a.pdf' is not a PDF document; it is text");
  CHECK(find_contradiction("a.JPG", "application/pdf") ==
        "'a.JPG' is not a JPEG image; it is a PDF document");
  CHECK(find_contradiction("a.pdf", "application/octet-stream") ==
        "'a.pdf' is not a PDF document; it is a file of another kind");
  CHECK_FALSE(find_contradiction("a.pdf", "application/pdf").has_value());
  CHECK_FALSE(find_contradiction("a", "application/pdf").has_value());
  CHECK_FALSE(find_contradiction("a.xyz", "text/plain").has_value());
  CHECK(find_contradiction("a.xyz", "application/octet-stream") ==
        "'a.xyz' is of no known kind; it is kept as it is");
}
