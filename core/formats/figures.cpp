#include "core/formats/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/text/json.hpp"
#include "core/text/terminal.hpp"

namespace covenant {

std::string figures_as_csv(const Figures& figures) {
  std::string text = "year,measure,group,value\r\n";
  for (const Figure& figure : figures)
    text += fmt::format("{},{},{},{}\r\n", figure.year, code_of(figure.measure), figure.group.str(),
                        figure.value.str());
  return text;
}

std::string figures_as_json(const Figures& figures) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const Figure& figure : figures) {
    json.begin_object().member("year", std::int64_t{figure.year}).member("measure", code_of(figure.measure));
    json.member("group", figure.group.str()).key("value").raw(figure.value.str()).end_object();
  }
  json.end_array();
  return text + "\n";
}

namespace {

/// What a measure is called, in the order of the measures; `{}` is the year.
constexpr std::array<std::string_view, code_count<Measure>> captions = {"Listed at the end of {}",
                                                                        "Joined in {}",
                                                                        "Ended in {}",
                                                                        "Applications received",
                                                                        "Applications refused",
                                                                        "Practices and tools",
                                                                        "Listed without any",
                                                                        "Former partners",
                                                                        "Days to decision, median",
                                                                        "Days to decision, longest",
                                                                        "Days to commitment, median",
                                                                        "Days to commitment, longest",
                                                                        "Renewals due"};

std::string label_of(const Figure& figure) {
  if (figure.group.kind != GroupKind::none) return "  " + figure.group.code;
  return fmt::format(fmt::runtime(captions[static_cast<std::size_t>(figure.measure)]), figure.year);
}

std::string repeated(std::string_view text, std::int64_t times) {
  std::string all;
  for (std::int64_t i = 0; i < times; ++i) all += text;
  return all;
}

}  // namespace

std::string figures_as_text(const Figures& figures, const BarLook& look) {
  constexpr std::size_t gap = 2;
  constexpr std::int64_t longest_bar = 40;
  std::size_t label_width = 0;
  std::size_t value_width = 0;
  std::int64_t most = 1;
  for (const Figure& figure : figures) {
    label_width = std::max(label_width, display_width(label_of(figure)));
    value_width = std::max(value_width, figure.value.str().size());
    if (figure.group.kind != GroupKind::none) most = std::max(most, figure.value.twice);
  }
  const std::size_t taken = label_width + value_width + 2 * gap;
  const auto room = static_cast<std::int64_t>(look.width - std::min(look.width, taken));
  // A small number has a bar that can be counted.
  const std::int64_t bar = std::min({room, longest_bar, most});
  std::string text;
  for (const Figure& figure : figures) {
    const bool is_first = &figure == figures.data();
    if (!is_first && figure.year != (&figure - 1)->year) text += '\n';
    text += fmt::format("{:<{}}  {:>{}}", label_of(figure), label_width, figure.value.str(), value_width);
    if (figure.group.kind != GroupKind::none && bar > 0) {
      const std::int64_t length = std::max<std::int64_t>(1, (figure.value.twice * bar + most / 2) / most);
      text += "  " + repeated(look.bar, length);
    }
    text += '\n';
  }
  return text;
}

}  // namespace covenant
