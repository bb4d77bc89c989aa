#include "core/formats/figures.hpp"

#include <fmt/format.h>

#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/ops/figures.hpp"
#include "core/site/figures_page.hpp"
#include "core/text/escape.hpp"

namespace covenant {

enum class FigureFormat { text, csv, json, html };

template <>
struct Codes<FigureFormat> {
  static constexpr std::array<std::string_view, 4> codes = {"text", "csv", "json", "html"};
};

namespace {

/// A year that a report can be about.
struct ReportYear {
  int year;

  /// Reads a year from that of the Covenant's launch on. Fails with `number` or `date`.
  static Result<ReportYear> parse(std::string_view text) {
    constexpr std::uint64_t last = 9999;
    const auto number = parse_count(text);
    if (!number) return number.problem();
    const auto first = static_cast<std::uint64_t>(int(std::chrono::year_month_day(first_day.days()).year()));
    if (*number < first || *number > last)
      return Problem::of(
          ProblemCode::number, text,
          fmt::format("{} is not a year of the Covenant; write one from {} on", in_quotes(text), first));
    return ReportYear{static_cast<int>(*number)};
  }
};

struct ReportOptions {
  std::optional<ReportYear> year;
  std::optional<DayWord> as_recorded;
  std::optional<OfficialLanguage> language;
  FigureFormat format = FigureFormat::text;
};

FigureQuery query_of(Context& context, const ReportOptions& options) {
  const Date today = context.today();
  FigureQuery query{.year = std::nullopt,
                    .until = today,
                    .as_recorded = past_day("--as-recorded", options.as_recorded, today),
                    .renewal = context.settings().due.renewal};
  if (query.as_recorded) query.until = *query.as_recorded;
  if (!options.year) return query;
  const int last = int(std::chrono::year_month_day(query.until.days()).year());
  if (options.year->year > last)
    throw Error(ErrorKind::bad_input,
                fmt::format("--year: {} is after {}, the last year", options.year->year, last));
  query.year = options.year->year;
  return query;
}

PageOptions page_of(Context& context, const ReportOptions& options) {
  PageOptions page;
  page.language = options.language.value_or(OfficialLanguage::en);
  page.site_name = context.settings().site_name.value_or("");
  page.site_names = context.settings().site_names;
  page.kosovo = context.settings().kosovo;
  return page;
}

ExitCode report(Context& context, const ReportOptions& options) {
  if (options.language && options.format != FigureFormat::html)
    throw Error(ErrorKind::usage, "--lang can only be used with --format html");
  const FigureQuery query = query_of(context, options);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const Figures figures = count_figures(read, query);
  switch (options.format) {
    case FigureFormat::text: {
      BarLook look{.width = context.env().out_terminal.width, .bar = context.speaks_utf8() ? "█" : "#"};
      if (look.width == 0) look.width = BarLook().width;
      context.out().write(figures_as_text(figures, look));
      break;
    }
    case FigureFormat::csv:
      context.out().write(figures_as_csv(figures));
      break;
    case FigureFormat::json:
      context.out().write(figures_as_json(figures));
      break;
    case FigureFormat::html:
      write_figures_page(page_of(context, options), figures, query.as_recorded, context.out());
      break;
  }
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ReportOptions>();
  flags.option("--year", "YEAR", options->year, "year of the figures (default: all)");
  flags.format(options->format);
  flags.option("--lang", "LANGUAGE", options->language, "official language of the page (default en)");
  flags.option("--as-recorded", "DATE", options->as_recorded, "day whose records to use");
  return [options](Context& context) { return report(context, *options); };
}

}  // namespace

Command report_command() {
  return {"report", CommandGroup::look_up, "print the figures of the annual report", declare};
}

}  // namespace covenant
