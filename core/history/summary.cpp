#include "core/history/summary.hpp"

#include <algorithm>
#include <string>

#include "core/history/event_record.hpp"

namespace covenant {

namespace {

/// The parts of a list are joined for people as a text has them.
std::string value_text(Column column, const std::string& text) {
  const ColumnShape shape = shape_of(column);
  if (shape != ColumnShape::categories && shape != ColumnShape::practices) return text;
  std::string joined;
  for (const char c : text) joined.append(c == ';' || c == '\n' ? "; " : std::string_view(&c, 1));
  return joined;
}

/// The beginning of a long text.
std::string shortened(std::string text) {
  constexpr std::size_t longest = 40;
  std::size_t end = std::min(text.find('\n'), longest);
  if (end >= text.size()) return text;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

/// Appends "NAME: VALUE", set apart from what comes before.
void append(std::string& what, std::string_view name, std::string_view value) {
  what.append(what.empty() ? "" : "; ").append(name).append(": ").append(value);
}

std::string change_text(const EventRecord::Values& before, const EventRecord::Values& after) {
  std::string what;
  const auto find = [](const EventRecord::Values& values, Column column) {
    return std::find_if(values.begin(), values.end(),
                        [&](const auto& value) { return value.first == column; });
  };
  for (const auto& [column, text] : after) {
    const auto was = find(before, column);
    const std::string now = shortened(value_text(column, text));
    append(what, code_of(column),
           was == before.end() ? now : shortened(value_text(column, was->second)) + " → " + now);
  }
  for (const auto& [column, text] : before) {
    if (find(after, column) == after.end())
      append(what, code_of(column), shortened(value_text(column, text)) + " → nothing");
  }
  return what;
}

/// What the event sealed and is no longer there, because it was erased or because the event emptied it.
void append_texts(std::string& what, const EventRecord& event, const std::vector<EventText>& erased) {
  for (const EventText text : event.texts) {
    if (std::find(erased.begin(), erased.end(), text) != erased.end()) {
      append(what, code_of(text), "erased");
    } else if (const auto column = column_of(text)) {
      const auto is_it = [&](const auto& value) { return value.first == *column; };
      if (std::none_of(event.set.begin(), event.set.end(), is_it)) append(what, code_of(text), "nothing");
    }
  }
}

/// "four-eyes: on → off", or "four-eyes: on, proposed: off".
std::string policy_text(const PolicyChange& change) {
  return std::string(code_of(change.to.policy()))
      .append(": ")
      .append(change.old.str())
      .append(change.step == PolicyStep::is_proposed ? ", proposed: " : " → ")
      .append(change.to.str());
}

}  // namespace

EventSummary summarise_event(Read& read, std::string_view body) {
  EventRecord event = parse_event(body);
  const std::vector<EventText> erased = read_texts(read, event);
  EventSummary summary{event.seq, event.at.str(), event.actor, event.action, event.partner, event.origin};
  summary.what += change_text(event.old, event.set);
  if (event.policy) summary.what += policy_text(*event.policy);
  if (!event.of) append_texts(summary.what, event, erased);
  if (event.note) append(summary.what, "note", shortened(event.note->str()));
  for (const auto& [field, digest] : event.sealed) {
    if (field != "texts")
      summary.what.append(summary.what.empty() ? "" : "; ").append(field).append(" sealed");
  }
  if (!event.erased.empty()) summary.what.append("; sealed values erased");
  if (event.clock)
    summary.what.append(summary.what.empty() ? "" : "; ").append("clock: ").append(event.clock->str());
  return summary;
}

}  // namespace covenant
