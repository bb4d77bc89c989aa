#include "core/documents/media_type.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/file_kind.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::string_view pdf = "application/pdf";
constexpr std::string_view email = "message/rfc822";
constexpr std::string_view enveloped = "application/pkcs7-mime";
constexpr std::string_view detached = "application/pkcs7-signature";
constexpr std::string_view container = "application/vnd.etsi.asic-e+zip";
constexpr std::string_view simple_container = "application/vnd.etsi.asic-s+zip";
constexpr std::string_view zip = "application/zip";
constexpr std::string_view plain = "text/plain";
constexpr std::string_view unknown = "application/octet-stream";

/// Enough of a file to see what it is.
constexpr std::size_t head_size = 1024;

struct Rule {
  std::string_view text;
  std::string_view type;
};

constexpr std::array<Rule, 7> by_first_bytes = {{
    {"\x89PNG\r\n\x1a\n", "image/png"},
    {"\xff\xd8\xff", "image/jpeg"},
    {std::string_view("II*\0", 4), "image/tiff"},
    {std::string_view("MM\0*", 4), "image/tiff"},
    {"GIF8", "image/gif"},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "application/x-ole-storage"},
    {"{\\rtf", "application/rtf"},
}};

/// An ending of names, the type that it names, and what that is called.
struct Ending {
  std::string_view text;
  std::string_view type;
  std::string_view kind;
};

constexpr std::array<Ending, 22> endings = {{
    {".pdf", pdf, "a PDF document"},
    {".png", "image/png", "a PNG image"},
    {".jpg", "image/jpeg", "a JPEG image"},
    {".jpeg", "image/jpeg", "a JPEG image"},
    {".tif", "image/tiff", "a TIFF image"},
    {".tiff", "image/tiff", "a TIFF image"},
    {".gif", "image/gif", "a GIF image"},
    {".webp", "image/webp", "a WebP image"},
    {".heic", "image/heic", "a HEIC image"},
    {".eml", email, "an e-mail"},
    {".p7m", enveloped, "a signed message"},
    {".p7s", detached, "a signature"},
    {".asice", container, "a signature container"},
    {".sce", container, "a signature container"},
    {".edoc", container, "a signature container"},
    {".bdoc", container, "a signature container"},
    {".asics", simple_container, "a signature container"},
    {".scs", simple_container, "a signature container"},
    {".zip", zip, "a ZIP archive"},
    {".docx", zip, "a text document"},
    {".odt", zip, "a text document"},
    {".txt", plain, "text"},
}};

const Ending* ending_of(std::string_view name) {
  const std::string lower = lower_case(name);
  const auto found = std::find_if(endings.begin(), endings.end(),
                                  [&](const Ending& ending) { return lower.ends_with(ending.text); });
  return found == endings.end() ? nullptr : &*found;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// The beginning as ASCII where it is text in UTF-16.
std::string narrow_head(std::string_view bytes) {
  std::string head(bytes.substr(0, head_size));
  const auto kind = recognise_file(head);
  if (!kind || kind->content != FileContent::text) return head;
  std::erase_if(head, [](char c) { return c == '\0' || c == '\xFE' || c == '\xFF'; });
  return head;
}

bool is_text(std::string_view head) {
  const auto is_odd = [](char c) { return (c >= 0 && c < ' ' && !is_white_space(c)) || c == '\x7F'; };
  const auto invalid = find_invalid_utf8(head);
  constexpr std::size_t longest_character = 4;
  return !head.empty() && std::none_of(head.begin(), head.end(), is_odd) &&
         (!invalid || *invalid + longest_character > head.size());
}

/// Whether it begins with the header of a message, of which one field is known, after the first line of a
/// mailbox or not. What follows a known field may be damaged where the file `is_named` a message.
/// Sources: RFC 5322 sections 2.2 and 4.5, RFC 4155 appendix A.
bool is_email(std::string_view head, bool is_named) {
  bool is_known = false;
  head.remove_prefix(size_of_mailbox_line(head));
  while (!head.empty() && head.front() != '\r' && head.front() != '\n') {
    const std::size_t size = std::min(head.find('\n'), head.size());
    const std::string_view line = head.substr(0, size);
    head.remove_prefix(std::min(size + 1, head.size()));
    if (line.starts_with(' ') || line.starts_with('\t')) continue;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return is_known && (is_named || head.empty());
    std::string field = lower_case(line.substr(0, colon));
    field.erase(field.find_last_not_of(" \t") + 1);
    const bool is_field = !field.empty() && std::all_of(field.begin(), field.end(),
                                                        [](char c) { return c > ' ' && c < '\x7F'; });
    if (!is_field) return is_known && is_named;
    constexpr std::array<std::string_view, 13> known = {"from",
                                                        "received",
                                                        "return-path",
                                                        "delivered-to",
                                                        "mime-version",
                                                        "date",
                                                        "message-id",
                                                        "subject",
                                                        "dkim-signature",
                                                        "arc-seal",
                                                        "authentication-results",
                                                        "content-type",
                                                        "x-apparently-to"};
    is_known = is_known || std::find(known.begin(), known.end(), field) != known.end();
  }
  return is_known;
}

/// Whether it is ASN.1 that begins with the content type signedData. Source: RFC 5652 sections 3 and 5.1.
bool is_signed_data(std::string_view head) {
  constexpr std::string_view oid = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";
  constexpr std::size_t longest_header = 32;
  return (head.starts_with('\x30') && contains(head.substr(0, longest_header), oid)) ||
         head.starts_with("-----BEGIN PKCS7-----") || head.starts_with("-----BEGIN CMS-----");
}

/// Whether that text is there; also of a file that ends before it.
bool has_at(std::string_view head, std::size_t at, std::string_view text) {
  return head.size() >= at && head.substr(at).starts_with(text);
}

std::string_view type_of_archive(std::string_view head, std::string_view named) {
  if (contains(head, container)) return container;
  if (contains(head, simple_container)) return simple_container;
  return named == container || named == simple_container ? named : zip;
}

}  // namespace

std::size_t size_of_mailbox_line(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\n'));
  constexpr std::string_view begin = "from ";
  if (lower_case(line.substr(0, begin.size())) != begin) return 0;
  const std::size_t next = line.find_first_not_of(' ', begin.size());
  if (next != std::string_view::npos && line[next] == ':') return 0;  // a field
  return std::min(line.size() + 1, bytes.size());
}

std::string media_type(std::string_view name, std::string_view bytes) {
  const std::string_view head = bytes.substr(0, head_size);
  for (const Rule& rule : by_first_bytes) {
    if (head.starts_with(rule.text)) return std::string(rule.type);
  }
  const Ending* ending = ending_of(name);
  const std::string_view named = ending == nullptr ? unknown : ending->type;
  if (has_at(head, 0, "RIFF") && has_at(head, 8, "WEBP")) return "image/webp";
  if (has_at(head, 4, "ftyphei")) return "image/heic";
  if (head.starts_with("PK\x03\x04")) return std::string(type_of_archive(head, named));
  const bool is_named_signature = named == enveloped || named == detached;
  if (is_signed_data(head)) return std::string(is_named_signature ? named : enveloped);
  if (!head.starts_with("%PDF-") && is_email(head, named == email)) return std::string(email);
  if (contains(head, "%PDF-")) return std::string(pdf);
  if (is_named_signature && (head.starts_with('\x30') || head.starts_with("MI"))) return std::string(named);
  return std::string(is_text(head) ? plain : unknown);
}

std::optional<std::string_view> find_refused_content(std::string_view name, std::string_view bytes) {
  constexpr std::string_view program = "a program";
  constexpr std::string_view script = "a script";
  const std::string_view head = bytes.substr(0, head_size);
  constexpr std::array<std::string_view, 9> programs = {
      "\x7F"
      "ELF",
      "\xFE\xED\xFA\xCE",
      "\xFE\xED\xFA\xCF",
      "\xCE\xFA\xED\xFE",
      "\xCF\xFA\xED\xFE",
      "\xCA\xFE\xBA\xBE",
      std::string_view("\0asm", 4),
      "dex\n",
      std::string_view("L\0\0\0\x01\x14\x02\0", 8)};
  if (head.starts_with(std::string_view("SQLite format 3\0", 16))) return "a database";
  const auto begins = [&](std::string_view text) { return head.starts_with(text); };
  if (std::any_of(programs.begin(), programs.end(), begins)) return program;
  if (head.starts_with("MZ") && !is_text(head)) return program;
  if (head.starts_with("PK\x03\x04") && contains(head, "META-INF/MANIFEST.MF")) return program;
  if (contains(head, "%PDF-")) return std::nullopt;
  const std::string narrow = lower_case(narrow_head(bytes));
  const Ending* named = ending_of(name);
  if (is_email(narrow, named != nullptr && named->type == email)) return std::nullopt;
  const bool is_page = begins_as_html(narrow) ||
                       (is_text(narrow) && (contains(narrow, "<html") || contains(narrow, "<!doctype html") ||
                                            contains(narrow, "<svg")));
  if (is_page) return "an HTML page";
  if (narrow.starts_with("#!") || narrow.starts_with("<?php") || narrow.starts_with("@echo ") ||
      (is_text(narrow) && contains(narrow, "<script")))
    return script;
  constexpr std::array<std::string_view, 12> script_endings = {".js", ".vbs", ".ps1", ".bat", ".cmd", ".sh",
                                                               ".py", ".hta", ".wsf", ".php", ".jse", ".vbe"};
  const std::string lower = lower_case(name);
  const bool is_named_script = std::any_of(script_endings.begin(), script_endings.end(),
                                           [&](std::string_view ending) { return lower.ends_with(ending); });
  return is_named_script && is_text(narrow) ? std::optional(script) : std::nullopt;
}

std::optional<std::string_view> named_type(std::string_view name) {
  const Ending* named = ending_of(name);
  return named == nullptr ? std::nullopt : std::optional(named->type);
}

std::optional<std::string> find_contradiction(std::string_view name, std::string_view type) {
  const Ending* named = ending_of(name);
  if (named == nullptr && type == unknown)
    return fmt::format("{} is of no known kind; it is kept as it is", in_quotes(name));
  if (named == nullptr || named->type == type) return std::nullopt;
  const auto is_of_type = [&](const Ending& ending) { return ending.type == type; };
  const auto found = std::find_if(endings.begin(), endings.end(), is_of_type);
  std::string_view kind = found == endings.end() ? "a file of another kind" : found->kind;
  if (type == "application/x-ole-storage") kind = "an Office document or an Outlook message";
  return fmt::format("{} is not {}; it is {}", in_quotes(name), named->kind, kind);
}

}  // namespace covenant
