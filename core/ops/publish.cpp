#include "core/ops/publish.hpp"

#include "core/output/catalogue.hpp"
#include "core/output/html_partner.hpp"
#include "core/output/public_json.hpp"

namespace covenant {

namespace {

std::int64_t publish_html(Read& read, const Publication& publication, TextSink& sink) {
  const PublicSummary summary = summarise(read, publication.query);
  HtmlPage page(sink, publication.page, summary);
  page.begin();
  for_each_public_partner_by_name(read, publication.query, std::string(code_of(publication.page.language)),
                                  [&](const PublicPartner& partner) { page.row(partner); });
  page.end();
  return summary.count;
}

std::int64_t publish_csv(Read& read, const Publication& publication, TextSink& sink) {
  PublicCsvWriter writer(sink, publication.csv_read_by);
  std::int64_t count = 0;
  for_each_public_partner_by_id(read, publication.query, [&](const PublicPartner& partner) {
    writer.row(partner);
    ++count;
  });
  return count;
}

std::array<std::string, 4> labels_of(const Catalogue& catalogue) {
  std::array<std::string, 4> labels;
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = short_name(catalogue, static_cast<Category>(i));
  return labels;
}

std::int64_t publish_json(Read& read, const Publication& publication, TextSink& sink) {
  const Catalogue& catalogue = Catalogue::of(publication.page.language);
  const PublicSummary summary = summarise(read, publication.query);
  PublicJsonWriter writer(sink, std::string(catalogue.text("Associated Partners")), summary,
                          labels_of(catalogue));
  for_each_public_partner_by_id(read, publication.query,
                                [&](const PublicPartner& partner) { writer.row(partner); });
  for_each_former_partner(read, publication.query,
                          [&](const FormerPartner& partner) { writer.former(partner); });
  writer.finish();
  return summary.count;
}

}  // namespace

std::int64_t publish(Read& read, const Publication& publication, TextSink& sink) {
  switch (publication.format) {
    case ExportFormat::html:
      return publish_html(read, publication, sink);
    case ExportFormat::csv:
      return publish_csv(read, publication, sink);
    case ExportFormat::json:
      return publish_json(read, publication, sink);
  }
  return 0;
}

bool holds_partners(ExportFormat format, std::string_view head) {
  switch (format) {
    case ExportFormat::html:
      return partners_on_page(head).value_or(0) > 0;
    case ExportFormat::csv: {
      const std::size_t end_of_header = head.find('\n');
      return end_of_header != std::string_view::npos && end_of_header + 1 < head.size();
    }
    case ExportFormat::json: {
      constexpr std::string_view count = "\"count\":";
      const std::size_t at = head.find(count);
      return at != std::string_view::npos && at + count.size() < head.size() &&
             head[at + count.size()] != '0';
    }
  }
  return false;
}

}  // namespace covenant
