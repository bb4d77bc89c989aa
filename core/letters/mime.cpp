#include "core/letters/mime.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/model/text.hpp"
#include "core/text/ascii.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

/// RFC 2047 allows 76 characters in a line with an encoded word, RFC 2045 in one of an encoded body.
constexpr std::size_t longest_line = 76;

/// Longer words are encoded, so that the line can be broken within them.
constexpr std::size_t longest_plain_word = 60;

/// The bytes as "=C5=86".
std::string in_hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes)
    fmt::format_to(std::back_inserter(text), "={:02X}", static_cast<unsigned char>(byte));
  return text;
}

/// Takes one character off a text, as its bytes.
std::string_view take_character(std::string_view& text) {
  const std::string_view before = text;
  take_code_point(text);
  return before.substr(0, before.size() - text.size());
}

/// A text without what could end a line or a header, in one line.
std::string one_line(std::string_view text) {
  std::string line;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view character = take_character(rest);
    const bool is_control = !is_clean_utf8(character, LineFeeds::refused);
    if (!is_control) line.append(character);
    if (is_control && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

/// The words of a text, which blanks separate.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// Writes one header and folds it between its words.
class HeaderLine {
 public:
  HeaderLine(std::string& out, std::string_view name) : out_(out), taken_(name.size() + 1) {
    out_.append(name).append(":");
  }
  HeaderLine(const HeaderLine&) = delete;
  HeaderLine& operator=(const HeaderLine&) = delete;
  ~HeaderLine() { out_.append("\r\n"); }

  /// A word that is not broken.
  HeaderLine& word(std::string_view word) {
    if (room() < word.size()) fold();
    out_.append(" ").append(word);
    taken_ += 1 + word.size();
    return *this;
  }

  /// How long a word can be that has its place on this line.
  std::size_t room() const { return taken_ + 1 < longest_line ? longest_line - taken_ - 1 : 0; }
  void fold() {
    out_.append("\r\n");
    taken_ = 0;
  }

 private:
  std::string& out_;
  std::size_t taken_;
};

constexpr std::string_view encoded_begin = "=?utf-8?q?";
constexpr std::string_view encoded_end = "?=";

/// What may be in an encoded word of a name without being encoded. Source: RFC 2047, section 5 (3).
bool is_plain_in_words(char c) {
  return is_letter(c) || is_digit(c) || std::string_view("!*+-/").find(c) != std::string_view::npos;
}

/// A character as it is in an encoded word.
std::string in_word(std::string_view character) {
  if (character == " ") return "_";
  const bool is_plain = character.size() == 1 && is_plain_in_words(character.front());
  return is_plain ? std::string(character) : in_hex(character);
}

/// Adds a text as encoded words; none of them ends within a character.
void add_encoded(HeaderLine& line, std::string_view text) {
  constexpr std::size_t frame = encoded_begin.size() + encoded_end.size();
  constexpr std::size_t longest_character = 12;  // four bytes
  std::string word;
  const auto finish = [&] {
    line.word(std::string(encoded_begin).append(word).append(encoded_end));
    word.clear();
  };
  if (line.room() < frame + longest_character) line.fold();
  while (!text.empty()) {
    const std::string_view character = take_character(text);
    const std::string encoded = in_word(character);
    if (frame + word.size() + encoded.size() > line.room()) {
      finish();
      line.fold();
    }
    word.append(encoded);
  }
  if (!word.empty()) finish();
}

bool is_plain_word(std::string_view word) {
  const auto escaped = std::count_if(word.begin(), word.end(), [](char c) { return c == '"' || c == '\\'; });
  return word.size() + static_cast<std::size_t>(escaped) <= longest_plain_word && is_ascii(word) &&
         word.find("=?") == std::string_view::npos;
}

/// A text for people. Words of ASCII at its begin and end stay as they are, so that they can be searched for.
void write_text_header(std::string& out, std::string_view name, std::string_view text) {
  const std::string safe = one_line(text);
  const std::vector<std::string_view> words = words_of(safe);
  const auto first = std::find_if_not(words.begin(), words.end(), is_plain_word);
  const auto last = std::find_if_not(words.rbegin(), std::make_reverse_iterator(first), is_plain_word).base();
  HeaderLine line(out, name);
  std::for_each(words.begin(), first, [&](std::string_view word) { line.word(word); });
  if (first == words.end()) return;
  const char* const begin = first->data();
  const char* const end = (last - 1)->data() + (last - 1)->size();
  add_encoded(line, {begin, static_cast<std::size_t>(end - begin)});
  std::for_each(last, words.end(), [&](std::string_view word) { line.word(word); });
}

/// What a name may consist of without quotes. Source: RFC 5322 section 3.2.3, atext.
bool is_atom(std::string_view word) {
  constexpr std::string_view special = "!#$%&'*+-/=?^_`{|}~";
  return std::all_of(word.begin(), word.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || special.find(c) != std::string_view::npos;
  });
}

/// The address with its local part quoted where it has dots in places that mail does not allow.
/// Source: RFC 5322 section 3.4.1.
std::string written(const Email& address) {
  const std::string_view text = address.str();
  const std::string_view local = text.substr(0, text.size() - address.domain().size() - 1);
  const bool is_dot_atom =
      !local.starts_with('.') && !local.ends_with('.') && local.find("..") == std::string_view::npos;
  return is_dot_atom ? fmt::format("<{}>", text) : fmt::format("<\"{}\"@{}>", local, address.domain());
}

void write_mailbox_header(std::string& out, std::string_view header, const Mailbox& mailbox) {
  HeaderLine line(out, header);
  const std::string name = one_line(mailbox.name);
  const std::vector<std::string_view> words = words_of(name);
  if (!std::all_of(words.begin(), words.end(), is_plain_word)) {
    add_encoded(line, trimmed(name));
  } else if (std::all_of(words.begin(), words.end(), is_atom)) {
    for (const std::string_view word : words) line.word(word);
  } else {
    for (std::size_t i = 0; i < words.size(); ++i) {
      std::string quoted(i == 0 ? "\"" : "");
      for (const char c : words[i]) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
      }
      line.word(quoted.append(i + 1 == words.size() ? "\"" : ""));
    }
  }
  line.word(written(mailbox.address));
}

/// As it may be in a mailto URI. Source: RFC 6068 section 2.
std::string in_mailto(std::string_view text) {
  constexpr std::string_view unreserved = "-._~@";
  std::string encoded;
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || unreserved.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      fmt::format_to(std::back_inserter(encoded), "%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

/// The parts of a moment as mail writes them.
struct Moment {
  explicit Moment(const Instant& at)
      : day(std::chrono::floor<std::chrono::days>(at.time())),
        date(day),
        time(std::chrono::floor<std::chrono::seconds>(at.time() - day)) {}

  std::string_view weekday() const {
    constexpr std::array<std::string_view, 7> names = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    return names[std::chrono::weekday(day).c_encoding()];
  }
  std::string_view month() const {
    constexpr std::array<std::string_view, 12> names = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return names[static_cast<unsigned>(date.month()) - 1];
  }
  std::string clock() const {
    return fmt::format("{:02}:{:02}:{:02}", time.hours().count(), time.minutes().count(),
                       time.seconds().count());
  }

  std::chrono::sys_days day;
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::seconds> time;
};

/// "Thu, 26 Nov 2026 10:00:00 +0000". Source: RFC 5322 section 3.3.
std::string date_of(const Instant& at) {
  const Moment moment(at);
  return fmt::format("{}, {} {} {} {} +0000", moment.weekday(), static_cast<unsigned>(moment.date.day()),
                     moment.month(), static_cast<int>(moment.date.year()), moment.clock());
}

/// Writes the lines of a body. What mail programs on the way would change is encoded: a dot alone on a line,
/// and what a mailbox file would take for the next mail.
class QuotedPrintable {
 public:
  explicit QuotedPrintable(std::string& out) : out_(out) {}

  void line(std::string_view text) {
    taken_ = 0;
    while (!text.empty()) {
      const std::string_view rest = text;
      const std::string_view character = take_character(text);
      std::string encoded = is_plain(character, text.empty()) ? std::string(character) : in_hex(character);
      if (taken_ + encoded.size() + (text.empty() ? 0 : 1) > longest_line) {
        out_.append("=\r\n");
        taken_ = 0;
      }
      if (taken_ == 0 && (rest == "." || rest.starts_with("From "))) encoded = in_hex(character);
      out_.append(encoded);
      taken_ += encoded.size();
    }
    out_.append("\r\n");
  }

 private:
  static bool is_plain(std::string_view character, bool is_last) {
    if (character.size() > 1 || character == "=") return false;
    if (character == " " || character == "\t") return !is_last;  // blanks at the end of a line get lost
    return character.front() > ' ' && character.front() < 0x7F;
  }

  std::string& out_;
  std::size_t taken_ = 0;
};

/// Calls `visit` with each line, without its line feed.
template <class Visit>
void for_each_line(std::string_view text, const Visit& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    visit(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void write_text_part(std::string& out, std::string_view type, std::string_view text) {
  out.append("Content-Type: ").append(type).append("\r\n");
  out.append("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
  QuotedPrintable body(out);
  for_each_line(text, [&](std::string_view line) { body.line(line); });
}

void write_attachment(std::string& out, const Enclosure& attachment) {
  HeaderLine(out, "Content-Type")
      .word(attachment.type + ";")
      .word(fmt::format("name=\"{}\"", attachment.name));
  HeaderLine(out, "Content-Disposition")
      .word("attachment;")
      .word(fmt::format("filename=\"{}\"", attachment.name));
  out.append("Content-Transfer-Encoding: base64\r\n\r\n");
  const std::string text = to_base64(attachment.bytes);
  for (std::size_t at = 0; at < text.size(); at += longest_line)
    out.append(text, at, longest_line).append("\r\n");
}

/// Parts of a mail between boundaries, which no line of a part can be: "=_" is not quoted-printable.
class Multipart {
 public:
  Multipart(std::string& out, std::string_view kind, const std::string& boundary)
      : out_(out), boundary_("--" + boundary) {
    HeaderLine(out, "Content-Type")
        .word(fmt::format("multipart/{};", kind))
        .word(fmt::format("boundary=\"{}\"", boundary));
  }

  /// Begins the next part.
  void next() { out_.append("\r\n").append(boundary_).append("\r\n"); }
  void end() { out_.append("\r\n").append(boundary_).append("--\r\n"); }

 private:
  std::string& out_;
  std::string boundary_;
};

void write_alternatives(std::string& out, const Mail& mail, const std::string& seed) {
  Multipart parts(out, "alternative", "=_alt_" + seed);
  parts.next();
  write_text_part(out, "text/plain; charset=utf-8; format=flowed", mail.text);
  parts.next();
  write_text_part(out, "text/html; charset=utf-8", mail.html);
  parts.end();
}

}  // namespace

std::string to_mime(const Mail& mail) {
  std::string out;
  HeaderLine(out, "Date").word(date_of(mail.date));
  write_mailbox_header(out, "From", mail.from);
  write_mailbox_header(out, "To", mail.to);
  write_text_header(out, "Subject", mail.subject);
  HeaderLine(out, "Message-ID").word(mail.message_id);
  if (mail.answers) {
    HeaderLine(out, "In-Reply-To").word(*mail.answers);
    HeaderLine(out, "References").word(*mail.answers);
  }
  HeaderLine(out, "Content-Language").word(mail.language);
  if (mail.unsubscribe_subject)
    HeaderLine(out, "List-Unsubscribe")
        .word(fmt::format("<mailto:{}?subject={}>", in_mailto(mail.from.address.str()),
                          in_mailto(*mail.unsubscribe_subject)));
  out.append("MIME-Version: 1.0\r\n");
  const std::string seed = to_hex(bytes_of(sha256({mail.message_id}))).substr(0, 24);
  if (!mail.attachment) {
    write_alternatives(out, mail, seed);
    return out;
  }
  Multipart parts(out, "mixed", "=_mixed_" + seed);
  parts.next();
  write_alternatives(out, mail, seed);
  parts.next();
  write_attachment(out, *mail.attachment);
  parts.end();
  return out;
}

std::string to_mbox_entry(const Mail& mail) {
  const Moment moment(mail.date);
  std::string entry = fmt::format("From {} {} {} {:2} {} {}\r\n", mail.from.address.str(), moment.weekday(),
                                  moment.month(), static_cast<unsigned>(moment.date.day()), moment.clock(),
                                  static_cast<int>(moment.date.year()));
  return entry.append(to_mime(mail)).append("\r\n");
}

}  // namespace covenant
