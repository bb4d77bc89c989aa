#include "core/ops/publish.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/base/error.hpp"
#include "core/formats/public_list.hpp"
#include "core/history/added_practices.hpp"
#include "core/ops/public_summary.hpp"
#include "core/ops/publish_delta.hpp"
#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/feeds.hpp"
#include "core/site/practices.hpp"
#include "core/store/public_changes.hpp"

namespace covenant {

namespace {

/// The last joinings, endings and additions of practices. Practices that came with a joining do not
/// appear twice.
std::vector<PublicChange> last_changes(Read& read, const PublicQuery& query) {
  constexpr std::size_t most = 5;
  std::vector<PublicChange> changes;
  for_each_joining_and_ending(read, query, [&](const PublicChange& change) {
    if (changes.size() == most) return false;
    changes.push_back(change);
    return true;
  });
  std::vector<PublicChange> additions;
  for_each_addition_of_practices(read, query, WithJoinings::no, [&](const PublicChange& addition) {
    if (additions.size() == most) return false;
    const auto joined = [&](const PublicChange& change) {
      return change.partner == addition.partner && change.day == addition.day;
    };
    if (std::none_of(changes.begin(), changes.end(), joined)) additions.push_back(addition);
    return true;
  });
  changes.insert(changes.end(), additions.begin(), additions.end());
  std::stable_sort(changes.begin(), changes.end(),
                   [](const PublicChange& a, const PublicChange& b) { return b.day < a.day; });
  if (changes.size() > most) changes.erase(changes.begin() + most, changes.end());
  return changes;
}

/// Visits the partners by id.
using EachPartner = std::function<void(const PageSource::VisitPartner&)>;

EachPartner by_id(Read& read, const PublicQuery& query) {
  return [&](const PageSource::VisitPartner& visit) { for_each_public_row_by_id(read, query, visit); };
}

std::int64_t publish_csv(const EachPartner& partners, CsvReadBy read_by, TextSink& sink) {
  PublicCsvWriter writer(sink, read_by);
  std::int64_t count = 0;
  partners([&](const PublicTexts& texts) {
    writer.row(texts);
    ++count;
  });
  return count;
}

std::array<std::string, code_count<Category>> labels_of(const Catalogue& catalogue) {
  std::array<std::string, code_count<Category>> labels;
  for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = short_name(catalogue, static_cast<Category>(i));
  return labels;
}

std::optional<std::string> licence_of(const PageOptions& page) {
  if (!page.links.licence) return std::nullopt;
  return page.links.licence->in(page.language).str();
}

/// Where the partners' pages are: known where the site's own address is.
PartnerPageOf pages_of(const PageOptions& page) {
  if (!page.base_url) return nullptr;
  return [folder = site_folder(page.base_url), language = page.language](std::string_view id) {
    const SiteFileOf file{.language = language, .partner = PartnerId::parse(id)};
    return std::optional(folder + site_path(SiteFile::partner_page, file));
  };
}

void publish_json(Read& read, const PublicSummary& summary, const EachPartner& partners,
                  const Publication& publication, TextSink& sink) {
  const Catalogue& catalogue = publication.page.catalogue();
  PublicJsonWriter writer(sink, std::string(catalogue.text("Associated Partners")), summary,
                          labels_of(catalogue), licence_of(publication.page), pages_of(publication.page));
  partners([&](const PublicTexts& texts) { writer.row(texts); });
  for_each_former_partner(read, publication.query,
                          [&](const FormerPartner& partner) { writer.former(partner); });
  writer.finish();
}

/// The first day of the 24 months that end with `last`.
Date two_years_before(Date last) {
  const std::chrono::year_month_day day(last.days());
  const auto year = day.year() - std::chrono::years(2);
  const std::chrono::year_month_day then = year / day.month() / day.day();
  return Date::of(then.ok() ? then : year / day.month() / std::chrono::last);
}

template <class Feed>
std::int64_t write_feed(const ListSource& source, FeedTopic topic, const Publication& publication,
                        TextSink& sink) {
  std::optional<Feed> feed;
  std::int64_t count = 0;
  source.entries(topic, [&](const PublicChange& change) {
    if (!feed) feed.emplace(sink, topic, publication.page, change.day);
    feed->entry(change);
    ++count;
  });
  if (!feed) feed.emplace(sink, topic, publication.page, source.summary.modified);
  feed->finish();
  return count;
}

void for_each_entry(Read& read, FeedTopic topic, const PublicQuery& query,
                    const ListSource::VisitChange& visit) {
  constexpr std::int64_t fewest = 20;
  std::optional<Date> earliest;
  std::int64_t count = 0;
  const auto visit_recent = [&](const PublicChange& change) {
    if (!earliest) earliest = two_years_before(change.day);
    if (count >= fewest && change.day < *earliest) return false;
    visit(change);
    ++count;
    return true;
  };
  if (topic == FeedTopic::partners) {
    for_each_joining_and_ending(read, query, visit_recent);
  } else {
    for_each_addition_of_practices(read, query, WithJoinings::yes, visit_recent);
  }
}

/// What a page in the publication's language is written from, but for the sums.
PageSource page_source(const ListSource& source, const Publication& publication) {
  PageSource page;
  page.sizes = publication.sizes;
  page.partners = [&](const PageSource::VisitPartner& visit) {
    source.partners(publication.page.language, visit);
  };
  return page;
}

}  // namespace

ListSource list_source(Read& read, const PublicQuery& query) {
  ListSource source;
  source.summary = public_summary(read, query);
  source.changes = last_changes(read, query);
  source.has_former = has_former_partners(read, query);
  source.partners = [&](OfficialLanguage language, const PageSource::VisitPartner& visit) {
    for_each_public_row_by_name(read, query, std::string(code_of(language)), visit);
  };
  source.partners_by_id = by_id(read, query);
  source.entries = [&](FeedTopic topic, const ListSource::VisitChange& visit) {
    for_each_entry(read, topic, query, visit);
  };
  return source;
}

void publish_data(Read& read, const ListSource& source, const Publication& publication, TextSink& sink) {
  if (publication.format == ExportFormat::json)
    return publish_json(read, source.summary, source.partners_by_id, publication, sink);
  publish_csv(source.partners_by_id, publication.csv_read_by, sink);
}

void publish_page(const ListSource& source, const Publication& publication, TextSink& sink) {
  PageSource page = page_source(source, publication);
  page.summary = source.summary;
  page.changes = source.changes;
  page.has_former = source.has_former;
  write_page(publication.page, page, sink);
}

void publish_practices_page(const ListSource& source, const PublicSummary& practices,
                            const Publication& publication, TextSink& sink) {
  PageSource page = page_source(source, publication);
  page.summary = practices;
  page.sizes = {.practices_csv = publication.sizes.practices_csv};
  write_practices_page(publication.page, page, sink);
}

std::int64_t publish_feed(const ListSource& source, FeedTopic topic, const Publication& publication,
                          TextSink& sink) {
  return write_feed<AtomFeed>(source, topic, publication, sink);
}

std::int64_t publish_json_feed(const ListSource& source, const Publication& publication, TextSink& sink) {
  return write_feed<JsonFeed>(source, FeedTopic::partners, publication, sink);
}

std::int64_t publish(Read& read, const Publication& publication, TextSink& sink) {
  switch (publication.format) {
    case ExportFormat::html: {
      const ListSource source = list_source(read, publication.query);
      publish_page(source, publication, sink);
      return source.summary.count;
    }
    case ExportFormat::csv:
      return publish_csv(by_id(read, publication.query), publication.csv_read_by, sink);
    case ExportFormat::json: {
      const PublicSummary summary = public_summary(read, publication.query);
      publish_json(read, summary, by_id(read, publication.query), publication, sink);
      return summary.count;
    }
    case ExportFormat::delta:
      return publish_delta(read, publication.query, publication.since, pages_of(publication.page), sink);
    case ExportFormat::atom:
      return publish_feed(list_source(read, publication.query), publication.feed, publication, sink);
    case ExportFormat::site:
    case ExportFormat::certificate:
    case ExportFormat::bundle:
      break;
  }
  throw Error(ErrorKind::fault, std::string(code_of(publication.format)) + " is no single list");
}

bool lists_partners(ExportFormat format, std::string_view head) {
  switch (format) {
    case ExportFormat::html:
      return partners_on_page(head).value_or(0) > 0;
    case ExportFormat::csv: {
      const std::size_t end_of_header = head.find('\n');
      return end_of_header != std::string_view::npos && end_of_header + 1 < head.size();
    }
    case ExportFormat::json:
    case ExportFormat::site: {
      constexpr std::string_view count = "\"count\":";
      const std::size_t at = head.find(count);
      return at != std::string_view::npos && at + count.size() < head.size() &&
             head[at + count.size()] != '0';
    }
    case ExportFormat::atom:
      return head.find("<entry>") != std::string_view::npos;
    case ExportFormat::delta:
    case ExportFormat::certificate:
    case ExportFormat::bundle:
      break;
  }
  return false;
}

}  // namespace covenant
