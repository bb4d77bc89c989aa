#include <fmt/format.h>

#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/reader.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/documents/media_type.hpp"
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

/// A name that contradicts the content is a note; one that promises what may have signatures, on a file that
/// cannot have any, is refused.
void compare_with_name(Reading& reading, const std::string& path, const Document& document) {
  const std::string name = document.name ? document.name->str() : std::string();
  const auto named = named_type(name);
  auto contradiction = named ? find_contradiction(name, document.type) : std::nullopt;
  if (!contradiction) return;
  const bool is_text_or_unknown =
      document.type == "text/plain" || document.type == "application/octet-stream";
  if (is_text_or_unknown && kind_of(*named) != DocumentKind::other)
    throw Error(ErrorKind::bad_input, fmt::format("{}: {}", path, *contradiction));
  reading.notes.push_back(*std::move(contradiction));
}

ExitCode inspect(Context& context, const InspectOptions& options) {
  const auto received_on = past_day("--received-on", options.received_on, context.today());
  const LoadedDocument document = load_document(options.file);
  ReadOptions how{.signed_file = std::nullopt, .attachment = options.attachment, .received_on = received_on};
  if (options.signed_file) {
    if (const auto why = find_needless_signed_file(document.document))
      throw Error(ErrorKind::usage, fmt::format("--signed-file: {}", *why));
    how.signed_file = read_file(*options.signed_file, largest_document);
  }
  ReadAnswer answer = FileReader(context).read(options.file, document, how);
  const auto missing =
      options.attachment ? find_missing_attachment(answer, *options.attachment) : std::nullopt;
  if (missing) throw Error(ErrorKind::usage, fmt::format("--attachment: {}", *missing));
  const auto needless =
      options.signed_file && !answer.unreadable ? find_unused_signed_file(answer.reading) : std::nullopt;
  if (needless) throw Error(ErrorKind::usage, fmt::format("--signed-file: {}", *needless));
  if (answer.unreadable)
    throw Error(ErrorKind::bad_input, fmt::format("{}: {}", options.file, *answer.unreadable));
  compare_with_name(answer.reading, options.file, document.document);
  context.out().write(options.format == InspectFormat::json
                          ? reading_as_json(answer.reading) + "\n"
                          : reading_text(answer.reading, options.file, context.table_look()));
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<InspectOptions>();
  flags.required_argument("FILE", options->file, "e-mail, PDF document, signature, container or scan");
  flags.option("--signed-file", "FILE", options->signed_file, "document that a detached signature covers");
  flags.option("--attachment", "NAME", options->attachment, "attachment that is the document");
  flags.option("--received-on", "DATE", options->received_on,
               "day of receipt (default: the e-mail's, or today)");
  flags.format(options->format);
  return [options](Context& context) { return inspect(context, *options); };
}

}  // namespace

Command inspect_command() {
  return {"inspect", CommandGroup::look_up, "describe a returned commitment and its signatures", declare};
}

}  // namespace covenant
