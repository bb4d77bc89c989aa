#include "core/base/build_id.hpp"

#include <elf.h>
#include <link.h>

#include <cstddef>

namespace covenant {

namespace {

/// To the next multiple of 4. Notes of properties are aligned to 8, but have sizes at which that is the same.
constexpr std::size_t rounded_up(std::size_t size) {
  return (size + 3) / 4 * 4;
}

/// The build id among the notes of a segment.
std::string_view build_id_in(std::string_view notes) {
  constexpr std::string_view owner("GNU\0", 4);
  while (notes.size() > sizeof(ElfW(Nhdr))) {
    const auto& head = *reinterpret_cast<const ElfW(Nhdr)*>(notes.data());
    notes.remove_prefix(sizeof head);
    const std::size_t name_size = rounded_up(head.n_namesz);
    const std::size_t whole = name_size + rounded_up(head.n_descsz);
    if (whole > notes.size()) break;
    if (head.n_type == NT_GNU_BUILD_ID && notes.substr(0, head.n_namesz) == owner)
      return notes.substr(name_size, head.n_descsz);
    notes.remove_prefix(whole);
  }
  return {};
}

/// Of the first object visited, which is the program itself.
int find_build_id(dl_phdr_info* object, std::size_t /*size*/, void* found) {
  for (std::size_t i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& segment = object->dlpi_phdr[i];
    if (segment.p_type != PT_NOTE) continue;
    const auto* const start = reinterpret_cast<const char*>(object->dlpi_addr + segment.p_vaddr);
    const std::string_view id = build_id_in({start, segment.p_memsz});
    if (!id.empty()) *static_cast<std::string_view*>(found) = id;
  }
  return 1;
}

}  // namespace

std::string_view build_id() {
  std::string_view id;
  ::dl_iterate_phdr(find_build_id, &id);
  return id;
}

}  // namespace covenant
