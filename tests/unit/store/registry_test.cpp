#include "core/store/registry.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace covenant {

namespace {

/// A backup, which is a plain file, in a folder of its own.
class PlainCopy {
 public:
  PlainCopy() : folder_(std::filesystem::temp_directory_path() / fmt::format("registry-{}", ::getpid())) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    const std::string original = folder_ / "original.db";
    Registry::create(original, [](Write&) {});
    Registry::open(original, OpenMode::write, no_wait).back_up(path());
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(original + suffix);
  }
  PlainCopy(const PlainCopy&) = delete;
  PlainCopy& operator=(const PlainCopy&) = delete;
  ~PlainCopy() { std::filesystem::remove_all(folder_); }

  Registry open(OpenMode mode) const { return Registry::open(path(), mode, no_wait); }

  std::string bytes() const {
    std::ifstream file(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  bool is_alone() const { return std::distance(std::filesystem::directory_iterator(folder_), {}) == 1; }

 private:
  static constexpr std::chrono::milliseconds no_wait{0};

  std::string path() const { return folder_ / "copy.db"; }

  std::filesystem::path folder_;
};

/// Writes more than is kept in memory of a registry that is written to.
void write_much(Write& write) {
  const std::string value(std::size_t{1} << 20U, 'x');
  for (int i = 0; i < 2 * large_cache; ++i)
    write.query("INSERT INTO property (name, value) VALUES (?1, ?2)").with(std::to_string(i), value).run();
}

}  // namespace

TEST_CASE("a dry run never writes to a plain file, nor a journal beside it, however much it changes") {
  const PlainCopy copy;
  const std::string before = copy.bytes();
  {
    Registry registry = copy.open(OpenMode::dry_run);
    Write write = registry.write();
    write_much(write);
    CHECK(copy.bytes() == before);
    CHECK(copy.is_alone());
  }
  CHECK(copy.bytes() == before);
  CHECK(copy.is_alone());
}

TEST_CASE("whoever writes to a plain file makes it a registry with a log") {
  const PlainCopy copy;
  Registry registry = copy.open(OpenMode::write);
  Write write = registry.write();
  write_much(write);
  CHECK_FALSE(copy.is_alone());
}

}  // namespace covenant
