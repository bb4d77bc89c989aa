// What the leak sanitizer takes for leaks in libraries and is none.

// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming): the sanitizer asks for this
// name
extern "C" const char* __lsan_default_suppressions() {
  // It keeps its pointers as offsets, which the sanitizer does not follow.
  return "leak:libfontconfig\n";
}
