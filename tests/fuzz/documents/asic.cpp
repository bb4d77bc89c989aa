// Signed containers: whatever the input, it is read to the end or refused, and what was read is one of the
// readings that the program takes back from the process that reads. An input that is no archive is taken for
// the signatures in one: damaged by chance, an archive hardly ever gets as far as them.
#include <zip.h>

#include <string>

#include "core/documents/reader/readers.hpp"
#include "tests/fuzz/support/reading.hpp"

namespace covenant::fuzz {

namespace {

void add(zip_t* archive, const char* name, std::string_view content) {
  zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
  demand(source != nullptr && zip_file_add(archive, name, source, 0) >= 0, "no container can be made");
}

std::string container_with(std::string_view signatures) {
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  demand(source != nullptr, "no container can be made");
  zip_source_keep(source);
  zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, nullptr);
  demand(archive != nullptr, "no container can be made");
  add(archive, "mimetype", "application/vnd.etsi.asic-e+zip");
  add(archive, "a.pdf", "%PDF-1.7\n");
  add(archive, "META-INF/signatures0.xml", signatures);
  demand(zip_close(archive) == 0 && zip_source_open(source) == 0, "no container can be made");
  zip_stat_t stat;
  demand(zip_source_stat(source, &stat) == 0, "no container can be made");
  std::string bytes(stat.size, '\0');
  demand(zip_source_read(source, bytes.data(), bytes.size()) >= 0, "no container can be made");
  zip_source_close(source);
  zip_source_free(source);
  return bytes;
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace covenant::fuzz;
  const std::string_view input = text_of(bytes, size);
  return examine_reader(covenant::read_asic,
                        input.starts_with("PK") ? std::string(input) : container_with(input));
}
