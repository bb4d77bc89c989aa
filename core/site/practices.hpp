#pragma once

#include <string>
#include <string_view>

#include "core/base/sink.hpp"
#include "core/model/public_list.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// Counts practices and tools as a summary counts partners: each in the categories and the country of the
/// partner that shares it.
class PracticeCount {
 public:
  void add(const PublicTexts& partner);
  /// What is counted so far; `modified` is the day of the last change shown.
  PublicSummary summary(std::optional<Date> modified) const;

 private:
  PublicSummary counted_;
};

/// Of a partner what the page of all practices shows; the other fields are empty.
PublicTexts shown_with_practices(const PublicTexts& partner);

/// Writes the page of all practices and tools of a site: the source's summary counts these. Complete without
/// scripts. Source: HTML Living Standard; WCAG 2.2, level AA.
void write_practices_page(const PageOptions& options, const PageSource& source, TextSink& sink);

/// Writes all practices and tools as CSV, as the list of partners is written: title, link, partner,
/// partner_id, categories, country, since.
class PracticesCsvWriter {
 public:
  /// Writes the header. The sink must live as long as the writer.
  explicit PracticesCsvWriter(TextSink& sink);

  /// Writes a row for each practice of a partner.
  void rows(const PublicTexts& partner);

 private:
  TextSink& sink_;
  std::string line_;
};

}  // namespace covenant
