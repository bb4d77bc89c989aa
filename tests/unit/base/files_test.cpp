#include "core/base/files.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "core/base/error.hpp"

using namespace covenant;

namespace {

/// A folder that is gone at the end.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / "covenant-test-XXXXXX") {
    std::string name = path_.string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }

  std::string file(const char* name) const { return (path_ / name).string(); }
  std::size_t count() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

ino_t inode(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_ino;
}

FileOutcome write(const std::string& path, const std::string& text) {
  AtomicFile file(path, Audience::everybody);
  file.write(text);
  return file.commit();
}

}  // namespace

TEST_CASE("without commit nothing has happened") {
  const Folder folder;
  write(folder.file("list"), "old");
  {
    AtomicFile file(folder.file("list"), Audience::everybody);
    file.write(std::string(1 << 20, 'x'));
    CHECK(read(folder.file("list")) == "old");
  }
  CHECK(read(folder.file("list")) == "old");
  CHECK(folder.count() == 1);
}

TEST_CASE("commit replaces the file and leaves nothing beside it") {
  const Folder folder;
  CHECK(write(folder.file("list"), "old") == FileOutcome::written);
  CHECK(write(folder.file("list"), "new") == FileOutcome::written);
  CHECK(read(folder.file("list")) == "new");
  CHECK(folder.count() == 1);
}

TEST_CASE("what a killed run left is removed by the next that writes the same file") {
  const Folder folder;
  for (const char* name : {".list.covenant-0123456789abcdef", ".other.covenant-0123456789abcdef"}) {
    std::filesystem::create_directory(folder.file(name));
    std::filesystem::permissions(folder.file(name), std::filesystem::perms(0700));
  }
  write(folder.file("list"), "new");
  CHECK(folder.count() == 2);
  CHECK(std::filesystem::exists(folder.file(".other.covenant-0123456789abcdef")));
}

TEST_CASE("the same bytes leave the file as it is") {
  const Folder folder;
  write(folder.file("list"), "same");
  const ino_t before = inode(folder.file("list"));
  CHECK(write(folder.file("list"), "same") == FileOutcome::unchanged);
  CHECK(inode(folder.file("list")) == before);
  CHECK(folder.count() == 1);
}

TEST_CASE("a replaced file keeps its mode") {
  const Folder folder;
  write(folder.file("list"), "old");
  REQUIRE(::chmod(folder.file("list").c_str(), 0640) == 0);
  write(folder.file("list"), "new");
  struct stat status {};
  REQUIRE(::stat(folder.file("list").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0640);
}

TEST_CASE("a link is refused, and the message says where it leads") {
  const Folder folder;
  write(folder.file("list"), "old");
  const std::string link = folder.file("link");
  std::filesystem::create_symlink("list", link);
  CHECK_THROWS_WITH_AS(write(link, "new"),
                       (link + ": cannot write: it is a link to list; name the file itself").c_str(), Error);
  CHECK(std::filesystem::is_symlink(link));
  CHECK(read(folder.file("list")) == "old");
}

TEST_CASE("a link that appears while the file is written is refused, too") {
  const Folder folder;
  write(folder.file("victim"), "old");
  AtomicFile file(folder.file("list"), Audience::everybody);
  file.write("new");
  std::filesystem::create_symlink("victim", folder.file("list"));
  CHECK_THROWS_AS(file.commit(), Error);
  CHECK(read(folder.file("victim")) == "old");
}

TEST_CASE("a file that appears while another is written is replaced") {
  const Folder folder;
  AtomicFile file(folder.file("list"), Audience::everybody);
  file.write("new");
  write(folder.file("list"), "theirs");
  file.commit();
  CHECK(read(folder.file("list")) == "new");
  CHECK(folder.count() == 1);
}

TEST_CASE("what is for the owner alone is so also where the same bytes were for others") {
  const Folder folder;
  write(folder.file("list"), "same");
  AtomicFile file(folder.file("list"), Audience::owner);
  file.write("same");
  CHECK(file.commit() == FileOutcome::written);
  struct stat status {};
  REQUIRE(::stat(folder.file("list").c_str(), &status) == 0);
  CHECK((status.st_mode & 07777) == 0600);
}

TEST_CASE("a folder or a missing folder cannot be written, and the message names the target") {
  const Folder folder;
  const std::string missing = folder.file("none/list");
  CHECK_THROWS_WITH_AS((AtomicFile{missing, Audience::everybody}),
                       (missing + ": cannot write: No such file or directory").c_str(), Error);
  CHECK_THROWS_AS((AtomicFile{folder.file("."), Audience::everybody}), Error);
}
