#include "core/output/html_page.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/error.hpp"
#include "core/embedded.hpp"
#include "core/output/catalogue.hpp"
#include "core/output/html_body.hpp"
#include "core/output/html_head.hpp"
#include "core/output/html_partner.hpp"
#include "core/output/locale.hpp"

namespace covenant {

namespace {

/// How the opening tag of the page, or of the fragment, says how many partners there are.
constexpr std::string_view partners_attribute = " data-partners=\"";

}  // namespace

struct HtmlPage::State {
  State(TextSink& to, const PageOptions& page_options, const PublicSummary& page_summary)
      : sink(to),
        options(page_options),
        summary(page_summary),
        catalogue(Catalogue::of(page_options.language)),
        locale(page_options.language),
        body(catalogue, locale, options, summary),
        partner(catalogue, locale, options.place) {}

  std::string attributes() const {
    return " lang=\"" + std::string(catalogue.code()) + '"' + std::string(partners_attribute) +
           std::to_string(summary.count) + '"';
  }

  TextSink& sink;
  const PageOptions options;
  const PublicSummary summary;
  const Catalogue& catalogue;
  Locale locale;
  HtmlBody body;
  HtmlPartner partner;
  std::string text;  ///< of one row, kept for its memory
  std::int64_t rows = 0;
};

HtmlPage::HtmlPage(TextSink& sink, const PageOptions& options, const PublicSummary& summary)
    : state_(std::make_unique<State>(sink, options, summary)) {}

HtmlPage::~HtmlPage() = default;

void HtmlPage::begin() {
  std::string out;
  if (state_->options.extent == PageExtent::whole_page) {
    out = "<!DOCTYPE html>\n<html" + state_->attributes() + ">\n";
    out += html_head(state_->catalogue, state_->options, state_->summary);
    out += "<body>\n";
    state_->body.append_opening(out);
    out += "<section aria-labelledby=\"partners\">\n";
    if (state_->summary.count > 0) state_->body.append_filter(out);
  } else {
    out = "<section" + state_->attributes() + " class=\"partner-list\" aria-labelledby=\"partners\">\n";
  }
  state_->body.append_list_opening(out);
  state_->sink.write(out);
}

void HtmlPage::row(const PublicPartner& partner) {
  ++state_->rows;
  state_->text.clear();
  state_->partner.append(state_->text, partner);
  state_->sink.write(state_->text);
}

void HtmlPage::end() {
  if (state_->rows != state_->summary.count) {
    throw Error(ErrorKind::fault, "the list has " + std::to_string(state_->rows) +
                                      " partners and its summary counts " +
                                      std::to_string(state_->summary.count));
  }
  std::string out;
  state_->body.append_list_closing(out);
  out += "</section>\n";
  if (state_->options.extent == PageExtent::whole_page) {
    state_->body.append_closing(out);
    out += "<script>";
    out += embedded::page_script;
    out += "</script>\n</body>\n</html>\n";
  }
  state_->sink.write(out);
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
