#include "core/check/sealed.hpp"

#include <fmt/format.h>

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

}  // namespace

SealedWalk::SealedWalk(Read& read, DamageSink report)
    : read_(read), report_(std::move(report)), values_(read) {
  next();
}

void SealedWalk::visit(std::int64_t seq, const std::vector<std::pair<std::string, std::string>>& sealed,
                       const std::vector<SealedName>& erased) {
  for (const auto& [field, digest] : sealed) visit_value({seq, field}, digest);
  for (const SealedName& name : erased) visit_erasure(name);
}

void SealedWalk::finish() {
  for (; is_there_; next()) report_unsealed();
  for (const SealedName& name : missing_) report_(shown(name) + " is missing and was never erased");
}

void SealedWalk::visit_value(const SealedName& name, const std::string& digest) {
  for (; is_there_ && here() < name; next()) report_unsealed();
  if (!is_there_ || here() != name) {
    missing_.insert(name);
    return;
  }
  check_digest(name, digest);
  next();
}

void SealedWalk::visit_erasure(const SealedName& name) {
  if (missing_.erase(name) > 0) return;
  if (find_sealed_value(read_, name.seq, name.field)) {
    report_(shown(name) + " is there though it was erased");
  } else {
    report_(fmt::format("event {}: it sealed no {} that could have been erased", name.seq, name.field));
  }
}

void SealedWalk::check_digest(const SealedName& name, const std::string& digest) {
  // HMAC fills a short key up with zero bytes, so that another salt could have the same digest.
  const std::string_view salt = values_.salt();
  if (salt.size() != salt_size) {
    report_(fmt::format("{} has a salt of {} bytes, not {}", shown(name), salt.size(), salt_size));
  } else if (seal_digest(salt, name.field, values_.value()) != digest) {
    report_(shown(name) + " does not have the digest that the event says");
  }
}

void SealedWalk::report_unsealed() {
  report_(shown(here()) + " is there though the event says nothing of it");
}

namespace {

using Sealed = std::vector<std::pair<std::string, std::string>>;

/// The sealed values of an event by field, also when the rest of it cannot be read.
Sealed sealed_in(std::string_view body) {
  constexpr std::string_view member = "\"sealed\":";
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

std::vector<SealedName> erased_in(std::string_view body) {
  // Within a string the quotes of the name would have a backslash before them.
  if (body.find("\"erased\":") == std::string_view::npos) return {};
  return parse_event(body).erased;
}

}  // namespace

void check_sealed(Read& read, const DamageSink& report) {
  SealedWalk walk(read, report);
  EventCursor events(read, {});
  while (events.next()) {
    const auto [seq, body, leaf] = events.event();
    walk.visit(seq, sealed_in(body), erased_in(body));
  }
  walk.finish();
}

}  // namespace covenant
