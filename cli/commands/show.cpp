#include <memory>

#include "cli/choices.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "core/formats/sheet.hpp"
#include "core/ops/find.hpp"
#include "core/store/commitment_table.hpp"
#include "core/store/finding_table.hpp"

namespace covenant {

enum class SheetFormat { text, json };

template <>
struct Codes<SheetFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"text", "json"};
};

namespace {

struct ShowOptions {
  std::string ref;
  std::optional<std::string> format;
};

ExitCode show(Context& context, const ShowOptions& options) {
  const SheetFormat format = parse_choice_or("--format", options.format, SheetFormat::text);
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const Partner partner = require_by_ref(read, options.ref);
  const PartnerSheet sheet{partner, find_verification(read, partner.id), find_commitments(read, partner.id)};
  context.out().write(format == SheetFormat::json ? sheet_as_json(sheet) : sheet_as_text(sheet));
  return ExitCode::done;
}

}  // namespace

Run declare_show(Flags& flags) {
  auto options = std::make_shared<ShowOptions>();
  flags.required_argument("REF", options->ref, "the partner: its id or its reference");
  flags.option("--format", "text|json", options->format, "how (default text)");
  return [options](Context& context) { return show(context, *options); };
}

}  // namespace covenant
