#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/ops/find.hpp"
#include "core/ops/publish.hpp"
#include "core/ops/publish_site.hpp"
#include "core/site/addresses.hpp"
#include "core/site/record.hpp"

namespace covenant {

namespace {

struct ExportOptions {
  std::optional<std::string> ref;
  std::optional<std::string> format;
  std::optional<std::string> output;
  std::vector<std::string> languages;
  std::optional<std::string> as_of;
  std::vector<std::string> categories;
  std::vector<std::string> countries;
  std::optional<std::string> layout;
  std::optional<std::string> print_template;
  bool print_policy = false;
  bool fragment = false;
  bool spreadsheet = false;
  bool allow_empty = false;
};

std::vector<OfficialLanguage> every_language() {
  std::vector<OfficialLanguage> languages;
  for (std::size_t i = 0; i < official_language_count; ++i) {
    languages.push_back(static_cast<OfficialLanguage>(i));
  }
  return languages;
}

/// Of several languages the one that stands for all: English where it is among them.
OfficialLanguage leading(const std::vector<OfficialLanguage>& languages) {
  const bool has_english =
      std::find(languages.begin(), languages.end(), OfficialLanguage::en) != languages.end();
  return has_english ? OfficialLanguage::en : languages.front();
}

std::vector<OfficialLanguage> languages_of(const Settings& settings, const ExportOptions& options) {
  std::vector<OfficialLanguage> languages;
  for (const std::string& text : options.languages) {
    languages.push_back(parse_choice<OfficialLanguage>("--lang", text));
  }
  if (languages.empty()) languages = settings.languages.empty() ? every_language() : settings.languages;
  std::sort(languages.begin(), languages.end());
  languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
  return languages;
}

std::vector<OfficialLanguage> with(std::vector<OfficialLanguage> languages, OfficialLanguage own) {
  languages.push_back(own);
  std::sort(languages.begin(), languages.end());
  languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
  return languages;
}

void set_languages(PageOptions& page, const Settings& settings, const ExportOptions& options,
                   ExportFormat kind) {
  if (kind == ExportFormat::site) {
    page.languages = languages_of(settings, options);
    page.language = leading(page.languages);
    page.place = PagePlace::in_site;
    return;
  }
  if (options.languages.size() > 1)
    throw Error(ErrorKind::usage, "--lang is repeated with --format site alone");
  if (!options.languages.empty()) {
    page.language = parse_choice<OfficialLanguage>("--lang", options.languages.front());
  }
  // What else is published is known only when the settings say it.
  if (settings.base_url && !settings.languages.empty())
    page.languages = with(settings.languages, page.language);
}

/// The template of the web master's, checked before anything is written.
std::shared_ptr<const Template> layout_of(const ExportOptions& options) {
  // A byte more than a template may have is enough to refuse it.
  constexpr std::size_t enough = most_bytes_of_template + 1;
  if (!options.layout) return nullptr;
  return std::make_shared<Template>(page_template(read_beginning(*options.layout, enough), *options.layout));
}

PageOptions page_options(const Settings& settings, const ExportOptions& options, ExportFormat kind) {
  PageOptions page;
  set_languages(page, settings, options, kind);
  page.extent = options.fragment ? PageExtent::fragment : PageExtent::whole_page;
  page.layout = layout_of(options);
  page.site_name = settings.site_name.value_or("");
  page.base_url = settings.base_url;
  page.links = {settings.legal_notice, settings.newsletter, settings.rss_help, settings.contact,
                settings.licence};
  return page;
}

ExportFormat kind_of(const ExportOptions& options) {
  if (!options.format) {
    throw Error(ErrorKind::usage, "--format is required: html, csv, json, atom, site or certificate");
  }
  return parse_choice<ExportFormat>("--format", *options.format);
}

void check_combination(const ExportOptions& options, ExportFormat kind) {
  const auto refuse = [](const char* why) { throw Error(ErrorKind::usage, why); };
  const bool is_certificate = kind == ExportFormat::certificate;
  if (options.fragment && kind != ExportFormat::html) refuse("--fragment goes with --format html");
  if (options.layout && kind != ExportFormat::html && !is_certificate) {
    refuse("--template goes with --format html and certificate");
  }
  if (options.layout && options.fragment) refuse("--template and --fragment exclude each other");
  if (options.spreadsheet && kind != ExportFormat::csv) refuse("--spreadsheet goes with --format csv");
  if (options.ref && !is_certificate) refuse("REF goes with --format certificate");
  if (!options.ref && is_certificate) refuse("--format certificate needs the partner's REF");
  if (is_certificate && !(options.categories.empty() && options.countries.empty())) {
    refuse("--category and --country do not go with --format certificate");
  }
  if (kind == ExportFormat::site && (!options.output || *options.output == "-")) {
    refuse("--format site needs the folder: --output DIR");
  }
}

Publication publication_of(const Settings& settings, const ExportOptions& options, ExportFormat kind) {
  Publication publication;
  publication.format = kind;
  publication.page = page_options(settings, options, kind);
  std::vector<Category> categories;
  for (const std::string& text : options.categories)
    categories.push_back(parse_choice<Category>("--category", text));
  std::vector<Country> countries;
  for (const std::string& text : options.countries)
    countries.push_back(*parse_option<Country>("--country", text, ErrorKind::usage));
  publication.query = PublicQuery(categories, countries);
  if (options.spreadsheet) publication.csv_read_by = CsvReadBy::spreadsheet;
  return publication;
}

bool held_partners(ExportFormat format, const std::string& path) {
  std::error_code error;  // what cannot be looked at is not replaced either
  if (!std::filesystem::is_regular_file(path, error)) return false;
  constexpr std::size_t enough = std::size_t{64} * 1024;
  return lists_partners(format, read_beginning(path, enough));
}

/// Keeps a list of partners, which is at `path`, from giving way to an empty one.
void demand_partners(std::int64_t count, ExportFormat format, const std::string& path,
                     const ExportOptions& options) {
  if (count > 0 || options.allow_empty || !held_partners(format, path)) return;
  throw Error(ErrorKind::refused,
              *options.output + " lists partners and would list none; use --allow-empty if that is right");
}

std::string counted(ExportFormat format, std::int64_t count) {
  if (format == ExportFormat::atom) return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
  return fmt::format("{} partner{}", count, count == 1 ? "" : "s");
}

void publish_to_file(Context& context, Read& read, const Publication& publication,
                     const ExportOptions& options) {
  const std::string& path = *options.output;
  AtomicFile file(context.output_path(path), Audience::everybody);
  const std::int64_t count = publish(read, publication, file);
  demand_partners(count, publication.format, path, options);
  const FileOutcome outcome = file.commit();
  context.say(fmt::format("{} {} ({}).", outcome == FileOutcome::written ? "Wrote" : "Left as it was:", path,
                          counted(publication.format, count)));
}

void publish_list(Context& context, Read& read, const Publication& publication,
                  const ExportOptions& options) {
  if (options.output && *options.output != "-") {
    publish_to_file(context, read, publication, options);
  } else {
    publish(read, publication, context.out());
  }
}

std::string files(std::int64_t count) {
  return fmt::format("{} file{}", count, count == 1 ? "" : "s");
}

void publish_site_to_folder(Context& context, Read& read, const Publication& publication,
                            const ExportOptions& options) {
  const std::string& path = *options.output;
  StagedFolder folder(path, is_site_path, context.wait());
  const std::int64_t count = publish_site(read, publication, folder);
  demand_partners(count, publication.format, path + '/' + site_path(SiteFile::json), options);
  const StagedFolder::Tally tally = folder.commit();
  const std::string gone = tally.removed > 0 ? fmt::format("{} removed; ", files(tally.removed)) : "";
  context.say(fmt::format("{}{}, {} changed", gone, files(tally.files), tally.changed));
}

void publish_certificate(Context& context, Read& read, const Publication& publication,
                         const ExportOptions& options) {
  const Partner partner = require_by_ref(read, *options.ref);
  StringSink page;
  const bool is_listed = find_public_row(read, partner.id, [&](const PublicTexts& listed) {
    write_certificate(publication.page, listed, page);
  });
  if (!is_listed) {
    throw Error(ErrorKind::refused, fmt::format("{} is {}: only a listed partner has a certificate",
                                                partner.id.str(), code_of(partner.status)));
  }
  if (!options.output || *options.output == "-") return context.out().write(page.text());
  AtomicFile file(context.output_path(*options.output), Audience::everybody);
  file.write(page.text());
  const bool is_new = file.commit() == FileOutcome::written;
  context.say(fmt::format("{} {}.", is_new ? "Wrote" : "Left as it was:", *options.output));
}

/// What helps to write a template or to serve a page; needs no registry.
bool print_help_for_web_masters(Context& context, const ExportOptions& options) {
  if (options.print_template) {
    context.out().write(
        template_text(parse_choice<BuiltInTemplate>("--print-template", *options.print_template)));
  }
  if (options.print_policy) context.out().write(content_security_policy() + "\n");
  return options.print_template || options.print_policy;
}

ExitCode run_export(Context& context, const ExportOptions& options) {
  if (print_help_for_web_masters(context, options)) return ExitCode::done;
  const ExportFormat kind = kind_of(options);
  check_combination(options, kind);
  const Publication publication = publication_of(context.settings(), options, kind);
  Registry registry = context.open_as_of(parse_option<Date>("--as-of", options.as_of, ErrorKind::usage));
  Read read = registry.read();
  if (kind == ExportFormat::site) {
    publish_site_to_folder(context, read, publication, options);
  } else if (kind == ExportFormat::certificate) {
    publish_certificate(context, read, publication, options);
  } else {
    publish_list(context, read, publication, options);
  }
  return ExitCode::done;
}

}  // namespace

Run declare_export(Flags& flags) {
  auto options = std::make_shared<ExportOptions>();
  flags.argument("REF", options->ref, "certificate: the partner, by its id or its reference");
  flags.option("--format", "html|csv|json|atom|site|certificate", options->format, "what to write");
  flags.option("--output", "FILE", options->output,
               "write FILE, of a site the folder, whole or not at all (else standard output)");
  flags.repeated("--lang", "TAG", options->languages,
                 "one of the 24 official languages (default en; of a site all), with site may be repeated");
  flags.option("--as-of", "DATE", options->as_of, "the list as it stood at the end of that day");
  flags.repeated("--category", "CODE", options->categories, "only that category");
  flags.repeated("--country", "CODE", options->countries, "only that country");
  flags.flag("--fragment", options->fragment, "html: the section alone, for a page of the site's own");
  flags.option("--template", "FILE", options->layout, "html, certificate: through a template of your own");
  flags.option_or("--print-template", "page|fragment|ecl|partner|certificate", "page",
                  options->print_template, "print a template that comes with the program, and no more");
  flags.flag("--print-csp", options->print_policy, "print the page's Content-Security-Policy, and no more");
  flags.flag("--spreadsheet", options->spreadsheet, "csv: for people who open it in a spreadsheet");
  flags.flag("--allow-empty", options->allow_empty, "also if no partner is left on a list that had some");
  return [options](Context& context) { return run_export(context, *options); };
}

}  // namespace covenant
