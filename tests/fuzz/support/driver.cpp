// fuzz TARGET ROUNDS SEEDS [DICTIONARY]: what libFuzzer does, but without its feedback: passes every file of
// the folder SEEDS to the target, and then as many of them damaged by chance. The inputs follow from the
// arguments. fuzz TARGET FILE…: passes these files alone. The input of a finding is written to
// TARGET.finding.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/targets.hpp"

namespace {

using Chance = std::mt19937;

std::size_t below(Chance& chance, std::size_t end) {
  return chance() % end;
}

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << "fuzz: cannot read " << path << '\n';
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> seeds_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  seeds.reserve(paths.size());
  for (const auto& path : paths) seeds.push_back(bytes_of_file(path));
  return seeds;
}

/// The words of a dictionary of libFuzzer: NAME="WORD", with \\, \" and \xAB.
std::vector<std::string> words_in(const std::filesystem::path& path) {
  std::vector<std::string> words;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t begin = line.find('"');
    if (line.starts_with('#') || begin == std::string::npos) continue;
    std::string word;
    for (std::size_t i = begin + 1; i + 1 < line.size(); ++i) {
      const bool is_escaped = line[i] == '\\';
      if (is_escaped) ++i;
      if (is_escaped && line[i] == 'x') {
        word += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
        i += 2;
      } else {
        word += line[i];
      }
    }
    words.push_back(word);
  }
  return words;
}

/// Cuts, doubles, overwrites, and puts in words.
std::string damaged(Chance& chance, std::string text, const std::vector<std::string>& words) {
  for (std::size_t times = 1 + below(chance, 6); times > 0; --times) {
    const std::size_t at = below(chance, text.size() + 1);
    const std::size_t size = below(chance, 9);
    switch (below(chance, words.empty() ? 4 : 5)) {
      case 0:
        text.erase(at, size);
        break;
      case 1:
        text.insert(at, text.substr(below(chance, text.size() + 1), size * 4));
        break;
      case 2:
        if (at < text.size()) text[at] = static_cast<char>(chance());
        break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ 1 << below(chance, 8));
        break;
      default:
        text.insert(at, words[below(chance, words.size())]);
    }
  }
  return text;
}

// What a signal's handler has to know.
std::array<char, 64> finding_path;
const char* input_bytes;
std::size_t input_size;

extern "C" void keep_input(int number) {
  const int file = ::open(finding_path.data(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file >= 0 && ::write(file, input_bytes, input_size) >= 0) ::close(file);
  static_cast<void>(std::signal(number, SIG_DFL));
  static_cast<void>(std::raise(number));
}

/// In memory that ends where the input does, so that the sanitizers see who reads on.
void examine(Target target, const std::string& input) {
  constexpr unsigned longest = 30;  // seconds
  const auto bytes = std::make_unique<std::uint8_t[]>(input.size());
  input.copy(reinterpret_cast<char*>(bytes.get()), input.size());
  input_bytes = input.data();
  input_size = input.size();
  ::alarm(longest);
  target(bytes.get(), input.size());
  ::alarm(0);
}

void examine_damaged(Target target, std::size_t rounds, const std::vector<std::string>& seeds,
                     const std::vector<std::string>& words) {
  constexpr unsigned seed = 20080129;
  Chance chance(seed);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same inputs each time
  for (std::size_t i = 0; i < rounds; ++i)
    examine(target, damaged(chance, seeds[below(chance, seeds.size())], words));
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> arguments(values + 1, values + count);
  const auto target = targets.find(arguments.empty() ? "" : arguments[0]);
  if (target == targets.end() || arguments.size() < 2) {
    std::cerr << "usage: fuzz TARGET ROUNDS SEEDS [DICTIONARY]\n       fuzz TARGET FILE…\n";
    return 2;
  }
  const std::string path = arguments[0].substr(0, 40) + ".finding";
  path.copy(finding_path.data(), path.size());
  for (const int number : {SIGABRT, SIGALRM, SIGSEGV, SIGFPE, SIGBUS})
    static_cast<void>(std::signal(number, keep_input));
  std::size_t rounds = 0;
  const auto [end, error] =
      std::from_chars(arguments[1].data(), arguments[1].data() + arguments[1].size(), rounds);
  if (error != std::errc() || *end != '\0' || arguments.size() < 3) {
    for (std::size_t i = 1; i < arguments.size(); ++i) examine(target->second, bytes_of_file(arguments[i]));
    return 0;
  }
  const std::vector<std::string> seeds = seeds_in(arguments[2]);
  for (const std::string& seed : seeds) examine(target->second, seed);
  examine_damaged(target->second, rounds, seeds,
                  arguments.size() > 3 ? words_in(arguments[3]) : std::vector<std::string>());
  return 0;
}
