#pragma once

#include <cstddef>

// What the program and the module that has libcurl say to each other. The module is loaded by `covenant
// links` alone: libcurl and what it needs would triple the start of every command.

extern "C" {

/// Why there is no answer.
enum CovenantLinkFailure {
  covenant_link_none,
  covenant_link_no_host,
  covenant_link_no_connection,
  covenant_link_no_answer,
  covenant_link_certificate,
  covenant_link_redirects,
};

/// What became of a link.
struct CovenantLinkResult {
  CovenantLinkFailure failure;
  long status;           ///< of the last answer; 0 without one
  const char* location;  ///< where redirects led to; null without any
};

/// Visits the result of one link, by its place among the others.
using CovenantVisitLink = void (*)(void* context, std::size_t place, const CovenantLinkResult* result);

struct CovenantLinkOptions {
  long timeout_ms;  ///< for each request
  const char* user_agent;
  CovenantVisitLink visit;
  void* context;
};

/// Checks each URL: a HEAD request, where that fails a GET, and once more when a server has an error; 10 at
/// once, at most 2 of a host. Returns 0 when libcurl cannot be used.
[[gnu::visibility("default")]] int covenant_check_links(const char* const* urls, std::size_t count,
                                                        const CovenantLinkOptions* options);
}

/// Its name in the module.
inline constexpr const char* covenant_check_links_symbol = "covenant_check_links";
