#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace covenant {

/// The bytes of a file. @throws Error{file} when it cannot be read, Error{bad_input} when it has more than
/// `most` bytes; both name the file.
std::string read_file(const std::string& path, std::uint64_t most);

/// The first bytes of a file, at most so many. @throws Error{file}
std::string read_beginning(const std::string& path, std::size_t most);

/// The last part of a path.
std::string file_name_of(std::string_view path);

/// A file open for reading, one block at a time; "-" is standard input.
class InputFile {
 public:
  /// @throws Error{file} when it cannot be opened.
  explicit InputFile(const std::string& path);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();

  /// Reads up to `size` bytes and gives how many; 0 at the end. @throws Error{file}
  std::size_t read(char* buffer, std::size_t size);

 private:
  [[noreturn]] void fail() const;

  std::string path_;
  int descriptor_;
};

}  // namespace covenant
