#pragma once

#include <zip.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace covenant {

/// A ZIP archive in memory, of which nothing is ever unpacked into a file.
class Archive {
 public:
  struct Entry {
    std::string name;
    std::uint64_t size = 0;  ///< unpacked
  };

  /// Looks at the directory of the archive. @throws Unreadable when there is none, when it contradicts the
  /// files, when names are not clean relative paths or come twice, or beyond 100 files or 200 MiB unpacked.
  /// Source: PKWARE APPNOTE section 4.
  explicit Archive(std::string_view bytes);

  /// What is not a folder, in the order of the directory.
  const std::vector<Entry>& entries() const { return entries_; }
  /// The number of the entry of that name; -1 when there is none.
  int find(std::string_view name) const;

  /// The content of one entry, piece by piece.
  class File {
   public:
    File(zip_file_t* file, std::uint64_t size) : file_(file), left_(size) {}

    /// How many bytes were read, 0 at the end, -1 when the content is damaged.
    int read(char* to, int size);

   private:
    struct Close {
      void operator()(zip_file_t* file) const { zip_fclose(file); }
    };
    std::unique_ptr<zip_file_t, Close> file_;
    std::uint64_t left_;
  };

  /// Nothing when the content cannot be read: packed in an unknown way, or encrypted.
  std::unique_ptr<File> open(std::size_t number) const;
  /// All of one entry. @throws Unreadable when it is damaged.
  std::string read(std::size_t number) const;

 private:
  void add(std::uint64_t index);

  struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  std::unique_ptr<zip_t, Discard> archive_;
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> indexes_;  ///< of the entries in the directory
};

}  // namespace covenant
