#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/paper.hpp"
#include "cli/progress.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/letters/certificate.hpp"
#include "core/ops/bundle.hpp"
#include "core/ops/find.hpp"
#include "core/ops/publish.hpp"
#include "core/ops/publish_site.hpp"
#include "core/site/addresses.hpp"
#include "core/site/feeds.hpp"
#include "core/site/head.hpp"
#include "core/site/record.hpp"
#include "core/site/wording.hpp"
#include "core/store/event_table.hpp"
#include "core/store/partner_list.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

/// An event: its number, or the last one of a day.
class Since {
 public:
  /// Fails with `date`, or with the code of a number.
  static Result<Since> parse(std::string_view text) {
    if (!text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos) {
      const auto number = parse_count(text);
      if (!number) return number.problem();
      return Since(*number);
    }
    const auto day = DayWord::parse(text);
    if (!day) return day.problem();
    return Since(*day);
  }

  /// @throws Error{bad_input} for an event or a day that is yet to come
  std::int64_t event(Read& read, Date today) const {
    if (const auto* day = std::get_if<DayWord>(&place_))
      return last_event_by(read, *past_day("--since", *day, today));
    const std::uint64_t number = std::get<std::uint64_t>(place_);
    const std::uint64_t last = log_size(read);
    if (number <= last) return static_cast<std::int64_t>(number);
    throw Error(
        ErrorKind::bad_input,
        fmt::format("--since: '{}' is beyond the last event, which is {}; name the sequence of a list of "
                    "this registry, or a day",
                    number, last));
  }

 private:
  explicit Since(std::variant<std::uint64_t, DayWord> place) : place_(place) {}

  std::variant<std::uint64_t, DayWord> place_;
};

struct ExportOptions {
  std::optional<std::string> ref;
  std::optional<ExportFormat> format;
  std::optional<std::string> output;
  std::vector<OfficialLanguage> languages;
  std::optional<DayWord> as_of;
  std::optional<DayWord> as_recorded;
  std::optional<Since> since;
  std::vector<Category> categories;
  std::vector<Country> countries;
  std::optional<FeedTopic> feed;
  std::optional<std::string> layout;
  std::vector<std::string> messages;
  std::optional<BuiltInTemplate> print_template;
  bool print_policy = false;
  bool print_style = false;
  bool fragment = false;
  bool spreadsheet = false;
  bool allow_empty = false;
  bool full = false;
  bool pdf = false;
};

std::vector<OfficialLanguage> every_language() {
  std::vector<OfficialLanguage> languages;
  for (std::size_t i = 0; i < official_language_count; ++i) {
    languages.push_back(static_cast<OfficialLanguage>(i));
  }
  return languages;
}

/// Each once, in the order of their codes.
std::vector<OfficialLanguage> in_order(std::vector<OfficialLanguage> languages) {
  std::sort(languages.begin(), languages.end());
  languages.erase(std::unique(languages.begin(), languages.end()), languages.end());
  return languages;
}

std::vector<OfficialLanguage> languages_of(const Settings& settings, const ExportOptions& options) {
  if (!options.languages.empty()) return in_order(options.languages);
  return in_order(settings.languages.empty() ? every_language() : settings.languages);
}

std::vector<OfficialLanguage> with(std::vector<OfficialLanguage> languages, OfficialLanguage own) {
  languages.push_back(own);
  return in_order(std::move(languages));
}

void set_languages(PageOptions& page, const Settings& settings, const ExportOptions& options,
                   ExportFormat kind) {
  if (kind == ExportFormat::site) {
    page.languages = languages_of(settings, options);
    page.language = leading_language(page.languages);
    page.place = PagePlace::in_site;
    return;
  }
  if (options.languages.size() > 1)
    throw Error(ErrorKind::usage, "--lang can be repeated only with --format site");
  if (!options.languages.empty()) page.language = options.languages.front();
  // What else is published is known only when the settings say it.
  if (settings.base_url && !settings.languages.empty())
    page.languages = with(settings.languages, page.language);
}

/// The web master's template, checked before anything is written.
std::shared_ptr<const Template> layout_of(const ExportOptions& options) {
  // A byte more than a template may have is enough to refuse it.
  constexpr std::size_t enough = most_bytes_of_template + 1;
  if (!options.layout) return nullptr;
  return std::make_shared<Template>(page_template(read_beginning(*options.layout, enough), *options.layout));
}

/// The web master's wordings, checked before anything is written.
std::map<OfficialLanguage, std::shared_ptr<const Catalogue>> reworded(const ExportOptions& options,
                                                                      ExportFormat kind,
                                                                      OfficialLanguage own) {
  // A site in several languages cannot be what a file without a language is for.
  const bool is_own = kind != ExportFormat::site || options.languages.size() == 1;
  const auto language_of_others = is_own ? std::optional(own) : std::nullopt;
  std::map<OfficialLanguage, std::shared_ptr<const Catalogue>> catalogues;
  for (const std::string& file : options.messages) {
    Wording wording = read_wording(read_beginning(file, most_bytes_of_wording + 1), file, language_of_others);
    const OfficialLanguage language = wording.language;
    if (!catalogues.emplace(language, std::make_shared<const Catalogue>(std::move(wording))).second) {
      throw Error(ErrorKind::usage, fmt::format("--messages: {} is the second file in '{}'; merge them",
                                                in_quotes(file), code_of(language)));
    }
  }
  return catalogues;
}

PageOptions page_options(const Settings& settings, const ExportOptions& options, ExportFormat kind) {
  PageOptions page;
  set_languages(page, settings, options, kind);
  page.extent = options.fragment ? PageExtent::fragment : PageExtent::whole_page;
  page.layout = layout_of(options);
  page.reworded = reworded(options, kind, page.language);
  page.selection = {options.categories, options.countries};
  page.site_name = settings.site_name.value_or("");
  page.site_names = settings.site_names;
  page.base_url = settings.base_url;
  page.links = settings.links;
  page.kosovo = settings.kosovo;
  return page;
}

/// An option, whether it was given, and what it can be used with.
struct Restriction {
  const char* name;
  bool is_given;
  std::vector<ExportFormat> kinds;
};

/// @throws Error{usage} on an option that the kind does not have, or misses one
void check_combination(const ExportOptions& options, ExportFormat kind) {
  const std::vector<ExportFormat> lists = {ExportFormat::html,  ExportFormat::csv,  ExportFormat::json,
                                           ExportFormat::delta, ExportFormat::atom, ExportFormat::site};
  const std::vector<ExportFormat> of_a_day = {ExportFormat::html, ExportFormat::csv,
                                              ExportFormat::json, ExportFormat::atom,
                                              ExportFormat::site, ExportFormat::certificate};
  const std::vector<ExportFormat> worded = {ExportFormat::html, ExportFormat::json, ExportFormat::atom,
                                            ExportFormat::site, ExportFormat::certificate};
  for (const Restriction& option : {
           Restriction{"--fragment", options.fragment, {ExportFormat::html}},
           Restriction{
               "--template", options.layout.has_value(), {ExportFormat::html, ExportFormat::certificate}},
           Restriction{"--messages", !options.messages.empty(), worded},
           Restriction{"--spreadsheet", options.spreadsheet, {ExportFormat::csv}},
           Restriction{"--full", options.full, {ExportFormat::site}},
           Restriction{"--pdf", options.pdf, {ExportFormat::certificate}},
           Restriction{"--feed", options.feed.has_value(), {ExportFormat::atom}},
           Restriction{"--since", options.since.has_value(), {ExportFormat::delta}},
           Restriction{"--as-of", options.as_of.has_value(), of_a_day},
           Restriction{"--as-recorded", options.as_recorded.has_value(), of_a_day},
           Restriction{"REF", options.ref.has_value(), {ExportFormat::certificate}},
           Restriction{"--category", !options.categories.empty(), lists},
           Restriction{"--country", !options.countries.empty(), lists},
       }) {
    if (!option.is_given || std::count(option.kinds.begin(), option.kinds.end(), kind) > 0) continue;
    std::vector<std::string_view> names;
    for (const ExportFormat allowed : option.kinds) names.push_back(code_of(allowed));
    throw Error(ErrorKind::usage,
                fmt::format("{} can only be used with --format {}", option.name, fmt::join(names, " or ")));
  }
  if (!options.ref && kind == ExportFormat::certificate) {
    throw Error(ErrorKind::usage, "export: --format certificate needs a partner; add REF");
  }
  if (!options.since && kind == ExportFormat::delta) {
    throw Error(ErrorKind::usage, "export: --format delta needs an earlier list; add --since N|DATE");
  }
  const bool is_folder = kind == ExportFormat::site || kind == ExportFormat::bundle;
  if (is_folder && (!options.output || *options.output == "-")) {
    throw Error(ErrorKind::usage,
                fmt::format("export: --format {} needs a folder; add --output DIR", code_of(kind)));
  }
}

Publication publication_of(const Settings& settings, const ExportOptions& options, ExportFormat kind) {
  Publication publication;
  publication.format = kind;
  publication.page = page_options(settings, options, kind);
  publication.query = PublicQuery(options.categories, options.countries);
  publication.feed = options.feed.value_or(FeedTopic::partners);
  if (options.spreadsheet) publication.csv_read_by = CsvReadBy::spreadsheet;
  return publication;
}

bool held_partners(ExportFormat format, const std::string& path) {
  std::error_code error;  // what cannot be looked at is not replaced either
  if (!std::filesystem::is_regular_file(path, error)) return false;
  constexpr std::size_t enough = std::size_t{64} * 1024;
  return lists_partners(format, read_beginning(path, enough));
}

/// Refuses to replace a list of partners, which is at `path`, by an empty one.
void demand_partners(std::int64_t count, ExportFormat format, const std::string& path,
                     const ExportOptions& options) {
  if (count > 0 || options.allow_empty || !held_partners(format, path)) return;
  throw Error(ErrorKind::refused,
              *options.output + ": lists partners, now none; add --allow-empty to replace it");
}

std::string counted(ExportFormat format, std::int64_t count) {
  if (format == ExportFormat::atom || format == ExportFormat::delta)
    return fmt::format("{} {}", count, count == 1 ? "entry" : "entries");
  return fmt::format("{} partner{}", count, count == 1 ? "" : "s");
}

void publish_to_file(Context& context, Read& read, const Publication& publication,
                     const ExportOptions& options) {
  const std::string& path = *options.output;
  AtomicFile file(context.output_path(path), Audience::everybody);
  const std::int64_t count = publish(read, publication, file);
  demand_partners(count, publication.format, path, options);
  const FileOutcome outcome = file.commit();
  const std::string what = counted(publication.format, count);
  context.say(outcome == FileOutcome::written ? fmt::format("Wrote {} ({}).", path, what)
                                              : fmt::format("{} is up to date ({}).", path, what));
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

/// What became of a folder.
std::string sentence(const std::string& path, const StagedFolder::Tally& tally) {
  if (tally.changed == 0 && tally.removed == 0)
    return fmt::format("{} is up to date: {}.", path, files(tally.files));
  const std::string removed = tally.removed > 0 ? fmt::format(", {} removed", tally.removed) : "";
  return fmt::format("Wrote {}: {}, {} changed{}.", path, files(tally.files), tally.changed, removed);
}

/// Whoever works in a folder would go on in one that is gone, and a registry in it would have, for a moment,
/// the two names that it must not have.
StagedFolder::Renewal renewal_of(const Context& context, const std::string& path) {
  std::error_code error;  // what is not there cannot be in the folder either
  const auto folder = std::filesystem::canonical(path, error);
  if (error) return StagedFolder::Renewal::exchanged;
  for (const auto& used :
       {std::filesystem::current_path(error), std::filesystem::canonical(context.registry_path(), error)}) {
    const auto [rest, position] = std::mismatch(folder.begin(), folder.end(), used.begin(), used.end());
    if (rest == folder.end()) return StagedFolder::Renewal::kept;
  }
  return StagedFolder::Renewal::exchanged;
}

/// How many files the site will have, nearly.
std::int64_t expected_files(Read& read, const Publication& publication, const ExportOptions& options) {
  PartnerQuery listed;
  listed.statuses = {Status::approved};
  listed.categories = options.categories;
  listed.countries = options.countries;
  PartnerQuery former = listed;
  former.statuses = {Status::revoked, Status::withdrawn};
  former.joined_since = first_day;
  return site_file_count({.languages = static_cast<std::int64_t>(publication.page.languages.size()),
                          .listed = count_partners(read, listed),
                          .former = count_partners(read, former)});
}

void publish_site_to_folder(Context& context, Read& read, const Publication& publication,
                            const ExportOptions& options) {
  const std::string& path = *options.output;
  StagedFolder folder(context.output_path(path), is_site_path, context.wait(), renewal_of(context, path));
  const SiteExtent extent = options.full ? SiteExtent::full : SiteExtent::changed;
  const SiteOutcome outcome = [&] {
    Progress progress(context);
    const auto began = std::chrono::steady_clock::now();
    std::optional<std::int64_t> all;
    folder.watch([&] {
      progress.show([&] {
        if (!all) all = expected_files(read, publication, options);
        const std::int64_t done = folder.written();
        const double share = static_cast<double>(done) / static_cast<double>(std::max(*all, done));
        return fmt::format("Writing {}: {} of {} files{}", path, done, std::max(*all, done),
                           pace(static_cast<std::uint64_t>(done), "files", share, began));
      });
    });
    return publish_site(read, publication, extent, folder);
  }();
  folder.watch({});
  if (outcome.unchanged_files) return context.say(sentence(path, {.files = *outcome.unchanged_files}));
  demand_partners(outcome.partners, publication.format, path + '/' + site_path(SiteFile::json), options);
  context.say(sentence(path, folder.commit()));
}

void write_bundle_to_folder(Context& context, Read& read, const std::string& path) {
  StagedFolder folder(context.output_path(path), is_bundle_path, context.wait(), renewal_of(context, path),
                      Audience::owner);
  demand_bundle_place(read, path);
  write_bundle(read, folder);
  context.say(sentence(path, folder.commit()));
}

void publish_certificate(Context& context, Read& read, const Publication& publication,
                         const ExportOptions& options) {
  const bool is_of_today = !options.as_of && !options.as_recorded;
  const Partner partner =
      is_of_today ? require_by_ref(read, *options.ref) : require_in_the_past(read, *options.ref);
  StringSink page;
  CertificateTexts texts;
  const bool is_listed = find_public_row(read, partner.id, [&](const PublicTexts& listed) {
    if (options.pdf) {
      texts = certificate_texts(publication.page, listed);
    } else {
      write_certificate(publication.page, listed, page);
    }
  });
  if (!is_listed) {
    throw Error(ErrorKind::refused, fmt::format("{}: is {}; only listed partners have certificates",
                                                partner.id.str(), code_of(partner.status)));
  }
  if (options.pdf) return print_paper(context, texts, options.output, Audience::everybody);
  write_output(context, page.text(), options.output, Audience::everybody);
}

/// What helps to write a template or to serve a page; needs no registry.
bool print_help_for_web_masters(Context& context, const ExportOptions& options) {
  if (options.print_template) {
    context.out().write(template_text(*options.print_template));
  }
  if (options.print_policy) context.out().write(content_security_policy() + "\n");
  if (options.print_style) context.out().write(fragment_style());
  return options.print_template || options.print_policy || options.print_style;
}

void check_output(const ExportOptions& options) {
  if (!options.output) return;
  if (options.layout) demand_other_file("--output", *options.output, *options.layout);
  for (const std::string& file : options.messages) demand_other_file("--output", *options.output, file);
}

ExitCode run_export(Context& context, const ExportOptions& options) {
  if (print_help_for_web_masters(context, options)) return ExitCode::done;
  if (!options.format) {
    throw Error(ErrorKind::usage, "export: missing --format " + joined_codes<ExportFormat>("|"));
  }
  const ExportFormat kind = *options.format;
  check_combination(options, kind);
  check_output(options);
  Publication publication = publication_of(context.settings(), options, kind);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const bool is_of_today = !options.as_of && !options.as_recorded;
  if (kind != ExportFormat::bundle && is_of_today) read.sort_in(SortingPlace::files);  // it is public
  context.look_back(read, options.as_of, options.as_recorded, Erased::as_nothing);
  if (options.since) publication.since = options.since->event(read, context.today());
  switch (kind) {
    case ExportFormat::site:
      publish_site_to_folder(context, read, publication, options);
      break;
    case ExportFormat::certificate:
      publish_certificate(context, read, publication, options);
      break;
    case ExportFormat::bundle:
      write_bundle_to_folder(context, read, *options.output);
      break;
    case ExportFormat::html:
    case ExportFormat::csv:
    case ExportFormat::json:
    case ExportFormat::delta:
    case ExportFormat::atom:
      publish_list(context, read, publication, options);
  }
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ExportOptions>();
  flags.argument("REF", options->ref, "partner of the certificate");
  flags.option("--format", joined_codes<ExportFormat>("|"), options->format, "what to write");
  flags.option("--output", "FILE", options->output, "file or folder to write atomically");
  flags.repeated("--lang", "TAG", options->languages, "official language (default en; site: all)");
  flags.option("--as-of", "DATE", options->as_of, "day whose register to show");
  flags.option("--as-recorded", "DATE", options->as_recorded, "day whose records to use");
  flags.option("--since", "N|DATE", options->since, "sequence or day to start from (delta)");
  flags.option("--feed", joined_codes<FeedTopic>("|"), options->feed,
               "what the feed is about (default partners)");
  flags.joined("--category", "CODE", options->categories, "categories to list");
  flags.joined("--country", "CODE", options->countries, "countries to list");
  flags.flag("--fragment", options->fragment, "write the section without the page (html)");
  flags.option("--template", "FILE", options->layout, "template to use (html, certificate)");
  flags.repeated("--messages", "FILE.po", options->messages, "PO file with other wordings");
  flags.flag("--pdf", options->pdf, "write a PDF (certificate)");
  flags.excludes("--template", {"--fragment", "--pdf"});
  flags.option_or("--print-template", joined_codes<BuiltInTemplate>("|"), BuiltInTemplate::page,
                  options->print_template, "print a built-in template");
  flags.flag("--print-csp", options->print_policy, "print the page's Content-Security-Policy");
  flags.flag("--print-style", options->print_style, "print the page's style sheet");
  flags.excludes("--print-template", {"--print-csp", "--print-style", "--output"});
  flags.excludes("--print-csp", {"--print-style", "--output"});
  flags.excludes("--print-style", {"--output"});
  flags.flag("--spreadsheet", options->spreadsheet, "write CSV for spreadsheet programs");
  flags.flag("--allow-empty", options->allow_empty, "replace a list of partners by an empty one");
  flags.flag("--full", options->full, "write every file again (site)");
  return [options](Context& context) { return run_export(context, *options); };
}

}  // namespace

Command export_command() {
  return {"export", CommandGroup::publish, "write the public list", declare};
}

}  // namespace covenant
