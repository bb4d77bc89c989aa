#include <cstdlib>

namespace {

/// Under the sanitizers a history takes ten times as long; all of them are tried without.
#ifdef __SANITIZE_ADDRESS__
constexpr const char* parameters = "seed=20080129 max_success=15";
#else
constexpr const char* parameters = "seed=20080129";
#endif

/// RapidCheck reads RC_PARAMS when it first checks something. Without it every run tries the same values, so
/// that a test that failed fails again; a soak sets it (see CONTRIBUTING.md).
[[maybe_unused]] const int fixed = ::setenv("RC_PARAMS", parameters, /*overwrite=*/0);

}  // namespace
