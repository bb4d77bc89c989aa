#include "core/history/event_record.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/base/error.hpp"
#include "core/history/event_body.hpp"
#include "core/model/criteria.hpp"
#include "core/model/deed.hpp"
#include "core/model/stored_text.hpp"
#include "core/store/event_table.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// Reads members in their canonical order; `is_sound_` turns false at the first that is not as it should be.
class EventReader {
 public:
  explicit EventReader(std::string_view body)
      : json_(body), size_(body.size()), version_(body.ends_with(",\"v\":1}") ? 1 : present_version) {}

  EventRecord read() {
    EventRecord record{.version = version_,
                       .seq = 0,
                       .prev = {},
                       .at = Instant::of({}),
                       .clock = std::nullopt,
                       .actor = {},
                       .uid = 0,
                       .run = {},
                       .action = string("{\"action\":"),
                       .origin = {},
                       .partner = std::nullopt,
                       .set = {},
                       .old = {},
                       .verification = std::nullopt,
                       .commitment = std::nullopt,
                       .ending = std::nullopt,
                       .policies = std::nullopt,
                       .policy = std::nullopt,
                       .note = std::nullopt,
                       .because = std::nullopt,
                       .letter = std::nullopt,
                       .sealed = {},
                       .texts = {},
                       .further = std::nullopt,
                       .erased_document = std::nullopt,
                       .emptied = {},
                       .erased = {},
                       .undoes = std::nullopt,
                       .of = std::nullopt};
    read_deed(record);
    if (record.action == "init") {
      record.origin = string(",\"origin\":");
      demand(is_origin(record.origin));
      read_link(record);
      record.seq = number(",\"seq\":", 1);
    } else if (record.action == "policy") {
      read_policy(record);
      read_link(record);
      record.seq = number(",\"seq\":", 1);
    } else {
      read_change(record);
    }
    record.uid = number(",\"uid\":", 0);
    if (record.action == code_of(Action::undo)) read_undoing(record);
    demand(number(",\"v\":", 1) == version_ && json_.take("}") && json_.is_at_end());
    if (!is_sound_) {
      damaged(fmt::format("an event is not as it was written, near byte {}", fault_));
    }
    return record;
  }

 private:
  void demand(bool is_so) {
    if (is_sound_ && !is_so) fault_ = size_ - json_.size();
    is_sound_ = is_sound_ && is_so;
  }

  std::string string(std::string_view name) {
    auto text = json_.take(name) ? json_.string() : std::nullopt;
    demand(text.has_value());
    return std::move(text).value_or(std::string());
  }

  std::int64_t number(std::string_view name, std::int64_t least) {
    const auto value = json_.take(name) ? json_.number() : std::nullopt;
    demand(value && *value >= least);
    return value.value_or(least);
  }

  std::string hex(std::string_view name, std::size_t digits) {
    std::string text = string(name);
    demand(is_hex(text, digits));
    return text;
  }

  /// A text as the version that wrote it may have read it.
  template <class T>
  static Result<T> read(std::string_view text) {
    if constexpr (requires { T::parse(text, Strictness::stored); }) {
      return T::parse(text, Strictness::stored);
    } else {
      return T::parse(text);
    }
  }

  template <class T>
  std::optional<T> parsed(std::string_view text) {
    auto value = read<T>(text);
    demand(value.ok());
    if (!value) return std::nullopt;
    return *std::move(value);
  }

  void read_deed(EventRecord& record) {
    record.actor = string(",\"actor\":");
    const auto actor = read<PersonText>(record.actor);
    demand(actor && actor->str() == record.actor);
    demand(from_code<ActorSource>(string(",\"actor_source\":")).has_value());
    const auto at = parsed<Instant>(string(",\"at\":"));
    if (at) record.at = *at;
    if (is_of_version_1() || !json_.take(",\"clock\":")) return;
    record.clock = parsed<Instant>(string(""));
    demand(record.clock && record.at - *record.clock > clock_tolerance);
  }

  void read_change(EventRecord& record) {
    const auto action = from_code<Action>(record.action);
    demand(action && (*action <= Action::erase || !is_of_version_1()));
    const bool may_have_commitment = action == Action::renew || action == Action::correct;
    if (action == Action::approve) demand(json_.take(",\"commitment\":{"));
    if (action == Action::approve || (may_have_commitment && json_.take(",\"commitment\":{")))
      read_commitment(record, *action);
    if (action == Action::correct && json_.take(",\"ending\":{")) read_ending(record);
    if (action == Action::evidence && json_.take(",\"document\":{")) read_further(record);
    if (action == Action::erase && !is_of_version_1()) read_emptied(record);
    if (action == Action::erase) read_erased(record);
    if (action == Action::verify) read_findings(record);
    if (action == Action::letter) read_letter(record);
    read_values(",\"new\":{", record.set);
    if (action == Action::erase && !is_of_version_1() && json_.take(",\"of\":")) record.of = number("", 1);
    read_values(",\"old\":{", record.old);
    record.partner = PartnerId(number(",\"partner\":", 1));
    if (action == Action::approve && !is_of_version_1()) demand(json_.take(R"(,"policies":{")"));
    if ((action == Action::approve && !is_of_version_1()) ||
        ((action == Action::undo || (record.commitment && action == Action::correct)) &&
         json_.take(R"(,"policies":{")")))
      read_policies(record);
    read_link(record);
    read_sealed(record);
    record.seq = number(",\"seq\":", 1);
    if (is_of_version_1()) {
      if (action == Action::verify) read_sources(record);
    } else {
      read_text_names(record);
    }
  }

  bool is_of_version_1() const { return version_ == 1; }

  /// The value of a policy, which follows `name`.
  PolicyValue policy_value(Policy policy, std::string_view name) {
    const auto value = PolicyValue::parse(policy, string(name));
    demand(value.ok());
    return value ? *value : PolicyValue(policy);
  }

  void read_policy(EventRecord& record) {
    const auto policy = from_code<Policy>(string(R"(,"policy":{"name":)"));
    demand(policy.has_value() && !is_of_version_1());
    if (!policy) return;
    const PolicyValue weakest(*policy);
    PolicyChange change{weakest, weakest, PolicyStep::is_proposed};
    if (json_.take(",\"new\":")) {
      change.step = PolicyStep::takes_effect;
      change.to = policy_value(*policy, "");
    }
    change.old = policy_value(*policy, ",\"old\":");
    if (change.step == PolicyStep::is_proposed) change.to = policy_value(*policy, ",\"proposed\":");
    demand(json_.take("}"));
    record.policy = change;
  }

  void read_policies(EventRecord& record) {
    std::string_view before;
    record.policies.emplace();
    for (const Policy policy : policies_by_name) {
      demand(json_.take(before) && json_.take(code_of(policy)));
      record.policies->set(policy_value(policy, "\":"));
      before = ",\"";
    }
    demand(json_.take("}"));
  }

  void read_link(EventRecord& record) {
    record.prev = hex(",\"prev\":", 64);
    if (record.action == code_of(Action::evidence) && !record.further) read_removed(record);
    record.run = hex(",\"run\":", 16);
  }

  void read_undoing(EventRecord& record) {
    Undoing undoing;
    std::string_view before = R"(,"undoes":{"events":[)";
    do {
      const std::int64_t seq = number(before, 1);
      demand(seq < record.seq && (undoing.events.empty() || undoing.events.back() < seq));
      undoing.events.push_back(seq);
      before = "";
    } while (is_sound_ && json_.take(","));
    demand(json_.take("]"));
    undoing.run = hex(",\"run\":", 16);
    demand(json_.take("}"));
    record.undoes = std::move(undoing);
  }

  void read_ending(EventRecord& record) {
    std::optional<EndReason> reason;
    const bool has_reason = json_.take("\"end_reason\":");
    if (has_reason) {
      reason = from_code<EndReason>(string(""));
      demand(reason.has_value());
    }
    const auto on = parsed<Date>(string(has_reason ? ",\"ended_on\":" : "\"ended_on\":"));
    demand(json_.take("}"));
    if (on) record.ending = Ended{*on, reason};
  }

  void read_commitment(EventRecord& record, Action action) {
    std::optional<Document> document;
    std::optional<Remark> exception;
    const bool has_document = json_.take("\"document\":{");
    if (has_document) document = read_document();
    if (!has_document && is_of_version_1()) exception = parsed<Remark>(string("\"exception\":"));
    const bool may_be_read = has_document && !is_of_version_1();
    const auto part = may_be_read ? optional_digest(",\"part\":") : std::nullopt;
    const bool is_first = !has_document && !is_of_version_1();
    const auto received_on = parsed<Date>(string(is_first ? "\"received_on\":" : ",\"received_on\":"));
    const auto signed_file = may_be_read ? optional_digest(",\"signed_file\":") : std::nullopt;
    std::optional<Date> signed_on;
    if (json_.take(",\"signed_on\":")) signed_on = parsed<Date>(string(""));
    std::optional<Judgement> judgement;
    if (may_be_read && json_.take(",\"verdict\":")) {
      const auto verdict = from_code<SignatureVerdict>(string(""));
      demand(verdict.has_value());
      judgement = Judgement{
          .verdict = verdict.value_or(SignatureVerdict::unchecked), .part = part, .signed_file = signed_file};
    }
    demand(judgement || (!part && !signed_file));
    demand(json_.take("}"));
    if (!received_on) return;
    record.commitment =
        Commitment{.received_on = *received_on,
                   .signed_on = signed_on,
                   .signed_by = std::nullopt,
                   .document = std::move(document),
                   .exception = std::move(exception),
                   .judgement = std::move(judgement),
                   .kind = action == Action::renew ? CommitmentKind::renewal : CommitmentKind::joining};
  }

  std::optional<std::string> optional_digest(std::string_view before) {
    return json_.take(before) ? std::optional(hex("", 64)) : std::nullopt;
  }

  std::optional<Document> read_document() {
    std::optional<FileName> name;
    if (is_of_version_1()) name = parsed<FileName>(string("\"name\":"));
    std::string sha256 = hex(is_of_version_1() ? ",\"sha256\":" : "\"sha256\":", 64);
    const auto size = static_cast<std::uint64_t>(number(",\"size\":", 1));
    std::string type = string(",\"type\":");
    demand(json_.take("}"));
    return Document{std::move(name), std::move(type), size, std::move(sha256)};
  }

  void read_further(EventRecord& record) {
    const auto added_on = parsed<Date>(string("\"added_on\":"));
    demand(json_.take(","));
    auto document = read_document();
    if (added_on && document) record.further = FurtherDocument{*added_on, *std::move(document), std::nullopt};
  }

  void read_removed(EventRecord& record) {
    ErasedDocument erased{hex(R"(,"removed":{"sha256":)", 64), 0};
    erased.size = static_cast<std::uint64_t>(number(",\"size\":", 1));
    demand(json_.take("}"));
    record.erased_document = std::move(erased);
  }

  void read_emptied(EventRecord& record) {
    for (std::string_view before = ",\"emptied\":["; json_.take(before); before = ",") {
      const auto text = from_code<EventText>(string(""));
      const auto column = text ? column_of(*text) : std::nullopt;
      demand(column && (record.emptied.empty() || code_of(record.emptied.back()) < code_of(*column)));
      if (column) record.emptied.push_back(*column);
    }
    demand(record.emptied.empty() || json_.take("]"));
  }

  void read_erased(EventRecord& record) {
    std::string_view before = ",\"erased\":[[";
    do {
      const std::int64_t seq = number(before, 1);
      record.erased.push_back({seq, string(",")});
      demand(json_.take("]"));
      before = "[";
    } while (is_sound_ && json_.take(","));
    demand(json_.take("]"));
  }

  void read_findings(EventRecord& record) {
    Verification verification;
    std::string_view before = R"(,"findings":{")";
    for (const Criterion criterion : criteria_by_name) {
      demand(json_.take(before) && json_.take(code_of(criterion)));
      const std::string by = string(R"(":{"by":)");
      demand(by == "person" || by == "rule");
      const auto verdict = from_code<Verdict>(string(",\"result\":"));
      demand(verdict.has_value() && json_.take("}"));
      if (verdict) verification.findings[static_cast<std::size_t>(criterion)] = {*verdict, by == "person"};
      before = ",\"";
    }
    demand(json_.take("}"));
    record.verification = std::move(verification);
  }

  void read_letter(EventRecord& record) {
    const auto kind = from_code<LetterKind>(string(R"(,"letter":{"kind":)"));
    const auto on = parsed<Date>(string(",\"on\":"));
    demand(kind && json_.take("}"));
    if (kind && on) record.letter = Letter{*kind, *on, std::nullopt};
  }

  void read_sources(EventRecord& record) {
    if (!json_.take(",\"sources\":[")) return;
    do {
      auto source = parsed<Remark>(string(""));
      if (source) record.verification->sources.push_back(*std::move(source));
    } while (is_sound_ && json_.take(","));
    demand(json_.take("]"));
  }

  void read_sealed(EventRecord& record) {
    if (!json_.take(",\"sealed\":{")) return;
    if (json_.take("\"contact\":")) record.sealed.emplace_back("contact", hex("", 64));
    const std::string_view second = is_of_version_1() ? R"(,"signed_by":)" : R"(,"texts":)";
    if (json_.take(second.substr(record.sealed.empty() ? 1 : 0)))
      record.sealed.emplace_back(is_of_version_1() ? "signed_by" : "texts", hex("", 64));
    demand(!record.sealed.empty() && json_.take("}"));
  }

  /// The names of what is sealed in the field 'texts', sorted.
  void read_text_names(EventRecord& record) {
    if (json_.take(",\"texts\":[")) {
      do {
        const auto text = from_code<EventText>(string(""));
        demand(text.has_value() && (record.texts.empty() || record.texts.back() < *text));
        if (text) record.texts.push_back(*text);
      } while (is_sound_ && json_.take(","));
      demand(json_.take("]"));
    }
    const bool seals_texts = !record.sealed.empty() && record.sealed.back().first == "texts";
    demand(seals_texts != record.texts.empty());
    demand(record.action != code_of(Action::erase) || seals_texts == record.of.has_value());
    if (record.action == code_of(Action::erase)) return;
    for (const EventText text : record.texts) demand(fits(text, record));
    demand(record.action != code_of(Action::note) || names(record, "note"_text));
    const bool has_because = record.action == code_of(Action::correct) || record.erased_document;
    demand(has_because == names(record, "because"_text));
    demand(!record.letter || names(record, "recipient"_text));
    demand(!record.further || names(record, "file_name"_text));
    if (record.commitment) {
      const bool has_document = record.commitment->document.has_value();
      const bool is_correction = record.action == code_of(Action::correct);  // of what may be erased by then
      const bool has_name = names(record, "file_name"_text);
      const bool has_reason = names(record, "exception"_text);
      demand(has_name ? has_document : is_correction || !has_document);
      demand(has_reason ? !has_document : is_correction || has_document);
      const auto& judgement = record.commitment->judgement;
      const bool is_invalid = judgement && judgement->verdict == SignatureVerdict::invalid;
      const bool is_accepted = names(record, "accept_invalid"_text);
      demand(is_accepted ? is_invalid : is_correction || !is_invalid);
      demand(!names(record, "unread"_text) ||
             (judgement && judgement->verdict == SignatureVerdict::unchecked));
    }
  }

  static bool names(const EventRecord& record, EventText text) {
    return std::find(record.texts.begin(), record.texts.end(), text) != record.texts.end();
  }

  /// Whether events of that action may have the text.
  static bool fits(EventText text, const EventRecord& record) {
    const bool has_note =
        record.action == code_of(Action::note) || record.action == code_of(Action::renew) || record.further;
    if (column_of(text)) return true;
    if (text == "because"_text) return record.action == code_of(Action::correct) || record.erased_document;
    if (text == "note"_text) return has_note;
    if (text == "recipient"_text) return record.letter.has_value();
    if (text == "message_id"_text) return record.letter && asks_for_commitment(record.letter->kind);
    if (text == "sources"_text) return record.verification.has_value();
    if (is_of_judgement(text)) return record.commitment && record.commitment->judgement;
    return record.commitment.has_value() || (text == "file_name"_text && record.further);
  }

  void read_values(std::string_view name, EventRecord::Values& values) {
    if (!json_.take(name)) return;
    std::string last;
    do {
      std::string key = string("");
      const auto column = from_code<Column>(key);
      const bool is_known = column && (is_of_version_1() ? is_recorded(*column) : is_in_the_clear(*column));
      demand(is_known && key > last && json_.take(":"));
      if (!is_sound_) return;
      values.emplace_back(*column, value(shape_of(*column)));
      last = std::move(key);
    } while (json_.take(","));
    demand(json_.take("}"));
  }

  std::string value(ColumnShape shape) {
    switch (shape) {
      case ColumnShape::text:
      case ColumnShape::yes_or_no:
        return string("");
      case ColumnShape::number:
        return std::to_string(number("", 0));
      case ColumnShape::categories:
        return list(';');
      case ColumnShape::practices:
        return list('\n');
    }
    return "";
  }

  std::string list(char separator) {
    demand(json_.take("["));
    std::string text = string("");
    while (is_sound_ && json_.take(",")) text.append(1, separator).append(string(""));
    demand(json_.take("]"));
    return text;
  }

  CanonicalReader json_;
  std::size_t size_;
  std::int64_t version_;
  bool is_sound_ = true;
  std::size_t fault_ = 0;
};

}  // namespace

const std::string* find_value(const EventRecord::Values& values, Column column) {
  const auto found =
      std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == column; });
  return found == values.end() ? nullptr : &found->second;
}

EventRecord parse_event(std::string_view body) {
  return EventReader(body).read();
}

namespace {

/// A list as a column has it.
std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text.append(text.empty() ? "" : "\n").append(part);
  return text;
}

void set_text(EventRecord& event, EventText text, const std::vector<std::string>& parts) {
  if (const auto column = column_of(text)) {
    if (std::string value = joined(parts); !value.empty()) event.set.emplace_back(*column, std::move(value));
  } else if (text == "sources"_text) {
    for (const std::string& part : parts) event.verification->sources.push_back(stored(Remark::parse(part)));
  } else if (text == "note"_text) {
    event.note = stored(Remark::parse(parts.front()));
    if (event.further) event.further->note = event.note;
  } else if (text == "because"_text) {
    event.because = stored(Remark::parse(parts.front()));
  } else if (text == "recipient"_text) {
    event.letter->recipient = stored(Email::parse(parts.front()));
  } else if (text == "message_id"_text) {
    event.letter->message_id = stored(MessageId::parse(parts.front()));
  } else if (text == "file_name"_text) {
    (event.further ? event.further->document : *event.commitment->document).name =
        stored(FileName::parse(parts.front()));
  } else if (text == "exception"_text) {
    event.commitment->exception = stored(Remark::parse(parts.front()));
  } else if (is_of_judgement(text)) {
    for (const std::string& part : parts) add_part(*event.commitment->judgement, code_of(text), part);
  } else if (text == "signed_by"_text) {
    event.commitment->signed_by = stored(PersonText::parse(parts.front()));
  }
}

}  // namespace

std::vector<EventText> read_texts(Read& source, EventRecord& event) {
  if (event.texts.empty() || event.of) return {};
  const auto sealed = find_texts(source, event.seq);
  if (!sealed) return event.texts;
  std::vector<EventText> erased = event.texts;
  for (const auto& [text, parts] : parse_texts(sealed->value)) {
    const auto named = std::find(erased.begin(), erased.end(), text);
    if (named == erased.end())
      damaged(fmt::format("event {} names no {} among its texts", event.seq, code_of(text)));
    erased.erase(named);
    set_text(event, text, parts);
  }
  if (!sealed->of && !erased.empty())
    damaged(
        fmt::format("event {} names a text that it did not seal: {}", event.seq, code_of(erased.front())));
  return erased;
}

EventRecord read_event(Read& source, std::string_view body) {
  EventRecord event = parse_event(body);
  read_texts(source, event);
  return event;
}

}  // namespace covenant
