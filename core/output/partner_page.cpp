#include "core/output/partner_page.hpp"

#include <utility>

#include "core/output/record_data.hpp"

namespace covenant {

struct PartnerPage::State {
  explicit State(PageOptions page_options) : options(std::move(page_options)) {}

  PageOptions options;
  RecordData data{options};
  Template layout = built_in_template(BuiltInTemplate::partner);
};

PartnerPage::PartnerPage(PageOptions options) : state_(std::make_unique<State>(std::move(options))) {}

PartnerPage::PartnerPage(PartnerPage&&) noexcept = default;

PartnerPage::~PartnerPage() = default;

OfficialLanguage PartnerPage::language() const {
  return state_->options.language;
}

void PartnerPage::write(TextSink& sink, const PublicTexts& partner) {
  state_->data.is_about(partner);
  state_->layout.write(state_->data, sink);
}

void PartnerPage::write(TextSink& sink, const FormerPartner& partner) {
  state_->data.is_about(partner);
  state_->layout.write(state_->data, sink);
}

void write_certificate(const PageOptions& options, const PublicTexts& partner, TextSink& sink) {
  RecordData data(options);
  data.is_about(partner);
  if (options.layout) return options.layout->write(data, sink);
  built_in_template(BuiltInTemplate::certificate).write(data, sink);
}

}  // namespace covenant
