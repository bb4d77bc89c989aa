#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "core/documents/reader/confinement.hpp"
#include "core/documents/reader/document.hpp"
#include "core/documents/reader_protocol.hpp"

// What the program calls in the process that reads, and all that this module offers.

namespace {

using namespace covenant;

/// All that standard input is, without a copy of it.
std::string_view map_input() {
  struct stat status {};
  if (::fstat(STDIN_FILENO, &status) != 0 || status.st_size <= 0) return {};
  const auto size = static_cast<std::size_t>(status.st_size);
  void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
  return bytes == MAP_FAILED ? std::string_view() : std::string_view(static_cast<const char*>(bytes), size);
}

bool write_all(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

ReaderEnd read_input(DocumentKind kind, std::string_view input) {
  const auto received = parse_request(input);
  if (!received) return ReaderEnd::bad_request;
  return write_all(to_json(read_as(kind, *received))) ? ReaderEnd::done : ReaderEnd::fault;
}

}  // namespace

extern "C" [[noreturn, gnu::visibility("default")]] void covenant_read_document(DocumentKind kind) {
  ReaderEnd end = ReaderEnd::fault;
  try {
    start_reader(kind);
    const std::string_view input = map_input();
    confine();
    end = read_input(kind, input);
  } catch (const std::bad_alloc&) {
    end = ReaderEnd::out_of_memory;
  } catch (const std::exception&) {
    end = ReaderEnd::fault;
  }
  // What the libraries would do at the end of a program is of no use here.
  ::_exit(static_cast<int>(end));
}
