#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/sink.hpp"
#include "core/model/public_list.hpp"
#include "core/site/page.hpp"
#include "core/site/page_data.hpp"

namespace covenant {

/// A page about one partner as templates see it: the only row of `partners`, or of `former`.
class RecordData final : public PageData {
 public:
  /// The file is the page of a partner or its certificate. The options must live as long as the data.
  RecordData(const PageOptions& options, SiteFile file);

  /// What is set must live until the page is written.
  void is_about(const PublicTexts& listed);
  void is_about(const FormerPartner& former);
  /// In which language the site has the certificate of the partner; without one it has none.
  void has_certificate(std::optional<OfficialLanguage> language) { certificate_language_ = language; }

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

  SiteFile file_;
  std::optional<OfficialLanguage> certificate_language_;
  PartnerId partner_{0};
  const PublicTexts* listed_ = nullptr;
  const FormerPartner* former_ = nullptr;
  std::string list_, feed_, folder_, page_url_, certificate_, linked_data_;
};

/// Writes the pages that partners have of their own in a site, in one language: all that is public of those
/// who are listed; of the others their name, and until when they were. Source: HTML Living Standard;
/// WCAG 2.2, level AA.
class PartnerPage {
 public:
  explicit PartnerPage(PageOptions options);

  OfficialLanguage language() const { return options_.language; }
  /// `certificate` is the language of the certificate that the site has of the partner.
  void write(TextSink& sink, const PublicTexts& partner, OfficialLanguage certificate);
  void write(TextSink& sink, const FormerPartner& partner);

 private:
  void write(TextSink& sink) { layout_.write(data_, sink); }

  PageOptions options_;
  RecordData data_;
  const Template& layout_;
};

/// Writes the page of a site that lists who is no longer a partner, in one language, those first who left
/// last.
class FormerPage {
 public:
  /// The partners must live as long as the page.
  FormerPage(PageOptions options, const std::vector<FormerPartner>& partners);

  void write(TextSink& sink);

 private:
  PageOptions options_;
  const std::vector<FormerPartner>& partners_;
};

/// Writes the certificates of a site in one language.
class CertificatePage {
 public:
  explicit CertificatePage(PageOptions options);

  void write(TextSink& sink, const PublicTexts& partner);

 private:
  PageOptions options_;
  RecordData data_;
  const Template& layout_;
};

/// The official recognition of a listed partner in the page's language, through the options' template or the
/// built-in one: an HTML page to be printed on one sheet of A4.
void write_certificate(const PageOptions& options, const PublicTexts& partner, TextSink& sink);

}  // namespace covenant
