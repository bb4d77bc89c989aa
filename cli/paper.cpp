#include "cli/paper.hpp"

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
  context.note(output ? *output + ": " : std::string(), lacking_characters(pdf));
}

}  // namespace covenant
