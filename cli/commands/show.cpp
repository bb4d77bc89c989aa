#include <memory>

#include "cli/context.hpp"
#include "cli/flags.hpp"
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
  SheetFormat format = SheetFormat::text;
};

ExitCode show(Context& context, const ShowOptions& options) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  const Partner partner = require_by_ref(read, options.ref);
  const PartnerSheet sheet{partner, find_verification(read, partner.id), find_commitments(read, partner.id)};
  context.out().write(options.format == SheetFormat::json ? sheet_as_json(sheet) : sheet_as_text(sheet));
  return ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<ShowOptions>();
  flags.required_argument("REF", options->ref, "partner: its id or its reference");
  flags.format(options->format);
  return [options](Context& context) { return show(context, *options); };
}

}  // namespace

Command show_command() {
  return {"show", CommandGroup::look_up, "show everything about a partner", declare};
}

}  // namespace covenant
