#include "tests/fuzz/support/fuzz.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "cli/app.hpp"
#include "core/base/sink.hpp"

namespace covenant::fuzz {

namespace {

/// A folder that is removed when the process ends.
class Folder {
 public:
  Folder() {
    const std::filesystem::path memory = "/dev/shm";
    const auto above =
        std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
    std::string name = (above / "covenant-fuzz-XXXXXX").string();
    demand(::mkdtemp(name.data()) != nullptr, "no folder to work in");
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

constexpr std::string_view partners =
    R"(reference,name,acronym,categories,level,membership_based,country,city,website,contact_name,contact_email,practices
A/1,Union of the Baltic Cities,UBC,civil-society,european,yes,PL,Gdańsk,https://baltic.example.org/,Desk,desk@example.org,Heat map <https://baltic.example.org/heat>
A/2,Fédération d’Énergie,,industrial,international,yes,FR,,https://energie.example.org/,Desk,desk@example.org,
A/3,Ένωση δήμων,,financial,european,yes,GR,,https://xn--bcher-kva.example/,Desk,desk@example.org,
A/4,Local Works,,financial,european,yes,LV,,https://works.example.org/,Desk,desk@example.org,
A/5,Waiting Society,,other,local,no,DE,,https://waiting.example.org/,Desk,desk@example.org,
A/6,Ended Union,,financial,european,yes,SE,,https://ended.example.org/,Desk,desk@example.org,
)";

void done(const std::vector<std::string>& arguments) {
  const Ran ran = run_program(arguments);
  demand(ran.code == ExitCode::done, "the sound registry cannot be made: " + ran.err);
}

std::string make_sound_registry() {
  const std::string path = write_scratch("sound.db", "");
  std::filesystem::remove(path);
  const std::string csv = write_scratch("sound.csv", partners);
  const std::string commitment = write_scratch("commitment.png", "\x89PNG\r\n\x1a\nsigned");
  const std::vector<std::string> registry = {"--registry", path};
  const auto run = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), registry.begin(), registry.end());
    done(arguments);
  };
  run({"init"});
  run({"apply", "--csv", csv});
  run({"verify", "1", "2", "3", "4", "6", "--source", "statutes"});
  run({"approve", "1", "--commitment", commitment, "--signed-by", "Contact Desk"});
  run({"approve", "2", "--no-commitment", "on paper"});
  run({"approve", "6", "--commitment", commitment});
  run({"revoke", "6", "--reason", "merged", "--successor", "1", "--note", "joined the other"});
  run({"update", "1", "--city", "Gdynia", "--practice", "Evening school"});
  run({"withdraw", "3"});
  run({"erase", "3", "--contact"});
  run({"correct", "1", "--signed-on", "2026-01-02", "--because", "Misread"});
  run({"update", "2", "--city", "Sopot"});
  run({"undo", "--last"});
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Ran run_program(const std::vector<std::string>& arguments) {
  using namespace std::chrono;
  StringSink out;
  StringSink err;
  Env env{out,
          err,
          {},
          {},
          [](const char*) { return std::optional<std::string>(); },
          Instant::of(sys_days{year{2026} / 3 / 1}),
          1000,
          [] { return std::string("tester"); }};
  const ExitCode code = run_app(arguments, env);
  demand(code != ExitCode::fault, err.text());
  return {code, out.text(), err.text()};
}

std::string scratch(std::string_view name) {
  static const Folder folder;
  return (folder.path() / name).string();
}

std::string write_scratch(std::string_view name, std::string_view bytes) {
  std::string path = scratch(name);
  for (const char* suffix : {"-wal", "-shm", "-journal"}) std::filesystem::remove(path + suffix);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  demand(file.good(), "cannot write to the folder to work in");
  return path;
}

const std::string& sound_registry() {
  static const std::string bytes = make_sound_registry();
  return bytes;
}

}  // namespace covenant::fuzz
