#include "core/check/sealed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/history/event_record.hpp"
#include "core/store/event_table.hpp"
#include "core/store/sealed_table.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// "event 7: the sealed contact".
std::string shown(const SealedName& name) {
  return fmt::format("event {}: the sealed {}", name.seq, name.field);
}

/// The same as the subject of a sentence: "event 7: the sealed contact is".
std::string shown_to_be(const SealedName& name) {
  return shown(name) + (name.field == "texts" ? " are" : " is");
}

/// Field and hexadecimal digest, in the fields' order.
using Sealed = std::vector<std::pair<std::string, std::string>>;

/// The sealed values of an event by field, also when the rest of it cannot be read.
Sealed sealed_in(std::string_view body) {
  constexpr std::string_view member = ",\"sealed\":";
  const std::size_t at = body.find(member);
  if (at == std::string_view::npos) return {};
  CanonicalReader reader(body.substr(at + member.size()));
  Sealed sealed;
  for (std::string_view before = "{"; !reader.take("}"); before = ",") {
    auto field = reader.take(before) ? reader.string() : std::nullopt;
    auto digest = field && reader.take(":") ? reader.string() : std::nullopt;
    if (!digest) damaged("the sealed values of an event are not as they were written");
    sealed.emplace_back(*std::move(field), *std::move(digest));
  }
  return sealed;
}

bool is_erasure(std::string_view body) {
  // Within a string the quotes of the name would have a backslash before them.
  return body.find(",\"erased\":") != std::string_view::npos;
}

}  // namespace

SealedWalk::SealedWalk(Read& read, DamageSink report)
    : read_(read), report_(std::move(report)), values_(read) {
  next();
}

void SealedWalk::visit(const StoredEvent& event) {
  const auto visit_values = [&](const Sealed& sealed, std::optional<std::int64_t> of) {
    for (const auto& [field, digest] : sealed) visit_value({event.seq, field}, digest, of);
  };
  if (!is_erasure(event.body)) return visit_values(sealed_in(event.body), std::nullopt);
  const EventRecord erasure = parse_event(event.body);
  visit_values(erasure.sealed, erasure.of);
  for (const SealedName& name : erasure.erased) visit_erasure(name);
  if (erasure.of) visit_remainder(event.seq, *erasure.of, erasure.erased);
}

void SealedWalk::finish() {
  for (; is_there_; next()) report_unsealed();
  for (const SealedName& name : missing_) report_(shown_to_be(name) + " missing and never erased");
}

void SealedWalk::visit_value(const SealedName& name, const std::string& digest,
                             std::optional<std::int64_t> of) {
  for (; is_there_ && here() < name; next()) report_unsealed();
  if (!is_there_ || here() != name) {
    missing_.insert(name);
    return;
  }
  check_digest(name, digest);
  if (values_.of() != (name.field == "texts" ? of : std::nullopt))
    report_(shown_to_be(name) + " of another event than it says");
  next();
}

void SealedWalk::visit_erasure(const SealedName& name) {
  if (missing_.erase(name) > 0) return;
  if (find_sealed_value(read_, name.seq, name.field)) {
    report_(shown_to_be(name) + " there though an event erased it");
  } else {
    report_(fmt::format("event {}: it sealed no {} that could have been erased", name.seq, name.field));
  }
}

void SealedWalk::visit_remainder(std::int64_t seq, std::int64_t of, const std::vector<SealedName>& erased) {
  const bool replaces = std::any_of(erased.begin(), erased.end(), [&](const SealedName& name) {
    if (name.field != "texts") return false;
    const auto remainder = remainders_.find(name.seq);
    return (remainder == remainders_.end() ? name.seq : remainder->second) == of;
  });
  if (!replaces)
    report_(fmt::format("event {}: it erased no texts of event {}, which it sealed again", seq, of));
  remainders_.emplace(seq, of);
}

void SealedWalk::check_digest(const SealedName& name, const std::string& digest) {
  // HMAC fills a short key up with zero bytes, so that another salt could have the same digest.
  const std::string_view salt = values_.salt();
  if (salt.size() != salt_size) {
    report_(
        fmt::format("{} sealed with a salt of {} bytes, not {}", shown_to_be(name), salt.size(), salt_size));
  } else if (seal_digest(salt, name.field, values_.value()) != digest) {
    report_(shown_to_be(name) + " not what the event has the digest of");
  }
}

void SealedWalk::report_unsealed() {
  report_(shown_to_be(here()) + " there though the event does not name it");
}

void check_sealed(Read& read, const DamageSink& report) {
  SealedWalk walk(read, report);
  EventCursor events(read, {});
  while (events.next()) walk.visit(events.event());
  walk.finish();
}

}  // namespace covenant
