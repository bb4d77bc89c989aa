#include <algorithm>
#include <memory>

#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/base/error.hpp"
#include "core/formats/list.hpp"
#include "core/store/partner_list.hpp"

namespace covenant {

namespace {

struct ListOptions {
  std::vector<std::string> statuses;
  std::vector<std::string> categories;
  std::vector<std::string> countries;
  std::vector<std::string> levels;
  std::optional<std::string> search;
  std::optional<std::string> applied_since;
  std::optional<std::string> applied_until;
  std::optional<std::string> joined_since;
  std::optional<std::string> joined_until;
  std::optional<std::string> as_of;
  std::optional<std::string> format;
  std::optional<std::string> columns;
  std::optional<std::string> sort;
  std::optional<std::string> limit;
  bool no_header = false;
  bool count = false;
};

template <class E>
std::vector<E> parse_choices(const std::string& option, const std::vector<std::string>& texts) {
  std::vector<E> values;
  values.reserve(texts.size());
  for (const std::string& text : texts) values.push_back(parse_choice<E>(option, text));
  return values;
}

void parse_sort(PartnerQuery& query, const std::string& text) {
  const std::size_t colon = text.find(':');
  query.sort = parse_choice<Column>("--sort", text.substr(0, colon));
  if (colon == std::string::npos) return;
  const std::string direction = text.substr(colon + 1);
  if (direction != "asc" && direction != "desc") {
    throw Error(ErrorKind::usage, "--sort takes COLUMN, COLUMN:asc or COLUMN:desc, not '" + text + "'");
  }
  query.order = direction == "desc" ? Order::descending : Order::ascending;
}

PartnerQuery query_of(const ListOptions& options) {
  PartnerQuery query;
  const auto day = [](const char* option, const std::optional<std::string>& text) {
    return parse_option<Date>(option, text, ErrorKind::usage);
  };
  query.statuses = parse_choices<Status>("--status", options.statuses);
  query.categories = parse_choices<Category>("--category", options.categories);
  query.levels = parse_choices<Level>("--level", options.levels);
  for (const std::string& text : options.countries) {
    query.countries.push_back(*parse_option<Country>("--country", text, ErrorKind::usage));
  }
  if (options.search) query.search = parse_option<Note>("--search", options.search, ErrorKind::usage)->str();
  query.applied_since = day("--applied-since", options.applied_since);
  query.applied_until = day("--applied-until", options.applied_until);
  query.joined_since = day("--joined-since", options.joined_since);
  query.joined_until = day("--joined-until", options.joined_until);
  if (options.sort) parse_sort(query, *options.sort);
  if (options.limit) query.limit = static_cast<std::int64_t>(parse_count_or("--limit", options.limit, 0));
  return query;
}

std::vector<Column> columns_of(const ListOptions& options, ListFormat format) {
  std::vector<Column> columns;
  if (options.columns) {
    for (std::string_view rest = *options.columns;;) {
      const std::size_t comma = rest.find(',');
      columns.push_back(parse_choice<Column>("--columns", std::string(trimmed(rest.substr(0, comma)))));
      if (comma == std::string_view::npos) return columns;
      rest.remove_prefix(comma + 1);
    }
  }
  if (format != ListFormat::json && format != ListFormat::jsonl) {
    return {Column::id, Column::name, Column::categories, Column::country, Column::status};
  }
  for (std::size_t i = 0; i < listed_column_count; ++i) columns.push_back(static_cast<Column>(i));
  return columns;
}

ExitCode list(Context& context, const ListOptions& options) {
  const ListFormat format = parse_choice_or("--format", options.format, ListFormat::table);
  const PartnerQuery query = query_of(options);
  const std::vector<Column> columns = columns_of(options, format);
  Registry registry = context.open_as_of(parse_option<Date>("--as-of", options.as_of, ErrorKind::usage));
  Read read = registry.read();
  if (options.count) {
    context.out().write(std::to_string(count_partners(read, query)) + "\n");
    return ExitCode::done;
  }
  const TableLook look{.width = context.env().out_terminal.width,
                       .color = context.may_colour() ? Color::ansi : Color::none,
                       .header = options.no_header ? Header::hidden : Header::shown};
  const auto writer = make_list_writer(format, columns, context.out(), look);
  for_each_row(read, query, columns, [&](const ListedRow& row) { writer->row(row); });
  writer->finish();
  return ExitCode::done;
}

}  // namespace

Run declare_list(Flags& flags) {
  auto options = std::make_shared<ListOptions>();
  flags.repeated("--status", "STATUS", options->statuses, "only that status");
  flags.repeated("--category", "CODE", options->categories, "only that category");
  flags.repeated("--country", "CODE", options->countries, "only that country");
  flags.repeated("--level", "LEVEL", options->levels, "only that level");
  flags.option("--search", "TEXT", options->search, "only with TEXT in a name or another text");
  flags.option("--applied-since", "DATE", options->applied_since, "applied on that day or later");
  flags.option("--applied-until", "DATE", options->applied_until, "applied on that day or earlier");
  flags.option("--joined-since", "DATE", options->joined_since, "joined on that day or later");
  flags.option("--joined-until", "DATE", options->joined_until, "joined on that day or earlier");
  flags.option("--as-of", "DATE", options->as_of, "the register as it stood at the end of that day");
  flags.option("--format", "FORMAT", options->format, "table, csv, tsv, json or jsonl (default table)");
  flags.option("--columns", "A,B,…", options->columns,
               "which columns (default id,name,categories,country,status)");
  flags.option("--sort", "COLUMN[:desc]", options->sort, "in which order (default name)");
  flags.option("--limit", "N", options->limit, "at most N partners");
  flags.flag("--no-header", options->no_header, "without the line of column names");
  flags.flag("--count", options->count, "only how many");
  return [options](Context& context) { return list(context, *options); };
}

}  // namespace covenant
