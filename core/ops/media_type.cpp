#include "core/ops/media_type.hpp"

#include <array>
#include <string>

#include "core/text/ascii.hpp"

namespace covenant {

namespace {

struct Rule {
  std::string_view text;
  std::string_view type;
};

constexpr std::array<Rule, 6> by_first_bytes = {{
    {"%PDF-", "application/pdf"},
    {"\x89PNG\r\n\x1a\n", "image/png"},
    {"\xff\xd8\xff", "image/jpeg"},
    {std::string_view("II*\0", 4), "image/tiff"},
    {std::string_view("MM\0*", 4), "image/tiff"},
    {"GIF8", "image/gif"},
}};

constexpr std::array<Rule, 8> by_ending = {{
    {".eml", "message/rfc822"},
    {".p7m", "application/pkcs7-mime"},
    {".p7s", "application/pkcs7-signature"},
    {".asice", "application/vnd.etsi.asic-e+zip"},
    {".sce", "application/vnd.etsi.asic-e+zip"},
    {".edoc", "application/vnd.etsi.asic-e+zip"},
    {".pdf", "application/pdf"},
    {".txt", "text/plain"},
}};

}  // namespace

std::string media_type(std::string_view name, std::string_view bytes) {
  for (const Rule& rule : by_first_bytes) {
    if (bytes.starts_with(rule.text)) return std::string(rule.type);
  }
  const std::string lower = lower_case(name);
  for (const Rule& rule : by_ending) {
    if (lower.ends_with(rule.text)) return std::string(rule.type);
  }
  return "application/octet-stream";
}

}  // namespace covenant
