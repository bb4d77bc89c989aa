#include "core/site/partner_page.hpp"

#include <utility>

namespace covenant {

PartnerPage::PartnerPage(PageOptions options)
    : options_(std::move(options)), data_(options_), layout_(built_in_template(BuiltInTemplate::partner)) {}

void PartnerPage::write(TextSink& sink, const PublicTexts& partner) {
  data_.is_about(partner);
  write(sink);
}

void PartnerPage::write(TextSink& sink, const FormerPartner& partner) {
  data_.is_about(partner);
  write(sink);
}

void write_certificate(const PageOptions& options, const PublicTexts& partner, TextSink& sink) {
  RecordData data(options);
  data.is_about(partner);
  if (options.layout) return options.layout->write(data, sink);
  built_in_template(BuiltInTemplate::certificate).write(data, sink);
}

}  // namespace covenant
