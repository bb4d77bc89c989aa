#include "core/text/host_name.hpp"

#include <unicode/bytestream.h>
#include <unicode/idna.h>

#include <algorithm>
#include <memory>

#include "core/base/error.hpp"
#include "core/text/ascii.hpp"

namespace covenant {

namespace {

const icu::IDNA& idna() {
  static const std::unique_ptr<icu::IDNA> instance = [] {
    UErrorCode error = U_ZERO_ERROR;
    constexpr uint32_t options = UIDNA_USE_STD3_RULES | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                 UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE;
    std::unique_ptr<icu::IDNA> made(icu::IDNA::createUTS46Instance(options, error));
    if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no data for international host names");
    return made;
  }();
  return *instance;
}

bool is_label(std::string_view label) {
  constexpr std::size_t longest_label = 63;
  const auto is_allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; };
  return !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), is_allowed);
}

}  // namespace

std::optional<HostName> parse_international_host(std::string_view text) {
  const icu::StringPiece host(text.data(), static_cast<int32_t>(text.size()));
  HostName name;
  icu::StringByteSink<std::string> ascii(&name.ascii);
  icu::StringByteSink<std::string> readable(&name.readable);
  icu::IDNAInfo to_ascii;
  icu::IDNAInfo to_readable;
  UErrorCode error = U_ZERO_ERROR;
  idna().nameToASCII_UTF8(host, ascii, to_ascii, error);
  idna().nameToUnicodeUTF8(host, readable, to_readable, error);
  if (U_FAILURE(error) || to_ascii.hasErrors() || to_readable.hasErrors()) return std::nullopt;
  return name;
}

bool is_ascii_host(std::string_view text) {
  constexpr std::size_t longest_name = 253;
  if (text.ends_with('.')) text.remove_suffix(1);
  if (text.empty() || text.size() > longest_name) return false;
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!is_label(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace covenant
