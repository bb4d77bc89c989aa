#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "core/history/record.hpp"
#include "core/model/deed.hpp"
#include "core/store/registry.hpp"

namespace covenant::random {

/// A moment of the given number of days after 2024-01-01, noon.
inline Instant noon(int days) {
  using namespace std::chrono;
  return Instant::of(sys_days{year{2024} / 1 / 1} + std::chrono::days(days) + hours(12));
}

inline Deed deed(int days) {
  return {noon(days), "tester", ActorSource::option, 1000, "0123456789abcdef"};
}

/// A registry file with its first event, gone at the end. What a test writes it never commits, so that every
/// run begins again.
class TemporaryRegistry {
 public:
  TemporaryRegistry()
      : path_(std::filesystem::temp_directory_path() / ("property-" + std::to_string(::getpid()) + ".db")) {
    remove();
    Registry::create(path_.string(), [](Write& write) { record_init(write, deed(0)); });
  }
  TemporaryRegistry(const TemporaryRegistry&) = delete;
  TemporaryRegistry& operator=(const TemporaryRegistry&) = delete;
  ~TemporaryRegistry() { remove(); }

  Registry open() const { return Registry::open(path_.string(), OpenMode::write, std::chrono::seconds(5)); }

 private:
  void remove() const {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path_.string() + suffix);
  }

  std::filesystem::path path_;
};

}  // namespace covenant::random
