// Addresses and host names: what is taken is an address of the web with a host, and is taken again.
#include <string>

#include "core/model/stored_text.hpp"
#include "core/model/web_url.hpp"
#include "core/text/host_name.hpp"
#include "core/text/utf8.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

/// Whether a text begins so, in whatever letters; `begin` is in small ones.
bool begins_with(std::string_view text, std::string_view begin) {
  if (text.size() < begin.size()) return false;
  for (std::size_t i = 0; i < begin.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != begin[i]) return false;
  }
  return true;
}

void examine_address(std::string_view text) {
  const auto url = WebUrl::parse(text);
  if (!url) return;
  const auto again = WebUrl::parse(url->str());
  demand(again && *again == *url, "not the same when it is read again");
  demand(again->host_key() == url->host_key(), "of another host when it is read again");
  demand(begins_with(url->str(), "http://") || begins_with(url->str(), "https://"),
         "an address of another kind");
  demand(!url->host_key().empty(), "an address without a host");
  demand(could_be_stored("website"_column, url->str()), "taken, and damage when it is read back");
}

void examine_host(std::string_view text) {
  if (find_invalid_utf8(text)) return;
  const auto host = parse_international_host(text);
  if (!host) return;
  demand(is_ascii_host(host->ascii), "not the host that it says");
  const auto again = parse_international_host(host->readable);
  demand(again && again->ascii == host->ascii, "another host when its readable form is read");
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant::fuzz;
  const std::string_view text = text_of(bytes, size);
  examine_address(text);
  examine_host(text);
  return 0;
}
