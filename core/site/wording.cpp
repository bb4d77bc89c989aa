#include "core/site/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/error.hpp"
#include "core/model/text.hpp"
#include "core/site/locale.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/utf8.hpp"

// By hand: the library that reads such files ends the program by itself when it meets one that is not well
// formed, and gives no place to it.

namespace covenant {

namespace {

/// Whether some language has the message: English has no catalogue, and another may lack one.
bool is_known(std::string_view message) {
  return std::any_of(by_own_name.begin(), by_own_name.end(),
                     [&](OfficialLanguage language) { return Catalogue::of(language).has(message); });
}

/// The names in braces.
std::set<std::string_view> placeholders(std::string_view message) {
  std::set<std::string_view> names;
  for (std::size_t open = message.find('{'); open != std::string_view::npos; open = message.find('{')) {
    message.remove_prefix(open + 1);
    names.insert(message.substr(0, message.find('}')));
  }
  return names;
}

class WordingReader {
 public:
  WordingReader(std::string_view text, std::string_view file, std::optional<OfficialLanguage> language)
      : rest_(text), file_(file), language_(language) {}

  Wording read() {
    if (rest_.size() > most_bytes_of_wording)
      refuse(fmt::format("the file has more than {} bytes", most_bytes_of_wording));
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
    if (find_invalid_utf8(rest_)) refuse("the file is not UTF-8");
    while (!rest_.empty()) {
      const std::size_t end = rest_.find('\n');
      line(trimmed(rest_.substr(0, end)));
      ++line_;
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    }
    finish_entry();
    if (begun_on_ == 0) refuse("the file has no message");
    if (!language_) refuse(R"(the header names no language; write "Language: lv\n" there)");
    return {*language_, std::move(messages_)};
  }

 private:
  enum class Part { none, message, plural, form };

  [[noreturn]] void refuse(const std::string& why) const {
    throw Error(ErrorKind::bad_input, fmt::format("{}:{}: {}", file_, line_, why));
  }

  void line(std::string_view text) {
    if (text.empty()) return;
    if (text.starts_with('#')) return comment(text);
    if (text.starts_with('"')) return append(text);
    const std::size_t space = std::min(text.find_first_of(" \t\""), text.size());
    keyword(text.substr(0, space));
    append(trimmed(text.substr(space)));
  }

  void comment(std::string_view text) {
    if (part_ == Part::form) finish_entry();
    if (text.starts_with("#,") && text.find("fuzzy") != std::string_view::npos) is_fuzzy_ = true;
  }

  void keyword(std::string_view word) {
    if (word == "msgid") {
      finish_entry();
      begun_on_ = line_;
      part_ = Part::message;
    } else if (word == "msgid_plural" && part_ == Part::message) {
      part_ = Part::plural;
      has_plural_ = true;
    } else if (word.starts_with("msgstr") && part_ != Part::none) {
      const std::string expected = has_plural_ ? fmt::format("msgstr[{}]", forms_.size()) : "msgstr";
      if (word != expected) refuse(fmt::format("{} is not '{}'", in_quotes(word), expected));
      part_ = Part::form;
      forms_.emplace_back();
    } else {
      refuse(fmt::format("{} is out of place; see covenant-export(1), WORDING", in_quotes(word)));
    }
  }

  void append(std::string_view quoted) {
    if (part_ == Part::none || quoted.size() < 2 || !quoted.ends_with('"') || !quoted.starts_with('"'))
      refuse("a text in quotes is expected");
    quoted = quoted.substr(1, quoted.size() - 2);
    std::string& to = part_ == Part::message ? message_ : part_ == Part::plural ? plural_ : forms_.back();
    for (std::size_t i = 0; i < quoted.size(); ++i) {
      if (quoted[i] == '"') refuse("a quote within a text is written \\\"");
      to += quoted[i] == '\\' ? unescaped(quoted, ++i) : quoted[i];
    }
  }

  char unescaped(std::string_view quoted, std::size_t at) const {
    const char escaped = at < quoted.size() ? quoted[at] : '\0';
    if (escaped == 'n') return '\n';
    if (escaped == '"' || escaped == '\\') return escaped;
    refuse(R"(only \n, \" and \\ are escapes here)");
  }

  void finish_entry() {
    if (part_ == Part::none) return;
    const std::size_t here = std::exchange(line_, begun_on_);
    if (part_ != Part::form) refuse("the message has no translation; add msgstr");
    if (message_.empty()) {
      read_header();
    } else {
      take_message();
    }
    line_ = here;
    part_ = Part::none;
    is_fuzzy_ = has_plural_ = false;
    message_.clear();
    plural_.clear();
    forms_.clear();
  }

  void read_header() {
    constexpr std::string_view label = "Language:";
    const std::string& header = forms_.front();
    const std::string lower = lower_case(header);
    const std::size_t charset = lower.find("charset=");
    if (charset != std::string::npos && !std::string_view(lower).substr(charset).starts_with("charset=utf-8"))
      refuse("the header names another encoding than UTF-8");
    const std::size_t at = header.find(label);
    if (at == std::string::npos) return;
    const std::string_view value = std::string_view(header).substr(at + label.size());
    const std::string_view code = trimmed(value.substr(0, value.find('\n')));
    language_ = from_code<OfficialLanguage>(code.substr(0, code.find_first_of("-_")));
    if (!language_) refuse(fmt::format("{} is not an official language", in_quotes(code)));
  }

  void take_message() {
    if (is_fuzzy_ || std::all_of(forms_.begin(), forms_.end(), [](const auto& form) { return form.empty(); }))
      return;
    if (!language_) refuse("the header, which names the language, comes first");
    if (!is_known(message_)) {
      refuse(fmt::format("{} is not a message of this version", in_quotes(message_)));
    }
    const std::size_t wanted = has_plural_ ? Catalogue::of(*language_).plural_categories().size() : 1;
    if (forms_.size() != wanted)
      refuse(fmt::format("the message has {} forms; the language has {}", forms_.size(), wanted));
    for (const std::string& form : forms_) {
      if (placeholders(form) != placeholders(message_))
        refuse(fmt::format("{} does not have the placeholders of {}", in_quotes(form), in_quotes(message_)));
      if (form.find('\n') != std::string::npos) refuse("a message has one line");
    }
    if (!messages_.emplace(message_, std::move(forms_)).second)
      refuse(fmt::format("{} is given twice", in_quotes(message_)));
  }

  std::string_view rest_;
  std::string_view file_;
  std::size_t line_ = 1;
  std::size_t begun_on_ = 0;
  std::optional<OfficialLanguage> language_;
  std::map<std::string, std::vector<std::string>, std::less<>> messages_;
  Part part_ = Part::none;
  bool is_fuzzy_ = false;
  bool has_plural_ = false;
  std::string message_;
  std::string plural_;
  std::vector<std::string> forms_;
};

}  // namespace

Wording read_wording(std::string_view text, std::string_view file, std::optional<OfficialLanguage> language) {
  return WordingReader(text, file, language).read();
}

}  // namespace covenant
