#include "core/ops/due.hpp"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "core/formats/text_table.hpp"
#include "core/text/escape.hpp"
#include "core/text/json.hpp"

namespace covenant {

enum class DueFormat { table, tsv, json };

template <>
struct Codes<DueFormat> {
  static constexpr std::array<std::string_view, 3> codes = {"table", "tsv", "json"};
};

namespace {

struct DueOptions {
  std::optional<DayCount> days;
  DueFormat format = DueFormat::table;
  bool no_header = false;
};

/// A terminal of that many columns has the commands beside the partners.
constexpr std::size_t wide = 110;

std::string name_contact(const std::string& id) {
  return fmt::format("covenant update {} --contact-name NAME --contact-email ADDRESS", id);
}

/// What settles it, but for the values that only the office knows.
std::string command_of(const DueItem& item) {
  const std::string id = item.partner.str();
  switch (item.what) {
    case Due::verification:
    case Due::eligibility:
      return "covenant verify " + id;
    case Due::answer:
      return "covenant letter " + id + " --kind refusal";
    case Due::statement:
      if (item.contact == DueContact::none) return name_contact(id);
      return "covenant letter " + id + " --kind statement";
    case Due::commitment:
      return "covenant approve " + id + " --commitment FILE";
    case Due::renewal:
      return "covenant renew " + id;
    case Due::practices:
      return "covenant update " + id + " --add-practice 'TITLE <URL>'";
    case Due::contact:
      return name_contact(id);
    case Due::website:
      return "covenant update " + id + " --website URL";
    case Due::retention:
      return "covenant erase " + id +
             (item.contact == DueContact::former ? " --former-contacts" : " --contact");
  }
  return "";
}

std::int64_t days_waiting(const DueItem& item, Date today) {
  return (today.days() - item.since.days()).count();
}

std::vector<std::string> cells_of(const DueItem& item, Date today) {
  return {item.partner.str(), std::string(code_of(item.what)), item.since.str(),
          std::to_string(days_waiting(item, today)), item.name.str()};
}

void write_table(Context& context, const DueRows& rows, bool has_header) {
  TableLook look = context.table_look();
  look.header = has_header ? Header::shown : Header::hidden;
  TextTable table({{"id"}, {"kind"}, {"since"}, {"days", TextColumn::Side::right}, {"name"}},
                  {"command", RowDetail::Lines::whole, wide}, context.out(), look);
  rows.for_each([&](const DueItem& item) { table.row(cells_of(item, context.today()), command_of(item)); });
  table.finish();
}

void write_tsv(Context& context, const DueRows& rows, bool has_header) {
  if (has_header) context.out().write("id\tkind\tsince\tdays\tname\tcommand\n");
  rows.for_each([&](const DueItem& item) {
    std::string line;
    for (const std::string& cell : cells_of(item, context.today())) {
      append_tsv(line, cell);
      line += '\t';
    }
    append_tsv(line, command_of(item));
    context.out().write(line + "\n");
  });
}

void write_json(Context& context, const DueRows& rows) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  rows.for_each([&](const DueItem& item) {
    json.begin_object().member("id", item.partner.str()).member("kind", code_of(item.what));
    json.member("since", item.since.str());
    json.member("days", days_waiting(item, context.today()));
    json.member("name", item.name.str()).member("command", command_of(item)).end_object();
    context.out().write(text);
    text.clear();
  });
  json.end_array();
  context.out().write(text + "\n");
}

ExitCode due(Context& context, const DueOptions& options) {
  const Date until = Date::of(context.today().days() + options.days.value_or(DayCount()).days);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const DueRows rows = find_due(read, until, context.settings().due);
  if (options.format == DueFormat::json) {
    write_json(context, rows);
  } else if (rows.count() > 0) {
    const bool has_header = !options.no_header;
    options.format == DueFormat::tsv ? write_tsv(context, rows, has_header)
                                     : write_table(context, rows, has_header);
  }
  context.say(rows.count() == 0 ? "Nothing is due." : fmt::format("{} due.", rows.count()));
  return rows.count() == 0 ? ExitCode::done : ExitCode::due;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<DueOptions>();
  flags.option("--days", "N", options->days, "list also what falls due within N days (default 0)");
  flags.format(options->format);
  flags.flag("--no-header", options->no_header, "omit the headings");
  return [options](Context& context) { return due(context, *options); };
}

}  // namespace

Command due_command() {
  return {"due", CommandGroup::look_up, "list what needs attention", declare};
}

}  // namespace covenant
