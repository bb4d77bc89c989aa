#include <fmt/format.h>

#include <array>
#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/base/error.hpp"
#include "core/formats/list.hpp"
#include "core/store/partner_list.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// COLUMN, COLUMN:asc or COLUMN:desc.
struct SortOrder {
  Column column;
  Order order;

  static Result<SortOrder> parse(std::string_view text) {
    const std::size_t colon = text.find(':');
    const auto column = parse_code<Column>(text.substr(0, colon));
    if (!column) return column.problem();
    const std::string_view direction = colon == std::string_view::npos ? "asc" : text.substr(colon + 1);
    if (direction == "asc") return SortOrder{*column, Order::ascending};
    if (direction == "desc") return SortOrder{*column, Order::descending};
    return Problem::of(ProblemCode::choice, text,
                       fmt::format("{} is not COLUMN, COLUMN:asc or COLUMN:desc", in_quotes(text)));
  }
};

constexpr std::array<Column, 5> default_columns = {"id"_column, "name"_column, "categories"_column,
                                                   "country"_column, "status"_column};

/// Columns joined by ','; "all" is every one, and one behind '+' is added to the default ones.
struct ColumnChoice {
  std::vector<Column> columns;

  static Result<ColumnChoice> parse(std::string_view text) {
    ColumnChoice choice;
    if (text == "all") {
      choice.columns.assign(all_columns.begin(), all_columns.end());
      return choice;
    }
    if (text.starts_with('+')) choice.columns.assign(default_columns.begin(), default_columns.end());
    for (std::string_view rest = text;;) {
      const std::size_t comma = rest.find(',');
      std::string_view name = trimmed(rest.substr(0, comma));
      if (text.starts_with('+') && name.starts_with('+')) name.remove_prefix(1);
      const auto column = parse_code<Column>(name);
      if (!column) return column.problem();
      choice.columns.push_back(*column);
      if (comma == std::string_view::npos) return choice;
      rest.remove_prefix(comma + 1);
    }
  }
};

struct ListOptions {
  PartnerQuery query;  ///< its filters
  std::optional<Remark> search;
  std::optional<DayWord> as_of;
  std::optional<DayWord> as_recorded;
  std::optional<DayWord> applied_since;
  std::optional<DayWord> applied_until;
  std::optional<DayWord> joined_since;
  std::optional<DayWord> joined_until;
  ListFormat format = ListFormat::table;
  std::optional<ColumnChoice> columns;
  std::optional<SortOrder> sort;
  std::optional<std::uint64_t> limit;
  bool no_header = false;
  bool count = false;
  bool ids = false;
  bool spreadsheet = false;
};

PartnerQuery query_of(const ListOptions& options, Date today) {
  PartnerQuery query = options.query;
  query.applied_since = on(options.applied_since, today);
  query.applied_until = on(options.applied_until, today);
  query.joined_since = on(options.joined_since, today);
  query.joined_until = on(options.joined_until, today);
  if (options.search) query.search = options.search->str();
  if (options.sort) {
    query.sort = options.sort->column;
    query.order = options.sort->order;
  }
  if (options.limit) query.limit = static_cast<std::int64_t>(*options.limit);
  return query;
}

std::vector<Column> columns_of(const ListOptions& options) {
  if (options.ids) return {"id"_column};
  if (options.columns) return options.columns->columns;
  if (options.format != ListFormat::json && options.format != ListFormat::jsonl)
    return {default_columns.begin(), default_columns.end()};
  return {all_columns.begin(), all_columns.end()};
}

/// `--ids` is lines for a script, and `--spreadsheet` a CSV.
ListFormat format_of(const ListOptions& options) {
  if (options.ids) return ListFormat::tsv;
  if (!options.spreadsheet) return options.format;
  if (options.format != ListFormat::table && options.format != ListFormat::csv)
    throw Error(ErrorKind::usage, "--spreadsheet can only be used with --format csv");
  return ListFormat::csv;
}

/// What a person does not see in the table: that nothing matched, or how many there are beyond the limit.
void say_count(Context& context, Read& read, PartnerQuery query, std::int64_t count) {
  if (count == 0 && query.limit != 0) return context.say("No partners match.");
  if (!query.limit) return;
  query.limit.reset();
  const std::int64_t all = count_partners(read, query);
  if (count < all) context.say(fmt::format("{} of {} partners.", count, all));
}

ExitCode list(Context& context, const ListOptions& options) {
  const ListFormat format = format_of(options);
  const PartnerQuery query = query_of(options, context.today());
  const std::vector<Column> columns = columns_of(options);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  context.look_back(read, options.as_of, options.as_recorded, Erased::as_word);
  if (options.count) {
    context.out().write(std::to_string(count_partners(read, query)) + "\n");
    return ExitCode::done;
  }
  TableLook look = context.table_look();
  look.header = options.no_header || options.ids ? Header::hidden : Header::shown;
  look.csv_read_by = options.spreadsheet ? CsvReadBy::spreadsheet : CsvReadBy::program;
  const auto writer = make_list_writer(format, columns, context.out(), look);
  std::int64_t count = 0;
  for_each_row(read, query, columns, [&](const ListedRow& row) {
    writer->row(row);
    ++count;
  });
  const bool is_for_people = format == ListFormat::table && look.width > 0;
  if (count > 0 || !is_for_people) writer->finish();
  if (is_for_people) say_count(context, read, query, count);
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ListOptions>();
  PartnerQuery& query = options->query;
  flags.joined("--status", "STATUS", query.statuses, "statuses to list");
  flags.joined("--category", "CODE", query.categories, "categories to list");
  flags.joined("--country", "CODE", query.countries, "countries to list");
  flags.joined("--level", "LEVEL", query.levels, "levels to list");
  flags.option("--search", "TEXT", options->search, "text to find in any field");
  flags.option("--applied-since", "DATE", options->applied_since, "first day of application");
  flags.option("--applied-until", "DATE", options->applied_until, "last day of application");
  flags.option("--joined-since", "DATE", options->joined_since, "first day of joining");
  flags.option("--joined-until", "DATE", options->joined_until, "last day of joining");
  flags.option("--as-of", "DATE", options->as_of, "day whose register to show");
  flags.option("--as-recorded", "DATE", options->as_recorded, "day whose records to use");
  flags.format(options->format);
  flags.option("--columns", "A,B...", options->columns,
               "columns to print, 'all', or +A to add A (default id,name,categories,country,status)");
  flags.offer("--columns", choices_of<Column>());
  flags.join("--columns", ',');
  flags.option("--sort", "COLUMN[:desc]", options->sort, "sort order (default name)");
  flags.offer("--sort", choices_of<Column>());
  flags.option("--limit", "N", options->limit, "most partners to list");
  flags.flag("--no-header", options->no_header, "omit the headings");
  flags.flag("--count", options->count, "print only the count");
  flags.flag("--ids", options->ids, "print only the ids");
  flags.flag("--spreadsheet", options->spreadsheet, "write CSV for spreadsheet programs");
  flags.excludes("--ids", {"--format", "--columns", "--count", "--spreadsheet", "--no-header"});
  return [options](Context& context) { return list(context, *options); };
}

}  // namespace

Command list_command() {
  return {"list", CommandGroup::look_up, "list partners", declare};
}

}  // namespace covenant
