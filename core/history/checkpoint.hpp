#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.hpp"
#include "core/base/ed25519.hpp"
#include "core/base/result.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// What a checkpoint says: the history of that origin had that root when it had that many events.
/// Source: C2SP tlog-checkpoint, in a C2SP signed note.
struct Checkpoint {
  std::string origin;
  std::uint64_t size;
  Digest root;
};

/// The checkpoint of the present history; signed when there is a key.
std::string make_checkpoint(Read& read, const Ed25519Key* key);

/// Whether today's history extends the checkpoint in a note that was kept; else the message says how not.
/// With a public key the checkpoint has to be signed by it.
std::optional<std::string> find_contradiction(Read& read, std::string_view note, const Ed25519Key* key);

/// The proof that a partner's last approval is in the history: a C2SP tlog-proof with the event as extra
/// data.
/// @throws Error{refused} when the partner was never approved
std::string make_proof(Read& read, const Partner& partner, const Ed25519Key* key);

/// The consistency path from the history of `from` events to that of today, base 64, one hash a line, after
/// the two sizes. @throws Error{usage} when there never was such a size
std::string make_extension(Read& read, std::uint64_t from);

}  // namespace covenant
