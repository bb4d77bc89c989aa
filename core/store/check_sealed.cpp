#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/store/check_tables.hpp"
#include "core/store/event_record.hpp"
#include "core/store/sealed_table.hpp"

namespace covenant {

namespace {

/// What some event erased, and whether an event was met that had sealed it.
std::map<SealedName, bool> erased_names(Read& read) {
  std::map<SealedName, bool> erased;
  // Within a string the quotes of the name would have a backslash before them.
  Query query = read.query("SELECT body FROM event WHERE instr(body, '\"erased\":') ORDER BY seq");
  while (query.step()) {
    for (const SealedName& name : parse_event(query.text(0)).erased) erased.emplace(name, false);
  }
  return erased;
}

/// The sealed values of an event by field, without reading the whole of it.
nlohmann::json sealed_in(std::string_view body) {
  constexpr std::string_view member = "\"sealed\":";
  const std::size_t at = body.find(member);
  if (at == std::string_view::npos) return nlohmann::json::object();
  body.remove_prefix(at + member.size());
  auto sealed = nlohmann::json::parse(body.substr(0, body.find('}') + 1), nullptr, false);
  if (!sealed.is_object())
    throw Error(ErrorKind::damaged, "the registry is damaged: an event seals no object");
  return sealed;
}

/// Goes through the events and the sealed values side by side: both are in the order of the events.
class SealedWalk {
 public:
  SealedWalk(Read& read, const Fault& fault)
      : fault_(fault),
        erased_(erased_names(read)),
        values_(read.query("SELECT seq, field, salt, value FROM sealed ORDER BY seq, field")) {
    next();
  }

  void visit(std::int64_t seq, std::string_view body) {
    const nlohmann::json sealed = sealed_in(body);
    for (const auto& [field, digest] : sealed.items()) {
      visit_value({seq, field}, digest.is_string() ? digest.get<std::string>() : std::string());
    }
  }

  void finish() {
    for (; is_there_; next()) tell_unsealed();
    for (const auto& [name, was_sealed] : erased_) {
      if (was_sealed) continue;
      fault_(fmt::format("event {}: it sealed no {} that could have been erased", name.seq, name.field));
    }
  }

 private:
  void visit_value(const SealedName& name, const std::string& digest) {
    for (; is_there_ && here() < name; next()) tell_unsealed();
    const bool is_stored = is_there_ && here() == name;
    const auto erased = erased_.find(name);
    const bool is_erased = erased != erased_.end();
    if (is_erased) erased->second = true;
    const std::string what = fmt::format("event {}: the sealed {}", name.seq, name.field);
    if (is_stored && is_erased) fault_(what + " is there though it was erased");
    if (!is_stored && !is_erased) fault_(what + " is missing and was never erased");
    if (!is_stored) return;
    check_digest(what, name.field, digest);
    next();
  }

  void check_digest(const std::string& what, const std::string& field, const std::string& digest) {
    // HMAC fills a short key up with zero bytes, so that another salt could have the same digest.
    const std::string_view salt = values_.text(2);
    if (salt.size() != salt_size) {
      fault_(fmt::format("{} has a salt of {} bytes, not {}", what, salt.size(), salt_size));
    } else if (seal_digest(salt, field, values_.text(3)) != digest) {
      fault_(what + " does not have the digest that the event says");
    }
  }

  SealedName here() const { return {values_.integer(0), std::string(values_.text(1))}; }
  void next() { is_there_ = values_.step(); }

  void tell_unsealed() {
    fault_(fmt::format("event {}: the sealed {} is there though the event says nothing of it", here().seq,
                       here().field));
  }

  const Fault& fault_;
  std::map<SealedName, bool> erased_;
  Query values_;
  bool is_there_ = false;
};

}  // namespace

void check_sealed(Read& read, const Fault& fault) {
  SealedWalk walk(read, fault);
  Query events = read.query("SELECT seq, body FROM event ORDER BY seq");
  while (events.step()) walk.visit(events.integer(0), events.text(1));
  walk.finish();
}

}  // namespace covenant
