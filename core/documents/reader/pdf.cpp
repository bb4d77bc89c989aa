#include <fmt/format.h>
#include <openssl/cms.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <stdexcept>

#include "core/documents/reader/pdf_changes.hpp"
#include "core/documents/reader/readers.hpp"
#include "core/documents/reader/unreadable.hpp"
#include "core/text/ascii.hpp"

// How it works, and why: a signature of a PDF is a CMS signature of all bytes of the file but its own. Its
// field says which bytes these are, and whoever changes a file can change that as well. So what counts is
// what the file itself shows: the bytes left out must be the hexadecimal signature and nothing else, and what
// comes after the signed bytes must be later revisions in which nothing but signatures was added. For this
// the file is opened again as it was when it was signed, and compared with what it is now.

namespace covenant {

namespace {

using Object = QPDFObjectHandle;

/// Two pieces of a file: from its first byte to the gap, and from the end of the gap on.
struct Ranges {
  std::size_t gap = 0;
  std::size_t after_gap = 0;
  std::size_t end = 0;

  friend bool operator==(const Ranges&, const Ranges&) = default;
};

/// A signature, or a time stamp of the document, as the file has it.
struct Found {
  SignedField field;
  Ranges ranges;
  std::string der;
  Coverage covers = Coverage::whole;
  std::vector<std::string> faults;  ///< for which it is invalid
};

struct Opened {
  std::unique_ptr<QPDF> document;
  bool is_damaged = false;  ///< its table of objects was found again
};

bool has_pages(QPDF& document) {
  return document.getRoot().getKey("/Pages").isDictionary();
}

std::unique_ptr<QPDF> parse(std::string_view bytes, bool recovers) {
  auto document = std::make_unique<QPDF>();
  document->setSuppressWarnings(true);
  document->setAttemptRecovery(recovers);
  document->processMemoryFile("document", bytes.data(), bytes.size());
  static_cast<void>(document->getRoot());
  if (has_pages(*document)) static_cast<void>(document->getAllPages());
  return document;
}

Opened open(std::string_view bytes) {
  try {
    auto document = parse(bytes, false);
    if (has_pages(*document)) return {std::move(document), false};
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password) throw;
  } catch (const std::runtime_error&) {
    // Opened below as well as it can be, or not at all.
  }
  return {parse(bytes, true), true};
}

std::string_view without_line_end(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

bool is_line_end(std::string_view text) {
  return text == "\n" || text == "\r" || text == "\r\n";
}

bool ends_a_revision(std::string_view bytes) {
  return without_line_end(bytes).ends_with("%%EOF");
}

bool is_hexadecimal(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Source: ISO 32000-1 section 12.8.1, table 252.
std::optional<Ranges> ranges_of(Object value, std::size_t size) {
  Object list = value.getKey("/ByteRange");
  constexpr int numbers = 4;
  if (!list.isArray() || list.getArrayNItems() != numbers) return std::nullopt;
  std::array<unsigned long long, numbers> number{};
  for (int i = 0; i < numbers; ++i) {
    Object item = list.getArrayItem(i);
    if (!item.isInteger() || item.getIntValue() < 0) return std::nullopt;
    number[static_cast<std::size_t>(i)] = static_cast<unsigned long long>(item.getIntValue());
  }
  const auto [start, first, second_start, second] = number;
  const bool fits = start == 0 && first > 0 && second_start > first && second_start < size && second > 0 &&
                    second <= size - second_start;
  if (!fits) return std::nullopt;
  return Ranges{first, second_start, second_start + second};
}

/// How many bytes of a text the DER or BER at its beginning takes; 0 when there is none.
std::size_t size_of_cms(std::string_view bytes) {
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* next = begin;
  CMS_ContentInfo* parsed = d2i_CMS_ContentInfo(nullptr, &next, static_cast<long>(bytes.size()));
  if (parsed == nullptr) {
    ERR_clear_error();
    return 0;
  }
  CMS_ContentInfo_free(parsed);
  return static_cast<std::size_t>(next - begin);
}

/// Whether the signature in the gap is that of the field. In an encrypted document it is not encrypted, which
/// the library knows only where the signature names its type; otherwise it was read where the gap begins.
/// Source: ISO 32000-1 section 7.6.1.
bool is_of_field(const Found& found) {
  Object value = found.field.value;
  Object contents = value.getKey("/Contents");
  if (!contents.isString()) return false;
  if (contents.getStringValue() == found.der) return true;
  const QPDF* const document = value.getOwningQPDF();
  return document != nullptr && document->isEncrypted() && !value.hasKey("/Type") &&
         contents.getParsedOffset() == static_cast<qpdf_offset_t>(found.ranges.gap);
}

/// Whether a signature says of itself that it is of a kind that is no CMS structure.
bool is_of_unread_kind(Object value) {
  constexpr std::array<const char*, 4> kinds = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached",
                                                "/adbe.pkcs7.sha1", "/ETSI.RFC3161"};
  const Object kind = value.getKey("/SubFilter");
  return Object(kind).isName() && std::none_of(kinds.begin(), kinds.end(), [&](const char* known) {
           return Object(kind).isNameAndEquals(known);
         });
}

/// Takes the signature out of the gap, and notes whatever else is in it.
void read_gap(std::string_view bytes, Found& found) {
  std::string_view gap = bytes.substr(found.ranges.gap, found.ranges.after_gap - found.ranges.gap);
  const auto refuse = [&](std::string fault) {
    found.covers = Coverage::part;
    found.faults.push_back(std::move(fault));
  };
  if (gap.size() < 4 || gap.front() != '<' || gap.back() != '>')
    return refuse("what it leaves out of the file is not its signature alone");
  gap = gap.substr(1, gap.size() - 2);
  if (gap.size() % 2 != 0 || !std::all_of(gap.begin(), gap.end(), is_hexadecimal))
    return refuse("what it leaves out of the file has more in it than its signature");
  found.der = Object::parse("<" + std::string(gap) + ">").getStringValue();
  if (!is_of_field(found)) return refuse("what it leaves out of the file is another signature");
  if (is_of_unread_kind(found.field.value)) return;
  const std::size_t size = size_of_cms(found.der);
  if (size == 0) return found.faults.emplace_back("there is no signature in it"), void();
  const std::string_view padding = std::string_view(found.der).substr(size);
  if (std::any_of(padding.begin(), padding.end(), [](char c) { return c != '\0'; }))
    refuse("behind its signature is something else");
  found.der.resize(size);
}

/// What the field says, and where it contradicts the file.
Found find(const SignedField& field, std::string_view bytes) {
  Found found;
  found.field = field;
  if (!Object(field.value).isDictionary()) {
    found.covers = Coverage::part;
    found.faults.emplace_back("its field has something else in it than a signature");
    return found;
  }
  const auto ranges = ranges_of(field.value, bytes.size());
  if (!ranges) {
    found.covers = Coverage::part;
    found.faults.emplace_back("it does not say properly which part of the file it covers");
    return found;
  }
  found.ranges = *ranges;
  read_gap(bytes, found);
  return found;
}

std::string signed_bytes(std::string_view bytes, const Ranges& ranges) {
  std::string content(bytes.substr(0, ranges.gap));
  content += bytes.substr(ranges.after_gap, ranges.end - ranges.after_gap);
  return content;
}

/// Whether a certifying signature allows no change at all. Source: ISO 32000-1 section 12.8.2.2, table 254.
bool allows_nothing(Object value) {
  Object references = value.getKey("/Reference");
  for (int i = 0; references.isArray() && i < references.getArrayNItems(); ++i) {
    Object reference = references.getArrayItem(i);
    if (!reference.isDictionary() || !reference.getKey("/TransformMethod").isNameAndEquals("/DocMDP"))
      continue;
    Object parameters = reference.getKey("/TransformParams");
    if (!parameters.isDictionary()) continue;
    Object permission = parameters.getKey("/P");
    if (permission.isInteger() && permission.getIntValue() == 1) return true;
  }
  return false;
}

/// The offset that the last "startxref" names. Source: ISO 32000-1 section 7.5.5.
std::optional<std::size_t> last_table(std::string_view bytes) {
  constexpr std::string_view word = "startxref";
  const std::size_t found = bytes.rfind(word);
  if (found == std::string_view::npos) return std::nullopt;
  std::string_view rest = bytes.substr(found + word.size());
  while (!rest.empty() && is_white_space(rest.front())) rest.remove_prefix(1);
  std::size_t offset = 0;
  constexpr std::size_t most_digits = 12;
  for (std::size_t i = 0; i < std::min(rest.size(), most_digits) && rest[i] >= '0' && rest[i] <= '9'; ++i)
    offset = offset * 10 + static_cast<std::size_t>(rest[i] - '0');
  return offset;
}

/// The two digits of a date, or nothing.
std::optional<int> two_digits(std::string_view text, std::size_t at) {
  if (text.size() < at + 2 || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9')
    return std::nullopt;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// A date such as D:20261123095200+02'00'. Source: ISO 32000-1 section 7.9.4.
std::optional<Instant> instant_of(std::string_view text) {
  if (!text.starts_with("D:")) return std::nullopt;
  const auto part = [&](std::size_t at) { return two_digits(text, at); };
  const auto century = part(2);
  const auto years = part(4);
  const auto month = part(6);
  const auto day = part(8);
  const auto hour = part(10);
  const auto minute = part(12);
  const auto second = part(14);
  if (!century || !years || !month || !day || !hour || !minute || !second) return std::nullopt;
  using namespace std::chrono;
  const year_month_day date(year(*century * 100 + *years), std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  minutes offset(0);
  if (text.size() > 16 && (text[16] == '+' || text[16] == '-')) {
    const auto offset_hours = part(17);
    const auto offset_minutes = part(20);
    if (!offset_hours) return std::nullopt;
    offset = hours(*offset_hours) + minutes(offset_minutes.value_or(0));
    if (text[16] == '-') offset = -offset;
  }
  return Instant::of(sys_days(date) + hours(*hour) + minutes(*minute) + seconds(*second) - offset);
}

class PdfReader {
 public:
  PdfReader(std::string_view bytes, const Basis& basis) : bytes_(bytes), basis_(basis) {}

  Reading read() {
    reading_.kind = DocumentKind::pdf;
    if (!open_it()) return std::move(reading_);
    const bool shows_nothing = !has_pages(*opened_.document);
    for (const SignedField& field : find_signed_fields(*opened_.document))
      all_.push_back(find(field, bytes_));
    if (shows_nothing) {
      if (all_.empty()) throw Unreadable("is no PDF document that can be opened: it is damaged or cut off");
      add_note(reading_.notes, "it has no pages, so that it shows nothing");
    }
    if (all_.size() > most_signatures)
      throw Unreadable(fmt::format("has more than {} signatures", most_signatures));
    note_what_is_odd();
    read_stamps();
    for (const Found& found : all_) {
      if (!is_time_stamp(found.field.value)) reading_.signatures.push_back(judge(found));
    }
    if (reading_.signatures.empty()) note_no_signature();
    return std::move(reading_);
  }

 private:
  struct Stamp {
    std::size_t end;
    TimeStamp stamp;
  };

  bool open_it() {
    try {
      opened_ = open(bytes_);
      return true;
    } catch (const QPDFExc& error) {
      if (error.getErrorCode() != qpdf_e_password)
        throw Unreadable("is no PDF document that can be opened: it is damaged or cut off");
    } catch (const std::exception&) {
      throw Unreadable("is no PDF document that can be opened: it is damaged or cut off");
    }
    add_note(reading_.notes, "it is encrypted and opens only with a password; it was not read");
    return false;
  }

  void note_what_is_odd() {
    if (opened_.is_damaged) add_note(reading_.notes, "its structure is damaged; what is left of it was read");
    if (!bytes_.starts_with("%PDF-")) add_note(reading_.notes, "something else is in front of the document");
    Object root = opened_.document->getRoot();
    Object names = root.getKey("/Names");
    Object action = root.getKey("/OpenAction");
    const bool acts = root.hasKey("/AA") || (names.isDictionary() && names.hasKey("/JavaScript")) ||
                      (action.isDictionary() && (action.getKey("/S").isNameAndEquals("/JavaScript") ||
                                                 action.getKey("/S").isNameAndEquals("/Launch")));
    if (acts) add_note(reading_.notes, "it has scripts in it, which can change what it shows");
    Object form = root.getKey("/AcroForm");
    if (form.isDictionary() && form.hasKey("/XFA"))
      add_note(reading_.notes, "it has an XFA form in it, which can show other text than its pages");
  }

  void note_no_signature() {
    const bool has_traces = bytes_.find("/ByteRange") != std::string_view::npos;
    if (has_traces && opened_.is_damaged) {
      Signature signature;
      signature.verdict = SignatureVerdict::invalid;
      signature.covers = Coverage::part;
      add_note(signature.notes, "the document is damaged or cut off, and its signature with it");
      reading_.signatures.push_back(std::move(signature));
      return;
    }
    add_note(reading_.notes, all_.empty() ? "it is not signed" : "it has a time stamp, but nobody signed it");
    if (has_traces && all_.empty())
      add_note(reading_.notes, "there are parts of a signature in it that no field of its form shows");
  }

  /// Time stamps of the document, which prove that the signatures before them were there at that time.
  void read_stamps() {
    for (const Found& found : all_) {
      if (!is_time_stamp(found.field.value)) continue;
      if (!found.faults.empty()) {
        add_note(reading_.notes, "a time stamp of the document is invalid: " + found.faults.front());
        continue;
      }
      auto stamp = verify_time_stamp(found.der, signed_bytes(bytes_, found.ranges), basis_, reading_.notes);
      if (stamp) stamps_.push_back({found.ranges.end, *std::move(stamp)});
    }
  }

  /// The earliest verified time stamp of the document that is after the signature.
  std::optional<TimeStamp> stamp_after(const Found& found) const {
    std::optional<TimeStamp> earliest;
    for (const auto& [end, stamp] : stamps_) {
      if (end > found.ranges.end && (!earliest || stamp.time < earliest->time)) earliest = stamp;
    }
    return earliest;
  }

  static void refuse(Signature& signature, std::string_view why) {
    signature.verdict = SignatureVerdict::invalid;
    signature.covers = Coverage::part;
    add_note(signature.notes, why);
  }

  Signature judge(const Found& found) const {
    Signature signature = judge_cms(found);
    if (!found.faults.empty()) {
      signature.verdict = SignatureVerdict::invalid;
      signature.covers = found.covers;
      for (const std::string& fault : found.faults) add_note(signature.notes, fault);
    }
    Object value = found.field.value;
    if (value.isDictionary() && !signature.signed_at && value.getKey("/M").isString())
      signature.signed_at = instant_of(value.getKey("/M").getStringValue());
    if (!found.field.is_listed) add_note(signature.notes, "its field is on a page, but not in the form");
    if (found.covers == Coverage::whole && found.ranges.end != 0) judge_what_follows(found, signature);
    return signature;
  }

  Signature judge_cms(const Found& found) const {
    if (found.der.empty() || found.ranges.end == 0) return {};
    const Object method = Object(found.field.value).getKey("/SubFilter");
    if (!Object(method).isNameAndEquals("/adbe.pkcs7.detached") &&
        !Object(method).isNameAndEquals("/ETSI.CAdES.detached")) {
      Signature signature;
      add_note(signature.notes, Object(method).isName()
                                    ? fmt::format("it is of the kind '{}', which is not read",
                                                  clean_text(Object(method).getName().substr(1)))
                                    : "it does not say of which kind it is");
      return signature;
    }
    const auto stamp = stamp_after(found);
    const Basis basis{basis_.trust,
                      stamp ? std::min(stamp->time.date(), basis_.received_on) : basis_.received_on};
    CmsReading read = verify_cms(found.der, signed_bytes(bytes_, found.ranges), basis);
    if (read.signatures.empty()) return {};
    Signature signature = std::move(read.signatures.front());
    if (read.signatures.size() > 1) refuse(signature, "there is more than one signature in its field");
    if (read.content) refuse(signature, "there is a document of its own in it");
    if (!signature.timestamp) add_time_stamp(signature, stamp);
    return signature;
  }

  /// What was appended to the file after what a signature covers.
  void judge_what_follows(const Found& found, Signature& signature) const {
    const std::string_view then = bytes_.substr(0, found.ranges.end);
    const std::string_view rest = bytes_.substr(found.ranges.end);
    if (rest.empty()) return;
    if (ends_a_revision(then) && is_line_end(rest))
      return add_note(signature.notes, "a line break was added at the end of the file"), void();
    if (!ends_a_revision(then))
      return refuse(signature, "the part of the file that it covers is no whole document");
    const auto covers_all = [&](const Found& other) {
      const std::string_view beyond = bytes_.substr(other.ranges.end);
      return other.faults.empty() && (beyond.empty() || is_line_end(beyond));
    };
    const bool is_signed_again = std::any_of(all_.begin(), all_.end(), covers_all);
    const auto table = last_table(bytes_);
    if (!is_signed_again && (opened_.is_damaged || !table || *table < found.ranges.end))
      return refuse(signature, fmt::format("{} {} added to the file after it", rest.size(),
                                           rest.size() == 1 ? "byte was" : "bytes were"));
    compare(found, then, signature);
  }

  void compare(const Found& found, std::string_view then, Signature& signature) const {
    try {
      const Opened before = open(then);
      const auto fields = find_signed_fields(*before.document);
      const auto was_there = [&](const SignedField& field) {
        const Found other = find(field, then);
        return other.ranges == found.ranges && other.der == found.der;
      };
      if (std::none_of(fields.begin(), fields.end(), was_there))
        return refuse(signature, "it was put into the file after what it covers: it is of another document");
      const Changes changes = find_changes(*before.document, *opened_.document);
      if (changes.changed)
        return refuse(signature,
                      fmt::format("the document was changed after it was signed: {}", *changes.changed));
      if (changes.signatures > 0 && allows_nothing(found.field.value))
        return refuse(signature, "the document was signed again, which this signature does not allow");
      add_note(signature.notes, changes.signatures > 0
                                    ? "the document was signed again after it, and not changed otherwise"
                                    : "what helps to check it was added later; the document was not changed");
      if (changes.has_metadata)
        add_note(signature.notes, "the document's metadata was changed after it was signed");
    } catch (const std::exception&) {
      refuse(signature, "something was added to the file after it that cannot be compared");
    }
  }

  std::string_view bytes_;
  const Basis& basis_;
  Reading reading_;
  Opened opened_;
  std::vector<Found> all_;
  std::vector<Stamp> stamps_;
};

}  // namespace

Reading read_pdf(std::string_view bytes, const Basis& basis) {
  try {
    return PdfReader(bytes, basis).read();
  } catch (const QPDFExc&) {
    throw Unreadable("is a PDF document that is damaged");
  } catch (const std::logic_error&) {
    throw Unreadable("is a PDF document that is damaged");
  }
}

}  // namespace covenant
