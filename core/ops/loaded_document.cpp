#include "core/ops/loaded_document.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/files.hpp"
#include "core/documents/media_type.hpp"

namespace covenant {

namespace {

ByteSource bytes_of_text(const std::shared_ptr<const std::string>& text) {
  return [text, at = std::size_t{0}](char* buffer, std::size_t count) mutable {
    const std::size_t copied = text->copy(buffer, count, at);
    at += copied;
    return copied;
  };
}

}  // namespace

LoadedDocument load_document(const std::string& path) {
  const auto file = std::make_shared<InputFile>(path, InputKind::regular);
  Sha256 hash;
  std::uint64_t size = 0;
  std::string head;
  // Standard input may come only once.
  const auto kept = path == "-" ? std::make_shared<std::string>() : nullptr;
  for_each_block(*file, path, largest_document, [&](std::string_view block) {
    if (head.empty()) head = block;
    if (kept) kept->append(block);
    hash.add(block);
    size += block.size();
  });
  if (size == 0) throw Error(ErrorKind::bad_input, path + ": is empty; name the document");
  auto name = FileName::parse(file_name_of(path));
  if (!name) {
    throw Error(ErrorKind::bad_input,
                fmt::format("{}: the file's name: {}; rename the file", path, name.problem().message));
  }
  if (const auto active = find_refused_content(name->str(), head)) {
    throw Error(
        ErrorKind::bad_input,
        fmt::format("{}: is {}; name a PDF document, a scan, a signed e-mail or a signature container", path,
                    *active));
  }
  std::string type = media_type(name->str(), head);
  return {{*std::move(name), std::move(type), size, to_hex(bytes_of(hash.finish()))},
          [file, kept]() -> ByteSource {
            if (kept) return bytes_of_text(kept);
            file->rewind();
            return [file](char* buffer, std::size_t count) { return file->read(buffer, count); };
          }};
}

}  // namespace covenant
