#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/sink.hpp"
#include "core/base/text_sink.hpp"

namespace covenant {

/// Whether `AtomicFile::commit` replaced the target.
enum class FileOutcome { written, unchanged };

/// A file that appears whole or not at all: text goes to a temporary file beside the target, and only
/// `commit` syncs it and renames it over. Destruction without `commit` removes the temporary file.
/// @throws Error{file} when the folder or the file cannot be written; the message names the target.
class AtomicFile final : public TextSink {
 public:
  explicit AtomicFile(std::string target);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile() override;

  void write(std::string_view text) override;
  void flush() override;

  /// Makes the text durable under the target's name. A target that already holds the same bytes is not
  /// touched: it keeps its inode and times.
  FileOutcome commit();

 private:
  void sync_and_rename();
  [[noreturn]] void fail(const char* doing) const;

  std::string target_;
  std::string temporary_;
  int descriptor_ = -1;
  std::optional<FileSink> sink_;
};

}  // namespace covenant
