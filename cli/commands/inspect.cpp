#include <fmt/format.h>

#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/reader.hpp"
#include "core/base/error.hpp"
#include "core/documents/reading.hpp"
#include "core/formats/reading.hpp"

namespace covenant {

enum class InspectFormat { text, json };

template <>
struct Codes<InspectFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"text", "json"};
};

namespace {

struct InspectOptions {
  std::string file;
  std::optional<std::string> signed_file;
  std::optional<std::string> attachment;
  std::optional<DayWord> received_on;
  InspectFormat format = InspectFormat::text;
};

ExitCode inspect(Context& context, const InspectOptions& options) {
  const auto received_on = past_day("--received-on", options.received_on, context.today());
  const LoadedDocument document = load_document(options.file);
  const ReadAnswer answer = read_file_apart(
      context, options.file, document,
      {.signed_file = options.signed_file, .attachment = options.attachment, .received_on = received_on});
  if (answer.unreadable)
    throw Error(ErrorKind::bad_input, fmt::format("{}: {}", options.file, *answer.unreadable));
  context.out().write(options.format == InspectFormat::json ? to_json(answer.reading) + "\n"
                                                            : reading_text(answer.reading));
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<InspectOptions>();
  flags.required_argument("FILE", options->file, "e-mail, PDF document, signature, container or scan");
  flags.option("--signed-file", "FILE", options->signed_file, "file that a detached signature signs");
  flags.option("--attachment", "NAME", options->attachment, "attachment of an e-mail that is the document");
  flags.option("--received-on", "DATE", options->received_on,
               "day on which signatures are judged (default: of the e-mail, or today)");
  flags.format(options->format);
  return [options](Context& context) { return inspect(context, *options); };
}

}  // namespace

Command inspect_command() {
  return {"inspect", CommandGroup::look_up, "say who signed a document, and whether the signature is valid",
          declare};
}

}  // namespace covenant
