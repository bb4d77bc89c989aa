#include "core/letters/paper.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/module.hpp"
#include "core/letters/module/entry.hpp"

namespace covenant {

Pdf write_pdf(const Paper& paper) {
  static DrawPaper* const draw = module_function<DrawPaper>("covenant-paper.so", "covenant_draw");
  DrawnPaper drawn;
  draw(paper, drawn);
  if (!drawn.error.empty()) throw Error(ErrorKind::file, "cannot make a PDF: " + drawn.error);
  return std::move(drawn.pdf);
}

std::string lacking_characters(const Pdf& pdf) {
  constexpr std::size_t most = 8;
  std::vector<std::string> names;
  for (const char32_t character : pdf.missing.substr(0, most))
    names.push_back(fmt::format("U+{:04X}", static_cast<std::uint32_t>(character)));
  if (pdf.missing.size() > most) names.emplace_back("…");
  return fmt::format("the fonts lack {}, which is printed as \uFFFD", fmt::join(names, " "));
}

}  // namespace covenant
