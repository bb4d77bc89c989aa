// Signed checkpoints: under a key no text is taken but the one that was signed, and without a key none but
// what the history says. In the input {origin}, {size}, {root} and {signature} are those of a registry made
// for the purpose; after a zero byte come places and what to change there, two bytes each.
#include "core/history/checkpoint.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "core/base/ed25519.hpp"
#include "core/store/registry.hpp"
#include "tests/fuzz/support/fuzz.hpp"

namespace covenant::fuzz {

namespace {

/// A registry, a key, and the checkpoint of the one signed by the other.
class World {
 public:
  World()
      : key_(Ed25519Key::private_key(private_key, "key")),
        registry_(Registry::open(write_scratch("checkpoint.db", sound_registry()), OpenMode::read,
                                 std::chrono::seconds(0))),
        read_(registry_.read()),
        note_(make_checkpoint(read_, &key_)) {}

  Read& read() { return read_; }
  const Ed25519Key& key() const { return key_; }
  /// The three lines that are signed.
  std::string_view text() const { return std::string_view(note_).substr(0, note_.find("\n\n") + 1); }
  /// A line of the note, from 0.
  std::string_view line(std::size_t number) const {
    std::string_view rest = note_;
    for (; number > 0; --number) rest.remove_prefix(rest.find('\n') + 1);
    return rest.substr(0, rest.find('\n'));
  }
  /// What is after the dash and the origin.
  std::string_view signature() const { return line(4).substr(line(4).rfind(' ') + 1); }

 private:
  Ed25519Key key_;
  Registry registry_;
  Read read_;
  std::string note_;
};

void replace_all(std::string& text, std::string_view name, std::string_view value) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
    text.replace(at, name.size(), value);
}

std::string note_of(std::string_view input, const World& world) {
  const std::size_t end = std::min(input.find('\0'), input.size());
  std::string note(input.substr(0, end));
  replace_all(note, "{origin}", world.line(0));
  replace_all(note, "{size}", world.line(1));
  replace_all(note, "{root}", world.line(2));
  replace_all(note, "{signature}", world.signature());
  Pieces changes(input.substr(std::min(end + 1, input.size())));
  while (!changes.is_at_end()) {
    const std::size_t at = changes.byte();
    const unsigned bits = changes.byte();
    if (note.empty()) continue;
    char& changed = note[at % note.size()];
    changed = static_cast<char>(static_cast<unsigned char>(changed) ^ bits);
  }
  return note;
}

void examine(std::string_view input) {
  static World world;
  const std::string note = note_of(input, world);
  if (!find_contradiction(world.read(), note, &world.key()))
    demand(note.starts_with(std::string(world.text()) + "\n"), "another text is taken under the key");
  if (find_contradiction(world.read(), note, nullptr)) return;
  demand(note.starts_with(std::string(world.line(0)) + "\n"), "a checkpoint of another origin is taken");
}

}  // namespace

}  // namespace covenant::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  covenant::fuzz::examine(covenant::fuzz::text_of(bytes, size));
  return 0;
}
