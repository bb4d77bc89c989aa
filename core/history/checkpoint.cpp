#include "core/history/checkpoint.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/base/merkle.hpp"
#include "core/history/record.hpp"
#include "core/store/event_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

constexpr std::string_view dash = "\xE2\x80\x94";  // U+2014, before every signature of a signed note
constexpr std::size_t key_id_size = 4;

/// Source: C2SP signed-note, "Signatures": the hash of name, line feed, signature type and public key.
std::string key_id(std::string_view origin, const Ed25519Key& key) {
  const Digest digest = sha256({origin, "\n", std::string_view("\x01", 1), key.public_bytes()});
  return std::string(bytes_of(digest).substr(0, key_id_size));
}

std::string note_text(const Checkpoint& checkpoint) {
  return fmt::format("{}\n{}\n{}\n", checkpoint.origin, checkpoint.size,
                     to_base64(bytes_of(checkpoint.root)));
}

std::string take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string line(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::optional<Checkpoint> parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint{take_line(text), 0, {}};
  const std::string size = take_line(text);
  const auto root = from_base64(take_line(text));
  const auto [rest, error] = std::from_chars(size.data(), size.data() + size.size(), checkpoint.size);
  const bool is_size =
      error == std::errc() && rest == size.data() + size.size() && (size == "0" || !size.starts_with('0'));
  const bool is_sound =
      !checkpoint.origin.empty() && is_size && root && root->size() == checkpoint.root.size();
  if (!is_sound) return std::nullopt;
  root->copy(reinterpret_cast<char*>(checkpoint.root.data()), checkpoint.root.size());
  return checkpoint;
}

/// A line "— NAME BASE64".
struct Signature {
  std::string_view name;
  std::string bytes;  ///< of the key's id and the signature
};

std::optional<Signature> signature_in(std::string_view line) {
  const std::string begin = fmt::format("{} ", dash);
  if (!line.starts_with(begin)) return std::nullopt;
  line.remove_prefix(begin.size());
  const std::size_t end = line.find(' ');
  if (end == 0 || end == std::string_view::npos) return std::nullopt;
  auto bytes = from_base64(line.substr(end + 1));
  if (!bytes || bytes->size() <= key_id_size) return std::nullopt;
  return Signature{line.substr(0, end), *std::move(bytes)};
}

/// Whether the key signed the text before the blank line. After it are lines of signatures and nothing else;
/// those of other keys do not matter, but each of the key's has to be good. Source: C2SP signed-note,
/// "Verifying".
bool is_signed_by(std::string_view note, const Checkpoint& checkpoint, const Ed25519Key& key) {
  const std::size_t blank = note.find("\n\n");
  if (blank == std::string_view::npos || !note.ends_with('\n')) return false;
  const std::string_view text = note.substr(0, blank + 1);
  bool is_signed = false;
  for (std::string_view rest = note.substr(blank + 2); !rest.empty();) {
    const std::string line = take_line(rest);
    const auto signature = signature_in(line);
    if (!signature) return false;
    if (signature->name != checkpoint.origin || !signature->bytes.starts_with(key_id(checkpoint.origin, key)))
      continue;
    if (!key.verify(text, std::string_view(signature->bytes).substr(key_id_size))) return false;
    is_signed = true;
  }
  return is_signed;
}

std::string base64_lines(const std::vector<Digest>& path) {
  std::string lines;
  for (const Digest& digest : path) lines += to_base64(bytes_of(digest)) + "\n";
  return lines;
}

}  // namespace

std::string make_checkpoint(Read& read, const Ed25519Key* key) {
  const std::uint64_t size = log_size(read);
  const Checkpoint checkpoint{origin_of(read), size, log_root(read, 0, size)};
  std::string note = note_text(checkpoint);
  if (key == nullptr) return note;
  const std::string signature = to_base64(key_id(checkpoint.origin, *key) + key->sign(note));
  return note + fmt::format("\n{} {} {}\n", dash, checkpoint.origin, signature);
}

std::optional<std::string> find_contradiction(Read& read, std::string_view note, const Ed25519Key* key) {
  const auto checkpoint = parse_checkpoint(note);
  if (!checkpoint) return "the checkpoint is not one: three lines, origin, size and root";
  if (key != nullptr && !is_signed_by(note, *checkpoint, *key))
    return "the checkpoint is not signed by that key";
  if (checkpoint->origin != origin_of(read)) {
    return fmt::format("the checkpoint is of {}, this is {}", in_brief(checkpoint->origin), origin_of(read));
  }
  const std::uint64_t size = log_size(read);
  if (checkpoint->size > size) {
    return fmt::format("the history has {} events, the checkpoint {}: the end is missing", size,
                       checkpoint->size);
  }
  if (log_root(read, 0, checkpoint->size) != checkpoint->root) {
    return fmt::format("the first {} events are not those of the checkpoint", checkpoint->size);
  }
  return std::nullopt;
}

std::string make_proof(Read& read, const Partner& partner, const Ed25519Key* key) {
  const auto approval = find_last_approval(read, partner.id);
  if (!approval) {
    throw Error(ErrorKind::refused,
                fmt::format("{} was never approved; there is nothing to prove", partner.id.str()));
  }
  const auto index = static_cast<std::uint64_t>(approval->seq - 1);
  const RootOf root_of = [&](std::uint64_t begin, std::uint64_t end) { return log_root(read, begin, end); };
  const auto path = inclusion_path(index, log_size(read), root_of);
  return fmt::format("c2sp.org/tlog-proof@v1\nextra {}\nindex {}\n{}\n{}", to_base64(approval->body), index,
                     base64_lines(path), make_checkpoint(read, key));
}

std::string make_extension(Read& read, std::uint64_t from) {
  const std::uint64_t size = log_size(read);
  if (from == 0 || from > size) {
    throw Error(ErrorKind::usage,
                fmt::format("{} is not a size of this history; sizes are 1 to {}", from, size));
  }
  const RootOf root_of = [&](std::uint64_t begin, std::uint64_t end) { return log_root(read, begin, end); };
  return fmt::format("{} {}\n{}", from, size, base64_lines(consistency_path(from, size, root_of)));
}

}  // namespace covenant
