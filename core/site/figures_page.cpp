#include "core/site/figures_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/embedded.hpp"
#include "core/model/codes.hpp"
#include "core/model/country.hpp"
#include "core/model/stored_text.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/head.hpp"
#include "core/site/html_writer.hpp"
#include "core/site/locale.hpp"

namespace covenant {

namespace {

/// The chart's width in its own units, which are pixels on a telephone.
constexpr int chart_width = 360;

constexpr std::array<std::string_view, code_count<Level>> level_names = {
    // TRANSLATORS: the level at which an organisation works, as a line of a table
    translatable("European"), translatable("International"), translatable("National"), translatable("Local")};

/// A reason of an ending, and what it is called.
struct ReasonName {
  std::string_view code;
  std::string_view name;
};

constexpr std::array reason_names = std::to_array<ReasonName>({
    // TRANSLATORS: the reasons for which partnerships ended, as lines of a table
    {"commission-decision", translatable("Decision of the European Commission")},
    {"no-longer-eligible", translatable("No longer eligible")},
    {"commitments-not-met", translatable("Commitments not met")},
    {"inactive", translatable("Inactive")},
    {"ceased", translatable("Ceased to exist")},
    {"merged", translatable("Merged into another organisation")},
    {"withdrawn", translatable("Left of its own accord")},
});

/// Values of one thing, each beside its label.
struct Series {
  std::string name;
  std::vector<Halves> values;
};

/// A chart and the table beside it: a line for each label, a column for each series.
struct Section {
  std::string id;
  std::string heading;
  std::string label_heading;  ///< of the first column
  std::vector<std::string> labels;
  std::vector<Series> charted;
  std::vector<Series> further;  ///< columns of the table alone
};

class FiguresPage {
 public:
  FiguresPage(const PageOptions& options, const Figures& figures, const std::optional<Date>& as_recorded,
              TextSink& sink)
      : options_(options),
        catalogue_(options.catalogue()),
        locale_(options.language, options.kosovo),
        figures_(figures),
        as_recorded_(as_recorded),
        html_(sink) {
    for (const Figure& figure : figures) {
      if (years_.empty() || years_.back() != figure.year) years_.push_back(figure.year);
    }
  }

  void write() {
    html_.whole("<!DOCTYPE html>\n");
    html_.begin("html", {{"lang", catalogue_.tag()}});
    write_head();
    html_.begin("body", {{"class", "figures"}});
    write_header();
    html_.begin("main");
    html_.element("h1", title());
    write_facts();
    for (const Section& section : sections()) write(section);
    html_.end();
    write_footnote();
    html_.end();
    html_.end();
    html_.whole("\n");
  }

 private:
  std::string text(std::string_view english) const { return std::string(catalogue_.text(english)); }
  std::string title() const {
    // TRANSLATORS: the title of the page with the figures of the years
    return text("Annual report");
  }

  void write_head() {
    html_.begin("head");
    html_.empty_element("meta", {{"charset", "utf-8"}});
    html_.whole(figures_policy_element());
    html_.empty_element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    html_.element("title", title() + " – " + text("Associated Partners"));
    html_.empty_element("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
    html_.whole(icon_element());
    html_.whole(figures_style_element());
    html_.end();
  }

  void write_header() {
    html_.begin("header");
    html_.begin("p", {{"class", "site"}});
    html_.whole(mark_element());
    html_.content(site_name(catalogue_, options_));
    html_.end();
    html_.end();
  }

  void write_footnote() {
    const auto countries = groups(Measure::listed, GroupKind::country);
    if (options_.kosovo == KosovoName::plain || countries.count("XK") == 0) return;
    html_.begin("footer");
    html_.element("p", kosovo_footnote(catalogue_));
    html_.end();
  }

  void write_facts() {
    html_.begin("p", {{"class", "facts"}});
    html_.content(text("Associated Partners") + ", " + range());
    if (as_recorded_) {
      // TRANSLATORS: the day up to which what was recorded is in the figures
      std::string sentence = text("As recorded on: {date}");
      const std::string_view place = "{date}";
      const std::size_t at = sentence.find(place);
      html_.empty_element("br");
      html_.content(sentence.substr(0, at));
      html_.element("time", locale_.long_date(*as_recorded_), {{"datetime", as_recorded_->str()}});
      html_.content(at == std::string::npos ? "" : sentence.substr(at + place.size()));
    }
    html_.end();
  }

  /// "2026", or "2019–2026".
  std::string range() const {
    if (years_.empty()) return "";
    if (years_.size() == 1) return std::to_string(years_.front());
    return fmt::format("{}–{}", years_.front(), years_.back());
  }

  Halves find(int year, Measure measure) const {
    const auto found = std::find_if(figures_.begin(), figures_.end(), [&](const Figure& figure) {
      return figure.year == year && figure.measure == measure && figure.group.kind == GroupKind::none;
    });
    return found == figures_.end() ? Halves{none} : found->value;
  }

  /// The measure of every year.
  Series by_year(const std::string& name, Measure measure) const {
    Series series{name, {}};
    for (const int year : years_) series.values.push_back(find(year, measure));
    return series;
  }

  Section section_of_years(std::string id, std::string heading) const {
    // TRANSLATORS: heads the years of a table
    Section section{std::move(id), std::move(heading), text("Year"), {}, {}, {}};
    for (const int year : years_) section.labels.push_back(std::to_string(year));
    return section;
  }

  /// The groups of a kind in the last year, or with the reasons of all years.
  std::map<std::string, std::int64_t> groups(Measure measure, GroupKind kind) const {
    std::map<std::string, std::int64_t> numbers;
    for (const Figure& figure : figures_) {
      const bool is_in = kind == GroupKind::reason || figure.year == years_.back();
      if (is_in && figure.measure == measure && figure.group.kind == kind)
        numbers[figure.group.code] += figure.value.twice;
    }
    return numbers;
  }

  static void add_group(Section& section, const std::string& label, std::int64_t twice) {
    section.labels.push_back(label);
    section.charted.front().values.push_back({twice});
  }

  Section section_of_groups(const std::string& id, const std::string& label) const {
    return {id, fmt::format("{} ({})", label, years_.back()), label, {}, {{text("Partners"), {}}}, {}};
  }

  Section categories() const {
    Section section = section_of_groups("categories", text("Category"));
    auto numbers = groups(Measure::listed, GroupKind::category);
    for (const std::string_view code : Codes<Category>::codes)
      add_group(section, std::string(short_name(catalogue_, *from_code<Category>(code))),
                numbers[std::string(code)]);
    return section;
  }

  Section levels() const {
    // TRANSLATORS: heads the levels at which organisations work: European, international, …
    Section section = section_of_groups("levels", text("Level"));
    for (const auto& [code, number] : groups(Measure::listed, GroupKind::level))
      add_group(section, text(level_names[static_cast<std::size_t>(*from_code<Level>(code))]), number);
    return section;
  }

  Section countries() {
    // TRANSLATORS: heads the names of countries in a table
    Section section = section_of_groups("countries", text("Country"));
    std::vector<std::pair<std::int64_t, std::string>> sorted;
    for (const auto& [code, number] : groups(Measure::listed, GroupKind::country))
      sorted.emplace_back(-number, code);
    std::sort(sorted.begin(), sorted.end());
    for (const auto& [number, code] : sorted)
      add_group(section, std::string(locale_.country_name(stored(Country::parse(code)))), -number);
    return section;
  }

  Section reasons() const {
    // TRANSLATORS: a heading above the reasons for which partnerships ended
    Section section{"reasons",
                    fmt::format("{} ({})", text("Reasons for endings"), range()),
                    // TRANSLATORS: heads the reasons of a table
                    text("Reason"),
                    {},
                    {{text("Ended"), {}}},
                    {}};
    auto numbers = groups(Measure::ended, GroupKind::reason);
    for (const ReasonName& reason : reason_names) {
      const auto number = numbers.find(std::string(reason.code));
      if (number != numbers.end()) add_group(section, text(reason.name), number->second);
    }
    return section;
  }

  std::vector<Section> sections() {
    std::vector<Section> all;
    if (years_.empty()) return all;
    Section partners = section_of_years("partners", text("Partners"));
    // TRANSLATORS: heads a column of numbers of partners
    partners.charted = {by_year(text("At the end of the year"), Measure::listed)};
    partners.further = {// TRANSLATORS: heads a column: organisations that are partners no more
                        by_year(text("Former partners"), Measure::former),
                        // TRANSLATORS: heads a column: partners that are to confirm their commitment again
                        by_year(text("Renewals due"), Measure::renewals_due)};
    all.push_back(std::move(partners));
    // TRANSLATORS: a heading: partnerships that began and that ended
    Section changes = section_of_years("changes", text("Joinings and endings"));
    // TRANSLATORS: heads columns of numbers: partnerships that began, and that ended
    changes.charted = {by_year(text("Joined"), Measure::joined), by_year(text("Ended"), Measure::ended)};
    all.push_back(std::move(changes));
    all.push_back(categories());
    all.push_back(levels());
    all.push_back(countries());
    // TRANSLATORS: a heading: applications of organisations that would like to be partners
    Section applications = section_of_years("applications", text("Applications"));
    // TRANSLATORS: heads columns of numbers of applications
    applications.charted = {by_year(text("Received"), Measure::applied),
                            by_year(text("Refused"), Measure::refused)};
    all.push_back(std::move(applications));
    // TRANSLATORS: a heading above columns of numbers of days, as the median and the longest
    all.push_back(days("decision", text("Days from application to decision"),
                       Measure::days_to_decision_median, Measure::days_to_decision_max));
    all.push_back(days("commitment", text("Days from decision to commitment"),
                       Measure::days_to_commitment_median, Measure::days_to_commitment_max));
    Section practices = section_of_years("practices", text("Practices and tools"));
    practices.charted = {by_year(text("Practices and tools"), Measure::practices)};
    // TRANSLATORS: heads a column: partners that offer no practices and tools
    practices.further = {by_year(text("Partners without practices and tools"), Measure::without_practices)};
    all.push_back(std::move(practices));
    all.push_back(reasons());
    std::erase_if(all, [](const Section& section) { return !has_values(section); });
    return all;
  }

  Section days(const std::string& id, const std::string& heading, Measure median, Measure longest) const {
    Section section = section_of_years(id, heading);
    // TRANSLATORS: heads columns of numbers of days
    section.charted = {by_year(text("Median"), median), by_year(text("Longest"), longest)};
    return section;
  }

  bool is_of_years(const Section& section) const { return section.label_heading == text("Year"); }

  void write(const Section& section) {
    const std::string heading_id = section.id + "-heading";
    html_.begin("section", {{"aria-labelledby", heading_id}});
    html_.element("h2", section.heading, {{"id", heading_id}});
    html_.begin("div", {{"class", "pair"}});
    html_.begin("div", {{"class", "chart"}});
    if (section.charted.size() > 1) write_legend(section);
    if (is_of_years(section)) {
      write_columns(section);
    } else {
      write_bars(section);
    }
    html_.end();
    write_table(section, heading_id);
    html_.end();
    html_.end();
    html_.whole("\n");
  }

  void write_legend(const Section& section) {
    html_.begin("ul", {{"class", "legend"}});
    html_.element("li", section.charted[0].name, {{"class", "first"}});
    html_.element("li", section.charted[1].name, {{"class", "second"}});
    html_.end();
  }

  void begin_chart(const Section& section, int height) {
    const std::string box = fmt::format("0 0 {} {}", chart_width, height);
    const std::string title_id = section.id + "-title";
    const std::string text_id = section.id + "-text";
    html_.begin(
        "svg",
        {{"viewBox", box}, {"role", "img"}, {"aria-labelledby", title_id}, {"aria-describedby", text_id}});
    html_.element("title", section.heading, {{"id", title_id}});
    // TRANSLATORS: describes a chart for those who do not see it
    html_.element("desc", text("The table has the figures of this chart."), {{"id", text_id}});
  }

  void write_text(int x, int y, std::string_view place, const std::string& content) {
    html_.element("text", content, {{"x", std::to_string(x)}, {"y", std::to_string(y)}, {"class", place}});
  }

  void write_bar(int x, int y, int width, int height, std::string_view kind) {
    html_.begin("rect", {{"x", std::to_string(x)},
                         {"y", std::to_string(y)},
                         {"width", std::to_string(width)},
                         {"height", std::to_string(height)},
                         {"class", kind}});
    html_.end();
  }

  static bool has_values(const Section& section) {
    return std::any_of(section.charted.begin(), section.charted.end(), [](const Series& series) {
      return std::any_of(series.values.begin(), series.values.end(),
                         [](const Halves& value) { return value.twice != none; });
    });
  }

  static std::int64_t largest(const Section& section) {
    std::int64_t most = 2;
    for (const Series& series : section.charted) {
      for (const Halves value : series.values) most = std::max(most, value.twice);
    }
    return most;
  }

  /// Upright bars, a place for each year.
  void write_columns(const Section& section) {
    constexpr int height = 200;
    constexpr int top = 18;
    constexpr int base = height - 22;
    constexpr int widest_bar = 44;
    constexpr int label_width = 34;
    begin_chart(section, height);
    const auto count = static_cast<int>(section.labels.size());
    const auto series = static_cast<int>(section.charted.size());
    const std::int64_t most = largest(section);
    const int bar = std::clamp((chart_width * 7 / 10) / (count * series), 2, widest_bar);
    const int every = (count * label_width + chart_width - 1) / chart_width;
    for (int i = 0; i < count; ++i) {
      const int middle = (2 * i + 1) * chart_width / (2 * count);
      for (int j = 0; j < series; ++j) {
        const Halves value = section.charted[static_cast<std::size_t>(j)].values[static_cast<std::size_t>(i)];
        if (value.twice == none) continue;
        const int tall = static_cast<int>(value.twice * (base - top) / most);
        const int x = middle - bar * series / 2 + bar * j;
        write_bar(x, base - tall, bar - (bar > 4 ? 2 : 0), tall, j == 0 ? "first" : "second");
        if (value.twice == 0 && series > 1) continue;  // two noughts side by side would be read as one number
        const std::string shown = number(value);
        if (static_cast<int>(shown.size()) * 7 <= std::max(bar, chart_width / count / series))
          write_text(x + bar / 2 - 1, base - tall - 5, "middle", shown);
      }
      if ((count - 1 - i) % every == 0)
        write_text(middle, height - 6, "middle", section.labels[static_cast<std::size_t>(i)]);
    }
    write_bar(0, base, chart_width, 1, "line");
    html_.end();
  }

  /// Lying bars, each below its label.
  void write_bars(const Section& section) {
    constexpr int row = 38;
    constexpr int number_width = 44;
    begin_chart(section, row * static_cast<int>(section.labels.size()));
    const std::int64_t most = largest(section);
    for (std::size_t i = 0; i < section.labels.size(); ++i) {
      const Halves value = section.charted.front().values[i];
      const int y = row * static_cast<int>(i);
      write_text(0, y + 13, "start", section.labels[i]);
      const int length = static_cast<int>(value.twice * (chart_width - number_width) / most);
      write_bar(0, y + 19, std::max(length, 1), 13, "first");
      write_text(std::max(length, 1) + 6, y + 30, "start", number(value));
    }
    html_.end();
  }

  void write_table(const Section& section, const std::string& heading_id) {
    html_.begin("div",
                {{"class", "table"}, {"role", "group"}, {"aria-labelledby", heading_id}, {"tabindex", "0"}});
    html_.begin("table", {{"aria-labelledby", heading_id}});
    html_.begin("thead");
    html_.begin("tr");
    html_.element("th", section.label_heading, {{"scope", "col"}});
    each_series(section, [&](const Series& series) { html_.element("th", series.name, {{"scope", "col"}}); });
    html_.end();
    html_.end();
    html_.begin("tbody");
    for (std::size_t i = 0; i < section.labels.size(); ++i) {
      html_.begin("tr");
      html_.element("th", section.labels[i], {{"scope", "row"}});
      each_series(section, [&](const Series& series) { html_.element("td", number(series.values[i])); });
      html_.end();
    }
    html_.end();
    html_.end();
    html_.end();
  }

  static void each_series(const Section& section, const std::function<void(const Series&)>& visit) {
    for (const Series& series : section.charted) visit(series);
    for (const Series& series : section.further) visit(series);
  }

  std::string number(Halves value) {
    if (value.twice == none) return "–";
    const std::string whole = locale_.number(static_cast<std::uint64_t>(value.twice / 2));
    return value.twice % 2 == 0 ? whole : whole + "½";
  }

  /// In the place of a value that there is not.
  static constexpr std::int64_t none = -1;

  const PageOptions& options_;
  const Catalogue& catalogue_;
  Locale locale_;
  const Figures& figures_;
  const std::optional<Date>& as_recorded_;
  HtmlWriter html_;
  std::vector<int> years_;
};

}  // namespace

void write_figures_page(const PageOptions& options, const Figures& figures,
                        const std::optional<Date>& as_recorded, TextSink& sink) {
  FiguresPage(options, figures, as_recorded, sink).write();
}

}  // namespace covenant
