#include "cli/paper.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <vector>

namespace covenant {

void write_output(Context& context, std::string_view bytes, const std::optional<std::string>& output,
                  Audience audience) {
  if (!output || *output == "-") return context.out().write(bytes);
  AtomicFile file(context.output_path(*output), audience);
  file.write(bytes);
  const bool is_new = file.commit() == FileOutcome::written;
  context.say(is_new ? "Wrote " + *output + "." : *output + " is up to date.");
}

void print_paper(Context& context, const Paper& paper, const std::optional<std::string>& output,
                 Audience audience) {
  const Pdf pdf = write_pdf(paper);
  write_output(context, pdf.bytes, output, audience);
  if (pdf.missing.empty()) return;
  constexpr std::size_t most = 8;
  std::vector<std::string> names;
  for (const char32_t character : pdf.missing.substr(0, most))
    names.push_back(fmt::format("U+{:04X}", static_cast<std::uint32_t>(character)));
  if (pdf.missing.size() > most) names.emplace_back("…");
  context.note(output ? *output + ": " : std::string(),
               fmt::format("the fonts lack {}, which is printed as \uFFFD", fmt::join(names, " ")));
}

}  // namespace covenant
