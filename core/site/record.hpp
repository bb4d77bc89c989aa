#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/base/sink.hpp"
#include "core/model/public_list.hpp"
#include "core/site/page.hpp"
#include "core/site/page_data.hpp"

namespace covenant {

/// A page about one partner as templates see it: the only row of `partners`, or of `former`.
class RecordData final : public PageData {
 public:
  /// The options must live as long as the data.
  explicit RecordData(const PageOptions& options);

  /// What is set must live until the page is written.
  void is_about(const PublicTexts& listed);
  void is_about(const FormerPartner& former);

  std::string_view value(std::size_t name) override;
  bool has_rows(std::size_t section) override;
  void each(std::size_t section, const Row& row) override;

 private:
  std::string page_in(OfficialLanguage language) const override;
  /// Where the page in a language is in the site.
  std::string path_in(OfficialLanguage language) const;
  /// The page of another partner in the same language, from this one.
  std::string page_of(PartnerId partner) const;
  void set_addresses(PartnerId partner);
  void each_former(const Row& row);

  PartnerId partner_{0};
  const PublicTexts* listed_ = nullptr;
  const FormerPartner* former_ = nullptr;
  std::string list_, feed_, folder_, page_url_, linked_data_;
};

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
