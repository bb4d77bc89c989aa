#include <cstdlib>

namespace {

/// RapidCheck reads RC_PARAMS when it first checks something. Without it every run tries the same values, so
/// that a test that failed fails again; a soak sets it (see CONTRIBUTING.md).
[[maybe_unused]] const int fixed = ::setenv("RC_PARAMS", "seed=20080129", /*overwrite=*/0);

}  // namespace
