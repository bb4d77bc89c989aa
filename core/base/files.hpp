#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/base/output_place.hpp"
#include "core/base/sink.hpp"

namespace covenant {

class InputFile;

/// Visits the bytes of a file, a block at a time. @throws Error{file} when it cannot be read,
/// Error{`too_large`} when it has more than `most` bytes, whole MiB or KiB; both name it by its path.
void for_each_block(InputFile& file, const std::string& path, std::uint64_t most,
                    const std::function<void(std::string_view)>& visit,
                    ErrorKind too_large = ErrorKind::bad_input);

/// The bytes of a file. A named pipe is refused, since nothing may ever come out of it. @throws Error{file}
/// when it cannot be read, Error{`too_large`} when it has more than `most` bytes, whole MiB or KiB; both name
/// the file.
std::string read_file(const std::string& path, std::uint64_t most,
                      ErrorKind too_large = ErrorKind::bad_input);

/// Whether a file of this user's own can be read or written by others, which a private key must not.
/// Source: ssh(1), FILES. False also when there is none.
bool is_open_to_others(const std::string& path);

/// The first bytes of a file, at most so many. A named pipe is refused here too. @throws Error{file}
std::string read_beginning(const std::string& path, std::size_t most);

/// The last part of a path.
std::string file_name_of(std::string_view path);

/// What may be opened for reading.
enum class InputKind {
  any,            ///< a named pipe is waited for
  no_named_pipe,  ///< but a pipe of the shell's, as in "/dev/stdin"
  regular,        ///< a file that can be read twice
};

/// A file open for reading, one block at a time; "-" is standard input.
class InputFile {
 public:
  /// @throws Error{file} when it cannot be opened, or is of another kind.
  explicit InputFile(const std::string& path, InputKind kind = InputKind::any);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  /// Reads up to `size` bytes and returns how many; 0 at the end. @throws Error{file}
  std::size_t read(char* buffer, std::size_t size);
  /// Goes back to the first byte of a regular file. @throws Error{file}
  void rewind();

 private:
  void demand(InputKind kind) const;
  void close() const;
  [[noreturn]] void fail() const;

  std::string path_;
  int descriptor_;
};

/// Whether `AtomicFile::commit` replaced the target.
enum class FileOutcome { written, unchanged };

/// A file that appears whole or not at all: text goes to a file that has no name, and only `commit` moves it
/// to the target's. What the target is, and what stays of an older file, is as `OutputPlace` says; to a
/// device or a pipe text goes at once. @throws Error{file} when the folder or the file cannot be written; the
/// message names the target.
class AtomicFile final : public TextSink {
 public:
  AtomicFile(std::string target, Audience audience);

  void write(std::string_view text) override;
  void flush() override;

  /// Makes the text durable under the target's name. A target that already has the same bytes, and the rights
  /// of its audience, is not touched: it keeps its inode and times.
  FileOutcome commit();

 private:
  int open();
  bool is_unchanged() const;

  OutputPlace place_;
  Audience audience_;
  std::optional<Workplace> workplace_;  ///< where a file system has no files without a name
  Descriptor file_;
  FileSink sink_;
};

}  // namespace covenant
