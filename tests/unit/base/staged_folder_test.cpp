#include "core/base/staged_folder.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.hpp"

using namespace covenant;
namespace fs = std::filesystem;

namespace {

/// A folder with a site in it, gone at the end.
class Place {
 public:
  Place() {
    std::string name = fs::temp_directory_path() / "covenant-test-XXXXXX";
    root_ = ::mkdtemp(name.data());
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() { fs::remove_all(root_); }

  fs::path root() const { return root_; }
  fs::path site() const { return root_ / "site"; }

  /// Every file of the site.
  std::set<std::string> files() const {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(site())) {
      if (!entry.is_directory()) found.insert(entry.path().lexically_relative(site()));
    }
    return found;
  }

  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(root_), {}));
  }

 private:
  fs::path root_;
};

using Files = std::vector<std::pair<std::string, std::string>>;

StagedFolder::Tally publish(const Place& place, const Files& files) {
  StagedFolder folder(place.site());
  for (const auto& [path, text] : files) {
    const std::string& bytes = text;
    folder.write(path, [&](TextSink& sink) { sink.write(bytes); });
  }
  return folder.commit([](std::string_view path) { return path.ends_with(".page"); });
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

ino_t inode(const fs::path& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_ino;
}

}  // namespace

TEST_CASE("a folder appears with its files and nothing beside it") {
  const Place place;
  const auto tally = publish(place, {{"a.page", "A"}, {"deep/er/b.page", "B"}});
  CHECK(tally.files == 2);
  CHECK(tally.changed == 2);
  CHECK(place.files() == std::set<std::string>{"a.page", "deep/er/b.page"});
  CHECK(read(place.site() / "deep/er/b.page") == "B");
  CHECK(place.entries() == 1);
}

TEST_CASE("files whose bytes are the same keep their inode") {
  const Place place;
  publish(place, {{"a.page", "A"}, {"b.page", "B"}});
  const ino_t a = inode(place.site() / "a.page");
  const ino_t b = inode(place.site() / "b.page");
  const auto tally = publish(place, {{"a.page", "A"}, {"b.page", "changed"}});
  CHECK(tally.changed == 1);
  CHECK(tally.removed == 0);
  CHECK(inode(place.site() / "a.page") == a);
  CHECK(inode(place.site() / "b.page") != b);
}

TEST_CASE("a folder in which nothing differs is not replaced") {
  const Place place;
  publish(place, {{"a.page", "A"}});
  const ino_t folder = inode(place.site());
  CHECK(publish(place, {{"a.page", "A"}}).changed == 0);
  CHECK(inode(place.site()) == folder);
  CHECK(place.entries() == 1);
}

TEST_CASE("our files that were not written again go, those of others stay") {
  const Place place;
  publish(place, {{"a.page", "A"}, {"sub/b.page", "B"}});
  write(place.site() / "index.html", "theirs");
  write(place.site() / "sub/robots.txt", "theirs too");
  fs::create_directories(place.site() / "empty");
  fs::create_symlink("nowhere", place.site() / "link");
  const ino_t theirs = inode(place.site() / "index.html");
  const auto tally = publish(place, {{"a.page", "A"}});
  CHECK(tally.removed == 1);
  CHECK(place.files() == std::set<std::string>{"a.page", "index.html", "link", "sub/robots.txt"});
  CHECK(fs::is_directory(place.site() / "empty"));
  CHECK(inode(place.site() / "index.html") == theirs);
}

TEST_CASE("without commit the folder stays as it was") {
  const Place place;
  publish(place, {{"a.page", "A"}});
  {
    StagedFolder folder(place.site());
    folder.write("a.page", [](TextSink& sink) { sink.write("new"); });
  }
  CHECK(read(place.site() / "a.page") == "A");
  CHECK(place.entries() == 1);
}

TEST_CASE("what a killed run left behind is removed by the next") {
  const Place place;
  fs::create_directories(place.root() / ".site.covenant-abcdef/sub");
  publish(place, {{"a.page", "A"}});
  CHECK(place.entries() == 1);
}

TEST_CASE("a run does not disturb another one that is under way") {
  const Place place;
  StagedFolder slow(place.site());
  slow.write("a.page", [](TextSink& sink) { sink.write("slow"); });
  publish(place, {{"a.page", "fast"}});
  slow.commit([](std::string_view) { return false; });
  CHECK(read(place.site() / "a.page") == "slow");
  CHECK(place.entries() == 1);
}

TEST_CASE("a folder and its files keep their rights") {
  const Place place;
  publish(place, {{"a.page", "A"}, {"sub/b.page", "B"}});
  fs::permissions(place.site(), fs::perms(0750));
  fs::permissions(place.site() / "sub", fs::perms(0710));
  fs::permissions(place.site() / "a.page", fs::perms(0640));
  publish(place, {{"a.page", "new"}, {"sub/b.page", "B"}});
  CHECK(fs::status(place.site()).permissions() == fs::perms(0750));
  CHECK(fs::status(place.site() / "sub").permissions() == fs::perms(0710));
  CHECK(fs::status(place.site() / "a.page").permissions() == fs::perms(0640));
}

TEST_CASE("a folder that is reached by a link stays a link") {
  const Place place;
  fs::create_directory(place.root() / "real");
  fs::create_directory_symlink("real", place.site());
  publish(place, {{"a.page", "A"}});
  CHECK(fs::is_symlink(place.site()));
  CHECK(read(place.root() / "real/a.page") == "A");
}

TEST_CASE("a file in the place of the folder is refused") {
  const Place place;
  write(place.site(), "a file");
  CHECK_THROWS_AS(publish(place, {{"a.page", "A"}}), Error);
  CHECK(read(place.site()) == "a file");
}
