#include "core/base/staged_folder.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
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

bool is_page(std::string_view path) {
  return path.ends_with(".page");
}

constexpr std::chrono::milliseconds nobody_else(0);

StagedFolder::Tally publish(const Place& place, const Files& files) {
  StagedFolder folder(place.site(), is_page, nobody_else);
  for (const auto& [path, text] : files) {
    const std::string& bytes = text;
    folder.write(path, [&](TextSink& sink) { sink.write(bytes); });
  }
  return folder.commit();
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
    StagedFolder folder(place.site(), is_page, nobody_else);
    folder.write("a.page", [](TextSink& sink) { sink.write("new"); });
  }
  CHECK(read(place.site() / "a.page") == "A");
  CHECK(place.entries() == 1);
}

TEST_CASE("what a killed run left is removed by the next, and nothing that only looks like it") {
  const Place place;
  const fs::path left = place.root() / ".site.covenant-0123456789abcdef";
  fs::create_directories(left / "new/sub");
  write(left / "new/sub/a.page", "A");
  fs::permissions(left, fs::perms(0700));
  const std::vector<const char*> others = {
      ".site.covenant-notes", ".site.covenant-0123456789ABCDEF", ".other.covenant-0123456789abcdef",
      ".site.covenant-0123456789abcdef0", ".site.covenant-open0123456789ab"};
  for (const char* name : others) {
    fs::create_directory(place.root() / name);
    fs::permissions(place.root() / name, fs::perms(0700));
  }
  fs::create_directory(place.root() / ".site.covenant-1123456789abcdef");  // open to others
  fs::permissions(place.root() / ".site.covenant-1123456789abcdef", fs::perms(0755));
  write(place.root() / ".site.covenant-2123456789abcdef", "a file");
  fs::create_symlink("elsewhere", place.root() / ".site.covenant-3123456789abcdef");
  publish(place, {{"a.page", "A"}});
  CHECK_FALSE(fs::exists(left));
  CHECK(place.entries() == 1 + others.size() + 3);
}

TEST_CASE("files of others that a killed run had not carried over are, by the next") {
  const Place place;
  publish(place, {{"a.page", "A"}});
  write(place.site() / "both", "new");
  const fs::path left = place.root() / ".site.covenant-0123456789abcdef";
  fs::create_directories(left / "old/late");
  fs::permissions(left, fs::perms(0700));
  write(left / "old/index.html", "theirs");
  write(left / "old/late/photo", "theirs");
  write(left / "old/both", "old");
  write(left / "old/b.page", "ours");
  publish(place, {{"a.page", "A"}});
  CHECK(place.files() == std::set<std::string>{"a.page", "both", "index.html", "late/photo"});
  CHECK(read(place.site() / "both") == "new");
  CHECK(place.entries() == 1);
}

TEST_CASE("a run waits for another one that is under way") {
  const Place place;
  publish(place, {{"a.page", "A"}});
  {
    StagedFolder slow(place.site(), is_page, nobody_else);
    slow.write("a.page", [](TextSink& sink) { sink.write("slow"); });
    CHECK_THROWS_AS(publish(place, {{"a.page", "fast"}}), Error);
    slow.commit();
  }
  CHECK(read(place.site() / "a.page") == "slow");
  publish(place, {{"a.page", "fast"}});
  CHECK(read(place.site() / "a.page") == "fast");
  CHECK(place.entries() == 1);
}

TEST_CASE("what others do while the folder is made, and after their files were carried over, stays done") {
  const Place place;
  publish(place, {{"a.page", "A"}});
  for (const char* name : {"replaced", "removed", "kept"}) write(place.site() / name, "first");
  {
    bool is_saved = false;
    StagedFolder folder(
        place.site(),
        [&](std::string_view path) {
          // Called for each file of the target that was not written again: the first call is in the middle.
          if (path == "late.page" && !is_saved) {
            is_saved = true;
            write(place.root() / "saved", "second");
            fs::rename(place.root() / "saved", place.site() / "replaced");
            fs::remove(place.site() / "removed");
            write(place.site() / "created", "second");
          }
          return path.ends_with(".page");
        },
        nobody_else);
    write(place.site() / "late.page", "ours");
    folder.write("a.page", [](TextSink& sink) { sink.write("B"); });
    folder.commit();
  }
  CHECK(place.files() == std::set<std::string>{"a.page", "created", "kept", "replaced"});
  CHECK(read(place.site() / "replaced") == "second");
  CHECK(read(place.site() / "kept") == "first");
  CHECK(place.entries() == 1);
}

TEST_CASE("a link to the folder, and a link in it where a file or a folder belongs, is refused") {
  const Place place;
  fs::create_directory(place.root() / "victim");
  fs::create_directory_symlink("victim", place.site());
  CHECK_THROWS_WITH_AS(
      publish(place, {{"a.page", "A"}}),
      (place.site().string() + ": cannot write: it is a link to victim; name the folder itself").c_str(),
      Error);
  fs::remove(place.site());
  for (const char* name : {"sub", "a.page"}) {
    fs::create_directory(place.site());
    fs::create_symlink("../victim", place.site() / name);
    CHECK_THROWS_AS(publish(place, {{"a.page", "A"}, {"sub/b.page", "B"}}), Error);
    fs::remove_all(place.site());
  }
  CHECK(fs::is_empty(place.root() / "victim"));
  CHECK(place.entries() == 1);
}

TEST_CASE("somebody who replaces the folder while it is made stops the run and keeps what they put there") {
  const Place place;
  publish(place, {{"a.page", "A"}});
  StagedFolder folder(place.site(), is_page, nobody_else);
  folder.write("a.page", [](TextSink& sink) { sink.write("B"); });
  fs::rename(place.site(), place.root() / "moved");
  fs::create_directory(place.root() / "victim");
  fs::create_directory_symlink("victim", place.site());
  CHECK_THROWS_AS(folder.commit(), Error);
  CHECK(fs::read_symlink(place.site()) == "victim");
  CHECK(fs::is_empty(place.root() / "victim"));
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

TEST_CASE("a file in the place of the folder is refused") {
  const Place place;
  write(place.site(), "a file");
  CHECK_THROWS_AS(publish(place, {{"a.page", "A"}}), Error);
  CHECK(read(place.site()) == "a file");
}

TEST_CASE("a file that is kept is the target's own, and one that is not there cannot be kept") {
  const Place place;
  publish(place, {{"a.page", "A"}, {"sub/b.page", "B"}});
  StagedFolder folder(place.site(), is_page, nobody_else);
  CHECK(folder.keep("sub/b.page"));
  CHECK_FALSE(folder.keep("sub/c.page"));
  CHECK_FALSE(folder.keep("sub"));
  folder.write("a.page", [](TextSink& sink) { sink.write("new"); });
  const StagedFolder::Tally tally = folder.commit();
  CHECK(tally.files == 2);
  CHECK(tally.changed == 1);
  CHECK(tally.removed == 0);
  CHECK(read(place.site() / "sub" / "b.page") == "B");
}

TEST_CASE("where files are replaced one after another there is no seal until all are in their place") {
  const Place place;
  const auto put = [&](const std::string& text) {
    StagedFolder folder(place.site(), is_page, nobody_else, StagedFolder::Renewal::kept);
    folder.write("b.page", [&](TextSink& sink) { sink.write(text); });
    folder.write_seal("a.page", "seal of " + text);
    const bool is_in_the_way = text == "second";
    if (is_in_the_way) {
      fs::remove(place.site() / "b.page");
      fs::create_directory(place.site() / "b.page");
    }
    folder.commit();
  };
  put("first");
  CHECK(read(place.site() / "a.page") == "seal of first");
  CHECK_THROWS_AS(put("second"), Error);
  CHECK_FALSE(fs::exists(place.site() / "a.page"));
  fs::remove(place.site() / "b.page");
  put("third");
  CHECK(read(place.site() / "a.page") == "seal of third");
  CHECK(read(place.site() / "b.page") == "third");
}

TEST_CASE("what is for the owner alone is closed to others, whatever was there") {
  const Place place;
  publish(place, {{"a.page", "A"}, {"sub/b.page", "B"}});
  fs::permissions(place.site() / "a.page", fs::perms(0644));
  {
    StagedFolder folder(place.site(), is_page, nobody_else, StagedFolder::Renewal::exchanged,
                        Audience::owner);
    for (const char* path : {"a.page", "sub/b.page", "c.page"})
      folder.write(path, [&](TextSink& sink) { sink.write("A"); });
    CHECK(folder.commit().changed == 3);
  }
  for (const char* path : {"a.page", "sub/b.page", "c.page"})
    CHECK(fs::status(place.site() / path).permissions() == fs::perms(0600));
  for (const char* path : {"", "sub"})
    CHECK(fs::status(place.site() / path).permissions() == fs::perms(0700));
}
