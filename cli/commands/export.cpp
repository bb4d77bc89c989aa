#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/base/atomic_file.hpp"
#include "core/base/error.hpp"
#include "core/base/read_file.hpp"
#include "core/ops/publish.hpp"

namespace covenant {

namespace {

struct ExportOptions {
  std::optional<std::string> format;
  std::optional<std::string> output;
  std::optional<std::string> language;
  std::optional<std::string> as_of;
  std::vector<std::string> categories;
  std::vector<std::string> countries;
  bool fragment = false;
  bool spreadsheet = false;
  bool allow_empty = false;
};

std::optional<WebUrl> site_url(const std::optional<std::string>& setting) {
  if (!setting) return std::nullopt;
  return *WebUrl::parse(*setting);  // the settings were checked when they were read
}

PageOptions page_options(const Settings& settings, const ExportOptions& options) {
  PageOptions page;
  page.language = parse_choice_or("--lang", options.language, OfficialLanguage::en);
  page.extent = options.fragment ? PageExtent::fragment : PageExtent::whole_page;
  page.site_name = settings.site_name.value_or("");
  page.base_url = site_url(settings.base_url);
  page.links = {site_url(settings.legal_notice), site_url(settings.newsletter), site_url(settings.rss_help),
                site_url(settings.contact), site_url(settings.licence)};
  return page;
}

Publication publication_of(const Settings& settings, const ExportOptions& options) {
  if (!options.format) throw Error(ErrorKind::usage, "--format is required: html, csv, json or atom");
  Publication publication;
  publication.format = parse_choice<ExportFormat>("--format", *options.format);
  publication.page = page_options(settings, options);
  for (const std::string& text : options.categories) {
    publication.query.categories.push_back(parse_choice<Category>("--category", text));
  }
  for (const std::string& text : options.countries) {
    publication.query.countries.push_back(*parse_option<Country>("--country", text, ErrorKind::usage));
  }
  if (options.fragment && publication.format != ExportFormat::html) {
    throw Error(ErrorKind::usage, "--fragment goes with --format html");
  }
  if (options.spreadsheet && publication.format != ExportFormat::csv) {
    throw Error(ErrorKind::usage, "--spreadsheet goes with --format csv");
  }
  if (options.spreadsheet) publication.csv_read_by = CsvReadBy::spreadsheet;
  return publication;
}

bool held_partners(ExportFormat format, const std::string& path) {
  if (!std::filesystem::exists(path)) return false;
  constexpr std::size_t enough = std::size_t{64} * 1024;
  std::string head(enough, '\0');
  InputFile file(path);
  head.resize(file.read(head.data(), head.size()));
  return holds_partners(format, head);
}

std::string counted(ExportFormat format, std::int64_t count) {
  if (format == ExportFormat::atom) return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
  return fmt::format("{} partner{}", count, count == 1 ? "" : "s");
}

void publish_to_file(Context& context, Read& read, const Publication& publication,
                     const ExportOptions& options) {
  const std::string& path = *options.output;
  AtomicFile file(path);
  const std::int64_t count = publish(read, publication, file);
  if (count == 0 && !options.allow_empty && held_partners(publication.format, path)) {
    throw Error(ErrorKind::refused,
                path + " lists partners and would list none; use --allow-empty if that is right");
  }
  const FileOutcome outcome = file.commit();
  context.say(fmt::format("{} {} ({}).", outcome == FileOutcome::written ? "Wrote" : "Left as it was:", path,
                          counted(publication.format, count)));
}

ExitCode export_list(Context& context, const ExportOptions& options) {
  const Publication publication = publication_of(context.settings(), options);
  Registry registry = context.open_as_of(parse_option<Date>("--as-of", options.as_of, ErrorKind::usage));
  Read read = registry.read();
  if (options.output && *options.output != "-") {
    publish_to_file(context, read, publication, options);
  } else {
    publish(read, publication, context.out());
  }
  return ExitCode::done;
}

}  // namespace

Run declare_export(Flags& flags) {
  auto options = std::make_shared<ExportOptions>();
  flags.option("--format", "html|csv|json|atom", options->format, "the form of the list");
  flags.option("--output", "FILE", options->output, "write FILE, whole or not at all (else standard output)");
  flags.option("--lang", "TAG", options->language, "one of the 24 official languages (default en)");
  flags.option("--as-of", "DATE", options->as_of, "the list as it stood at the end of that day");
  flags.repeated("--category", "CODE", options->categories, "only that category");
  flags.repeated("--country", "CODE", options->countries, "only that country");
  flags.flag("--fragment", options->fragment, "html: the section alone, for a page of the site's own");
  flags.flag("--spreadsheet", options->spreadsheet, "csv: for people who open it in a spreadsheet");
  flags.flag("--allow-empty", options->allow_empty, "also if no partner is left on a list that had some");
  return [options](Context& context) { return export_list(context, *options); };
}

}  // namespace covenant
