#include "core/history/event_texts.hpp"

#include "core/base/error.hpp"
#include "core/history/event_body.hpp"
#include "core/model/stored_text.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// Writes names and values side by side.
class TextsWriter {
 public:
  explicit TextsWriter(TextsToSeal& texts) : texts_(texts), names_(texts.names), values_(texts.value) {}

  /// A text, or a list whose parts are separated by line feeds.
  void add(EventText text, std::string_view value) {
    begin(text);
    if (!is_list(text)) {
      values_.value(value);
      return;
    }
    values_.begin_array();
    while (!value.empty()) {
      const std::size_t end = std::min(value.find('\n'), value.size());
      values_.value(value.substr(0, end));
      value.remove_prefix(std::min(end + 1, value.size()));
    }
    values_.end_array();
  }

  void add_list(EventText text, const std::vector<std::string>& parts) {
    begin(text);
    values_.begin_array();
    for (const std::string& part : parts) values_.value(part);
    values_.end_array();
  }

  void finish() {
    if (!any_) return;
    names_.end_array();
    values_.end_object();
  }

 private:
  void begin(EventText text) {
    if (!any_) {
      constexpr std::size_t common_size = 1024;
      texts_.value.reserve(common_size);
      names_.begin_array();
      values_.begin_object();
    }
    any_ = true;
    names_.value(code_of(text));
    values_.key(code_of(text));
  }

  TextsToSeal& texts_;
  JsonWriter names_;
  JsonWriter values_;
  bool any_ = false;
};

void add_own(TextsWriter& writer, EventText text, const Change& change) {
  if (text == "note"_text && change.note != nullptr) writer.add(text, change.note->str());
  if (text == "because"_text && change.because != nullptr) writer.add(text, change.because->str());
  if (text == "recipient"_text && change.letter != nullptr && change.letter->recipient)
    writer.add(text, change.letter->recipient->str());
  if (text == "message_id"_text && change.letter != nullptr && change.letter->message_id)
    writer.add(text, change.letter->message_id->str());
  const Commitment* commitment = change.commitment;
  if (text == "sources"_text && change.verification != nullptr && !change.verification->sources.empty()) {
    std::vector<std::string> parts;
    for (const Remark& source : change.verification->sources) parts.push_back(source.str());
    writer.add_list(text, parts);
  }
  if (text == "note"_text && change.further != nullptr && change.further->note)
    writer.add(text, change.further->note->str());
  if (text == "file_name"_text && change.further != nullptr && change.further->document.name)
    writer.add(text, change.further->document.name->str());
  if (commitment == nullptr) return;
  if (is_of_judgement(text) && commitment->judgement) {
    const std::vector<std::string> parts = parts_of(*commitment->judgement, code_of(text));
    if (parts.empty()) return;
    is_list(text) ? writer.add_list(text, parts) : writer.add(text, parts.front());
  }
  if (text == "exception"_text && commitment->exception) writer.add(text, commitment->exception->str());
  if (text == "file_name"_text && commitment->document && commitment->document->name)
    writer.add(text, commitment->document->name->str());
  if (text == "signed_by"_text && commitment->signed_by) writer.add(text, commitment->signed_by->str());
}

/// The column where it differs from what was before.
void add_column(TextsWriter& writer, EventText text, Column column, const Change& change) {
  std::string made;
  std::string made_before;
  const std::string_view now = column_view(change.after, column, made);
  const std::string_view before =
      change.before == nullptr ? std::string_view() : column_view(*change.before, column, made_before);
  if (now != before) writer.add(text, now);
}

}  // namespace

TextsToSeal texts_of(const Change& change) {
  TextsToSeal texts;
  TextsWriter writer(texts);
  if (change.action == Action::erase) {
    if (change.remaining != nullptr) {
      for (const auto& [text, parts] : change.remaining->texts) {
        if (is_list(text)) {
          writer.add_list(text, parts);
        } else {
          writer.add(text, parts.front());
        }
      }
    }
  } else {
    for (const EventText text : all_event_texts) {
      if (const auto column = column_of(text)) {
        add_column(writer, text, *column, change);
      } else {
        add_own(writer, text, change);
      }
    }
  }
  writer.finish();
  return texts;
}

namespace {

[[noreturn]] void not_as_written() {
  damaged("sealed texts are not as they were written");
}

/// A text, or a part of a list; empty where the text was emptied.
std::string read_part(CanonicalReader& reader, EventText text) {
  auto part = reader.string();
  if (!part) not_as_written();
  const bool is_sound = is_of_judgement(text) ? is_part(code_of(text), *part)
                                              : part->empty() || is_clean_text(*part, long_text_rule);
  if (!is_sound) not_as_written();
  return *std::move(part);
}

std::vector<std::string> read_list(CanonicalReader& reader, EventText text) {
  std::vector<std::string> parts;
  for (std::string_view before = "["; reader.take(before); before = ",") {
    if (parts.empty() && reader.take("]")) return parts;
    parts.push_back(read_part(reader, text));
  }
  if (!reader.take("]")) not_as_written();
  return parts;
}

}  // namespace

TextValues parse_texts(std::string_view json) {
  CanonicalReader reader(json);
  TextValues texts;
  for (std::string_view before = "{"; reader.take(before); before = ",") {
    const auto name = reader.string();
    const auto text = name ? from_code<EventText>(*name) : std::nullopt;
    if (!text || (!texts.empty() && *text <= texts.back().first) || !reader.take(":")) not_as_written();
    texts.emplace_back(*text,
                       is_list(*text) ? read_list(reader, *text) : std::vector{read_part(reader, *text)});
  }
  if (texts.empty() || !reader.take("}") || !reader.is_at_end()) not_as_written();
  return texts;
}

}  // namespace covenant
