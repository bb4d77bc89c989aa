#include "core/site/page.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/embedded.hpp"
#include "core/site/page_data.hpp"

namespace covenant {

namespace {

/// How the opening tag of the page, or of the fragment, says how many partners there are.
constexpr std::string_view partners_attribute = " data-partners=\"";

}  // namespace

const Catalogue& PageOptions::catalogue_of(OfficialLanguage of) const {
  const auto own = reworded.find(of);
  return own == reworded.end() ? Catalogue::of(of) : *own->second;
}

OfficialLanguage leading_language(const std::vector<OfficialLanguage>& languages) {
  const bool has_english =
      std::find(languages.begin(), languages.end(), OfficialLanguage::en) != languages.end();
  return has_english ? OfficialLanguage::en : languages.front();
}

std::string_view fragment_style() {
  return embedded::fragment_style;
}

std::string_view template_text(BuiltInTemplate name) {
  switch (name) {
    case BuiltInTemplate::page:
      return embedded::template_page;
    case BuiltInTemplate::fragment:
      return embedded::template_fragment;
    case BuiltInTemplate::ecl:
      return embedded::template_ecl;
    case BuiltInTemplate::partner:
      return embedded::template_partner;
    case BuiltInTemplate::former:
      return embedded::template_former;
    case BuiltInTemplate::certificate:
      return embedded::template_certificate;
    case BuiltInTemplate::practices:
      return embedded::template_practices;
  }
  return {};
}

Template page_template(std::string_view text, std::string_view file) {
  return {text, file, page_names::all};
}

const Template& built_in_template(BuiltInTemplate name) {
  static std::array<std::optional<Template>, code_count<BuiltInTemplate>> templates;
  auto& known = templates[static_cast<std::size_t>(name)];
  if (!known) known = page_template(template_text(name), code_of(name));
  return *known;
}

void write_page(const PageOptions& options, const PageSource& source, TextSink& sink) {
  PageData data(options, source);
  if (options.layout) return options.layout->write(data, sink);
  const bool is_whole = options.extent == PageExtent::whole_page;
  const BuiltInTemplate name = is_whole ? BuiltInTemplate::page : BuiltInTemplate::fragment;
  built_in_template(name).write(data, sink);
}

std::optional<std::int64_t> partners_on_page(std::string_view page) {
  const std::string_view beginning = page.substr(0, 512);
  if (!beginning.starts_with("<!DOCTYPE html>\n<html ") && !beginning.starts_with("<section "))
    return std::nullopt;
  const std::size_t found = beginning.find(partners_attribute);
  if (found == std::string_view::npos) return std::nullopt;
  const std::string_view digits = beginning.substr(found + partners_attribute.size());
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (error != std::errc{} || end == digits.data() + digits.size() || *end != '"') return std::nullopt;
  return count;
}

}  // namespace covenant
