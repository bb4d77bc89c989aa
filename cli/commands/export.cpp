#include "cli/commands.hpp"
namespace covenant {
Run declare_export(Flags&) {
  return {};
}
}  // namespace covenant
