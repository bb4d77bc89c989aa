#pragma once

#include "core/base/text_sink.hpp"
#include "core/model/former_partner.hpp"
#include "core/model/public_list.hpp"
#include "core/site/page.hpp"
#include "core/site/record.hpp"

namespace covenant {

/// Writes the pages that partners have of their own in a site, in one language: all that is public of those
/// who are listed; of the others their name, and until when they were. Source: HTML Living Standard;
/// WCAG 2.2, level AA.
class PartnerPage {
 public:
  explicit PartnerPage(PageOptions options);

  OfficialLanguage language() const { return options_.language; }
  void write(TextSink& sink, const PublicTexts& partner);
  void write(TextSink& sink, const FormerPartner& partner);

 private:
  void write(TextSink& sink) { layout_.write(data_, sink); }

  PageOptions options_;
  RecordData data_;
  Template layout_;
};

/// The official recognition of a listed partner in the page's language, through the options' template or the
/// built-in one: an HTML page to be printed on one sheet of A4.
void write_certificate(const PageOptions& options, const PublicTexts& partner, TextSink& sink);

}  // namespace covenant
