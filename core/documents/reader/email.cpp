#include "core/documents/reader/email.hpp"

#include <gmime/gmime.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <memory>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/documents/media_type.hpp"
#include "core/documents/reader/readers.hpp"
#include "core/documents/reader/unreadable.hpp"
#include "core/text/ascii.hpp"

// How it works, and why: GMime parses, but a signature is of bytes as they arrived, which a parser does not
// keep. So each part is followed in the bytes as well, by its boundary, and what a signature was verified
// over is parsed by itself: what is shown is what was signed.

namespace covenant {

namespace {

struct Unref {
  template <class T>
  void operator()(T* object) const {
    g_object_unref(object);
  }
};
template <class T>
using Object = std::unique_ptr<T, Unref>;

struct FreeText {
  void operator()(char* text) const { g_free(text); }
};
using OwnedText = std::unique_ptr<char, FreeText>;

constexpr int most_levels = 10;
constexpr std::size_t most_parts = 100;

std::optional<std::string> text_of(const char* text) {
  if (text == nullptr || *text == '\0') return std::nullopt;
  return clean_text(text);
}

Object<GMimeParser> parser_of(std::string_view bytes) {
  const Object<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  return Object<GMimeParser>(g_mime_parser_new_with_stream(stream.get()));
}

/// Whether a content begins with the header of a MIME part, as that of S/MIME has to; that of a file which
/// was signed does not. Source: RFC 8551 section 3.1.
bool is_entity(std::string_view content) {
  constexpr std::string_view version = "mime-version:";
  const std::string first = lower_case(content.substr(0, version.size()));
  return first.starts_with("content-") || first == version;
}

/// What follows the header. Source: RFC 5322 section 2.1.
std::string_view body_of(std::string_view entity) {
  for (std::size_t at = 0; at < entity.size();) {
    const std::size_t end = std::min(entity.find('\n', at), entity.size());
    const std::string_view line = entity.substr(at, end - at);
    at = std::min(end + 1, entity.size());
    if (line.empty() || line == "\r") return entity.substr(at);
  }
  return {};
}

/// The parts of a multipart body as they arrived, without the line breaks that belong to the boundaries.
/// Source: RFC 2046 section 5.1.1.
std::vector<std::string_view> split_parts(std::string_view body, std::string_view boundary) {
  std::vector<std::string_view> parts;
  const std::string delimiter = "--" + std::string(boundary);
  std::optional<std::size_t> begin;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    std::string_view line = body.substr(at, end - at);
    const std::size_t next = std::min(end + 1, body.size());
    if (line.starts_with(delimiter)) {
      line.remove_prefix(delimiter.size());
      const bool is_last = line.starts_with("--");
      if (is_last) line.remove_prefix(2);
      if (line.find_first_not_of(" \t\r") == std::string_view::npos) {
        if (begin) {
          std::string_view part = body.substr(*begin, std::max(at, *begin) - *begin);
          if (part.ends_with('\n')) part.remove_suffix(1);
          if (part.ends_with('\r')) part.remove_suffix(1);
          parts.push_back(part);
        }
        begin = next;
        if (is_last || parts.size() > most_parts) return parts;
      }
    }
    at = next;
  }
  if (begin) parts.push_back(body.substr(*begin));
  return parts;
}

/// With CR LF at the end of every line, as signatures are made. Source: RFC 8551 section 3.1.1.
std::string with_network_lines(std::string_view text) {
  std::string canonical;
  canonical.reserve(text.size() + text.size() / 32);
  char before = '\0';
  for (const char c : text) {
    if (c == '\n' && before != '\r') canonical += '\r';
    canonical += c;
    before = c;
  }
  return canonical;
}

std::string decoded_content(GMimePart* part) {
  GMimeDataWrapper* const content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Object<GMimeStream> out(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, out.get());
  const GByteArray* const bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(out.get()));
  return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

/// A name without folders and without what could not be shown.
std::optional<std::string> file_name_in(const char* raw, std::vector<std::string>& notes) {
  auto name = text_of(raw);
  if (!name) return name;
  const std::size_t slash = name->find_last_of("/\\");
  if (slash != std::string::npos) {
    add_note(notes, "the name of an attachment has folders in it, which do not count");
    name->erase(0, slash + 1);
  }
  if (name->empty() || *name == "." || *name == "..") return std::nullopt;
  return name;
}

/// A part that has no parts.
struct Leaf {
  Attachment attachment;
  std::string bytes;
  bool is_attachment;
  std::vector<std::size_t> layers;  ///< the signatures that cover it
};

/// The mailboxes of a header, in lower case.
std::vector<std::string> mailboxes_of(InternetAddressList* list) {
  std::vector<std::string> boxes;
  for (int i = 0; list != nullptr && i < internet_address_list_length(list); ++i) {
    InternetAddress* const address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
      const char* const text = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));
      boxes.push_back(clean_text(text == nullptr ? "" : text));
    } else {
      boxes.emplace_back();  // a group
    }
  }
  return boxes;
}

/// The mailboxes of all From headers: of several, programs show one or another.
std::vector<std::string> senders_of(GMimeMessage* message) {
  GMimeHeaderList* const headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  std::vector<std::string> senders;
  for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(headers, i);
    if (lower_case(g_mime_header_get_name(header)) != "from") continue;
    const char* const value = g_mime_header_get_raw_value(header);
    const Object<InternetAddressList> list(
        internet_address_list_parse(nullptr, value == nullptr ? "" : value));
    for (std::string& mailbox : mailboxes_of(list.get())) senders.push_back(std::move(mailbox));
  }
  return senders;
}

int count_headers(GMimeMessage* message, std::string_view name) {
  GMimeHeaderList* const headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  int count = 0;
  for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
    const char* const found = g_mime_header_get_name(g_mime_header_list_get_header_at(headers, i));
    if (lower_case(found) == name) ++count;
  }
  return count;
}

/// What is odd about who the signed message is from. Source: RFC 8550 section 3.
void note_sender(GMimeMessage* message, const std::vector<std::vector<std::string>>& addresses,
                 std::vector<Signature>& signatures) {
  const std::vector<std::string> from = senders_of(message);
  const std::vector<std::string> sender = mailboxes_of(g_mime_message_get_sender(message));
  const auto note = [&](const std::string& text) {
    for (Signature& signature : signatures) add_note(signature.notes, text);
  };
  if (count_headers(message, "from") != 1 || from.size() != 1) {
    note("the message does not have exactly one sender");
    return;
  }
  if (count_headers(message, "sender") > 0 && sender != from)
    note("the message was sent by another than it is from");
  const std::string address = lower_case(from.front());
  for (std::size_t i = 0; i < signatures.size() && i < addresses.size(); ++i) {
    const std::vector<std::string>& own = addresses[i];
    if (std::find(own.begin(), own.end(), address) != own.end()) continue;
    add_note(signatures[i].notes, own.empty() ? "the certificate names no e-mail address"
                                              : "the message is from " + from.front() +
                                                    ", which is not an address of the certificate");
  }
}

/// Follows a message through all of its parts.
class Walk {
 public:
  Walk(const Basis& basis, Reading& reading) : basis_(basis), reading_(reading) {}

  void message(GMimeMessage* message, std::optional<std::string_view> bytes, int level,
               const std::vector<std::size_t>& layers) {
    GMimeMessage* const before = std::exchange(message_, message);
    if (outermost_ == nullptr) outermost_ = message;
    if (GMimeObject* const part = g_mime_message_get_mime_part(message)) object(part, bytes, level, layers);
    message_ = before;
  }

  std::vector<Leaf>& leaves() { return leaves_; }
  /// The signatures on parts.
  std::vector<CmsReading>& layers() { return layers_; }

 private:
  /// `bytes` are the part as it arrived, its header included, where they are known.
  void object(GMimeObject* object, std::optional<std::string_view> bytes, int level,
              const std::vector<std::size_t>& layers) {
    if (level > most_levels) throw Unreadable("is an e-mail with parts in more than 10 levels");
    if (++parts_ > most_parts) throw Unreadable("is an e-mail with more than 100 parts");
    if (GMIME_IS_MULTIPART(object)) {
      multipart(GMIME_MULTIPART(object), bytes, level, layers);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
      if (GMimeMessage* const inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)))
        message(inner, bytes ? std::optional(body_of(*bytes)) : std::nullopt, level + 1, layers);
    } else if (GMIME_IS_PART(object)) {
      part(GMIME_PART(object), level, layers);
    }
  }

  void multipart(GMimeMultipart* whole, std::optional<std::string_view> bytes, int level,
                 const std::vector<std::size_t>& layers) {
    const int count = g_mime_multipart_get_count(whole);
    const char* const boundary = g_mime_multipart_get_boundary(whole);
    std::vector<std::string_view> pieces;
    if (bytes && boundary != nullptr) pieces = split_parts(body_of(*bytes), boundary);
    const bool is_known = pieces.size() == static_cast<std::size_t>(std::max(count, 0));
    if (is_signed(whole) && count == 2) {
      signed_parts(whole, is_known ? pieces : std::vector<std::string_view>(), level, layers);
      return;
    }
    for (int i = 0; i < count; ++i) {
      object(g_mime_multipart_get_part(whole, i),
             is_known ? std::optional(pieces[static_cast<std::size_t>(i)]) : std::nullopt, level + 1, layers);
    }
  }

  static bool is_signed(GMimeMultipart* whole) {
    GMimeContentType* const type = g_mime_object_get_content_type(GMIME_OBJECT(whole));
    return g_mime_content_type_is_type(type, "multipart", "signed") != 0;
  }

  /// A part and the detached signature of it. Source: RFC 1847 section 2.1.
  void signed_parts(GMimeMultipart* whole, const std::vector<std::string_view>& pieces, int level,
                    const std::vector<std::size_t>& layers) {
    GMimeObject* const second = g_mime_multipart_get_part(whole, 1);
    GMimeContentType* const type = g_mime_object_get_content_type(second);
    const bool is_cms = g_mime_content_type_is_type(type, "application", "pkcs7-signature") != 0 ||
                        g_mime_content_type_is_type(type, "application", "x-pkcs7-signature") != 0;
    if (!is_cms || !GMIME_IS_PART(second) || pieces.size() != 2) {
      Signature signature;
      add_note(signature.notes, is_cms ? "the part that it is of cannot be found"
                                       : "a signature that is not S/MIME is not read");
      CmsReading cms;
      cms.signatures.push_back(std::move(signature));
      const std::size_t layer = add_layer(std::move(cms));
      object(g_mime_multipart_get_part(whole, 0), std::nullopt, level + 1, with(layers, layer));
      return;
    }
    const std::string signature = decoded_content(GMIME_PART(second));
    std::string content(pieces.front());
    CmsReading cms = verify_cms(signature, content, basis_);
    if (worst_of(cms.signatures) == SignatureVerdict::invalid) {
      std::string canonical = with_network_lines(content);
      if (canonical != content) {
        cms = verify_cms(signature, canonical, basis_);
        content = std::move(canonical);
      }
    }
    follow_signed(std::move(cms), content, level, layers);
  }

  /// Parses what was signed by itself.
  void follow_signed(CmsReading cms, const std::string& content, int level,
                     const std::vector<std::size_t>& layers) {
    note_sender(message_, cms.addresses, cms.signatures);
    if (message_ != outermost_) {
      for (Signature& signature : cms.signatures)
        add_note(signature.notes, "it is of a forwarded message, and says nothing about who forwarded it");
    }
    const std::size_t layer = add_layer(std::move(cms));
    const Object<GMimeParser> parser = parser_of(content);
    const Object<GMimeObject> inner(g_mime_parser_construct_part(parser.get(), nullptr));
    if (inner) object(inner.get(), content, level + 1, with(layers, layer));
  }

  void part(GMimePart* part, int level, const std::vector<std::size_t>& layers) {
    GMimeContentType* const declared = g_mime_object_get_content_type(GMIME_OBJECT(part));
    std::string bytes = decoded_content(part);
    const bool is_smime = g_mime_content_type_is_type(declared, "application", "pkcs7-mime") != 0 ||
                          g_mime_content_type_is_type(declared, "application", "x-pkcs7-mime") != 0;
    if (is_smime) {
      CmsReading cms = verify_cms(bytes, std::nullopt, basis_);
      if (cms.content && (is_body() || is_entity(*cms.content))) {
        const std::string content = *std::exchange(cms.content, std::nullopt);
        follow_signed(std::move(cms), content, level, layers);
        return;
      }
      if (is_body()) add_layer(std::move(cms));
    }
    add_leaf(part, std::move(bytes), layers);
  }

  /// Whether the part now followed is the whole of its message.
  bool is_body() const { return GMIME_IS_PART(g_mime_message_get_mime_part(message_)); }

  void add_leaf(GMimePart* part, std::string bytes, const std::vector<std::size_t>& layers) {
    GMimeObject* const object = GMIME_OBJECT(part);
    GMimeContentType* const declared = g_mime_object_get_content_type(object);
    const char* const disposition = g_mime_object_get_disposition(object);
    Leaf leaf{.attachment = {}, .bytes = std::move(bytes), .is_attachment = false, .layers = layers};
    leaf.attachment.name = file_name_in(g_mime_part_get_filename(part), reading_.notes);
    const bool is_text = g_mime_content_type_is_type(declared, "text", "*") != 0;
    leaf.is_attachment = leaf.attachment.name || !is_text ||
                         (disposition != nullptr && lower_case(disposition) == "attachment");
    const OwnedText type(g_mime_content_type_get_mime_type(declared));
    leaf.attachment.type = leaf.is_attachment ? media_type(leaf.attachment.name.value_or(""), leaf.bytes)
                                              : lower_case(clean_text(type.get()));
    constexpr std::string_view packed_by_outlook = "\x78\x9f\x3e\x22";  // MS-OXTNEF section 2.1.3.1
    if (leaf.bytes.starts_with(packed_by_outlook)) {
      add_note(reading_.notes,
               "its attachments are in Outlook's own format (winmail.dat), which is not read; ask for the "
               "document itself");
    }
    leaf.attachment.size = leaf.bytes.size();
    leaf.attachment.sha256 = to_hex(bytes_of(sha256({leaf.bytes})));
    leaves_.push_back(std::move(leaf));
  }

  std::size_t add_layer(CmsReading cms) {
    layers_.push_back(std::move(cms));
    return layers_.size() - 1;
  }

  static std::vector<std::size_t> with(std::vector<std::size_t> layers, std::size_t layer) {
    layers.push_back(layer);
    return layers;
  }

  const Basis& basis_;
  Reading& reading_;
  GMimeMessage* outermost_ = nullptr;
  GMimeMessage* message_ = nullptr;  ///< the one that is followed
  std::vector<Leaf> leaves_;
  std::vector<CmsReading> layers_;
  std::size_t parts_ = 0;
};

std::optional<Instant> instant_of(GDateTime* time) {
  if (time == nullptr) return std::nullopt;
  const Instant::Milliseconds moment{std::chrono::seconds(g_date_time_to_unix(time))};
  const int year = g_date_time_get_year(time);
  return year < 1970 || year > 9998 ? std::nullopt : std::optional(Instant::of(moment));
}

/// What the topmost header of that name says, which is what programs show of several; nothing without one.
const char* first_header(GMimeMessage* message, const char* name) {
  GMimeHeaderList* const headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
  for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
    GMimeHeader* const header = g_mime_header_list_get_header_at(headers, i);
    if (::g_ascii_strcasecmp(g_mime_header_get_name(header), name) == 0)
      return g_mime_header_get_value(header);
  }
  return nullptr;
}

std::optional<Instant> date_in(const char* text) {
  GDateTime* const time = text == nullptr ? nullptr : g_mime_utils_header_decode_date(text);
  const auto moment = instant_of(time);
  if (time != nullptr) g_date_time_unref(time);
  return moment;
}

/// When the topmost Received header says that the message came. Source: RFC 5321 section 4.4.
std::optional<Instant> received_at(GMimeMessage* message) {
  GMimeHeader* const header =
      g_mime_header_list_get_header(g_mime_object_get_header_list(GMIME_OBJECT(message)), "Received");
  const char* const raw = header == nullptr ? nullptr : g_mime_header_get_raw_value(header);
  if (raw == nullptr) return std::nullopt;
  const std::string text(raw);
  const std::size_t semicolon = text.rfind(';');
  if (semicolon == std::string::npos) return std::nullopt;
  return date_in(text.c_str() + semicolon + 1);
}

std::optional<std::string> id_in(const char* text) {
  if (text == nullptr) return std::nullopt;
  const OwnedText id(g_mime_utils_decode_message_id(text));
  const auto clean = text_of(id.get());
  return clean ? std::optional(clean_text("<" + *clean + ">")) : std::nullopt;
}

/// The messages that it answers, the nearest first. Source: RFC 5322 section 3.6.4.
std::vector<std::string> references_of(GMimeMessage* message) {
  std::vector<std::string> ids;
  for (const char* const name : {"In-Reply-To", "References"}) {
    const char* const text = g_mime_object_get_header(GMIME_OBJECT(message), name);
    if (text == nullptr) continue;
    GMimeReferences* const list = g_mime_references_parse(nullptr, text);
    for (int i = g_mime_references_length(list); i > 0 && ids.size() < most_references; --i) {
      const char* const id = g_mime_references_get_message_id(list, i - 1);
      std::string clean = clean_text(std::string("<").append(id == nullptr ? "" : id).append(">"));
      if (std::find(ids.begin(), ids.end(), clean) == ids.end()) ids.push_back(std::move(clean));
    }
    g_mime_references_free(list);
  }
  return ids;
}

EmailHeader header_of(GMimeMessage* message, const ReadRequest& request, std::vector<std::string>& notes) {
  EmailHeader header;
  std::string from;
  const std::vector<std::string> senders = senders_of(message);
  for (const std::string& mailbox : senders) from += (from.empty() ? "" : ", ") + mailbox;
  if (count_headers(message, "from") > 1) {
    add_note(notes, "it has more than one From header");
  } else if (senders.size() != 1 || senders.front().empty()) {
    add_note(notes, "its From header does not name exactly one sender");
  }
  header.from = text_of(from.c_str());
  header.date = date_in(first_header(message, "Date"));
  header.subject = text_of(first_header(message, "Subject"));
  header.message_id = id_in(first_header(message, "Message-Id"));
  header.in_reply_to = id_in(first_header(message, "In-Reply-To"));
  const auto received = received_at(message);
  if (!received) {
    if (!request.received_on)
      add_note(notes, "no Received header says when it came; the day of receipt is taken to be today");
    return header;
  }
  const Date day = request.timezone ? request.timezone->day_at(*received) : received->date();
  if (day > request.today) {
    add_note(notes, std::string(note_on_future_receipt)
                        .append(day.str())
                        .append(", which is in the future, and does not count"));
  } else {
    header.received_on = day;
  }
  return header;
}

/// `signed_file` is what the attachment signs, if it is a detached signature.
Reading read_attachment(const Leaf& leaf, std::optional<std::string_view> signed_file, const Basis& basis) {
  const DocumentKind kind = kind_of(leaf.attachment.type);
  return kind == DocumentKind::email ? Reading{} : read_by_kind(kind, leaf.bytes, signed_file, basis);
}

/// The attachment that a detached signature beside it signs, by its name: "statement.pdf" of
/// "statement.pdf.p7s". Null when there is not exactly one.
const Leaf* signed_by(const Leaf& signature, const std::vector<Leaf>& leaves) {
  constexpr std::string_view ending = ".p7s";
  const auto& name = signature.attachment.name;
  if (!name || !lower_case(*name).ends_with(ending)) return nullptr;
  const std::string_view meant = std::string_view(*name).substr(0, name->size() - ending.size());
  const Leaf* found = nullptr;
  for (const Leaf& leaf : leaves) {
    if (!leaf.is_attachment || leaf.attachment.name != meant) continue;
    if (found != nullptr) return nullptr;
    found = &leaf;
  }
  return found;
}

/// Whether a person means that attachment: by its name, or by its SHA-256 where several have one name.
bool is_meant(const Leaf& leaf, const std::string& asked) {
  return leaf.attachment.name == asked || leaf.attachment.sha256 == asked;
}

std::string named(const Leaf& leaf) {
  return leaf.attachment.name ? "'" + *leaf.attachment.name + "'" : "one without a name";
}

/// An attachment, and what a reader found in it.
struct Candidate {
  const Leaf* leaf;
  Reading reading;
};

/// The attachments, but for the detached signatures of others, whose signatures are on what they sign. One
/// that is asked for by its name is there as it is.
std::vector<Candidate> candidates_of(const std::vector<Leaf>& leaves, const ReadRequest& request,
                                     const Basis& basis, std::vector<std::string>& notes) {
  std::vector<Candidate> candidates;
  std::vector<std::pair<const Leaf*, const Leaf*>> detached;
  const auto read = [&](const Leaf& leaf, std::optional<std::string_view> signed_file) {
    try {
      return read_attachment(leaf, signed_file, basis);
    } catch (const Unreadable& error) {
      add_note(notes, "the attachment " + named(leaf) + " " + error.what());
      return Reading{};
    }
  };
  for (const Leaf& leaf : leaves) {
    if (!leaf.is_attachment) continue;
    const Leaf* const other = signed_by(leaf, leaves);
    const bool is_asked_for = request.attachment && is_meant(leaf, *request.attachment);
    if (other != nullptr && !is_asked_for) {
      detached.emplace_back(&leaf, other);
      continue;
    }
    const auto signed_file = request.signed_file ? std::optional<std::string_view>(*request.signed_file)
                             : other != nullptr  ? std::optional<std::string_view>(other->bytes)
                                                 : std::nullopt;
    candidates.push_back({&leaf, read(leaf, signed_file)});
  }
  for (const auto& [signature, other] : detached) {
    Reading reading = read(*signature, other->bytes);
    for (Candidate& candidate : candidates) {
      if (candidate.leaf != other) continue;
      if (const auto unread = reading_without_reader(kind_of(other->attachment.type));
          unread && unread->kind == DocumentKind::other && !reading.signatures.empty())
        std::erase(candidate.reading.notes, unread->notes.front());
      std::move(reading.signatures.begin(), reading.signatures.end(),
                std::back_inserter(candidate.reading.signatures));
      for (const std::string& note : reading.notes) add_note(candidate.reading.notes, note);
    }
  }
  return candidates;
}

/// The document among the attachments. Source: covenant-inspect(1), E-MAIL.
const Candidate* choose(const std::vector<Candidate>& candidates, const ReadRequest& request,
                        std::vector<std::string>& notes) {
  const auto is_same = [](const Candidate& a, const Candidate& b) {
    return a.leaf->attachment == b.leaf->attachment;  // the same bytes
  };
  const auto only = [&](auto is_it) -> const Candidate* {
    const Candidate* found = nullptr;
    for (const Candidate& candidate : candidates) {
      if (!is_it(candidate) || (found != nullptr && is_same(*found, candidate))) continue;
      if (found != nullptr) return nullptr;
      found = &candidate;
    }
    return found;
  };
  if (request.attachment) {
    const Candidate* const found =
        only([&](const Candidate& candidate) { return is_meant(*candidate.leaf, *request.attachment); });
    if (found == nullptr) add_note(notes, "not exactly one attachment has the name that was asked for");
    return found;
  }
  const auto is_pdf = [](const Candidate& candidate) {
    return candidate.leaf->attachment.type == "application/pdf";
  };
  if (const auto* found =
          only([](const Candidate& candidate) { return !candidate.reading.signatures.empty(); }))
    return found;
  if (const auto* found = only(
          [&](const Candidate& candidate) { return is_pdf(candidate) && !candidate.leaf->layers.empty(); }))
    return found;
  if (const auto* found = only(is_pdf)) return found;
  if (candidates.size() == 1) return &candidates.front();
  add_note(notes, candidates.empty() ? "nothing is attached"
                                     : "several attachments may be the document; name the one that is");
  return nullptr;
}

/// Notes with each signature on parts which of them it leaves out, and lowers its verdict when that is the
/// document.
void judge_coverage(const std::vector<Leaf>& leaves, const Leaf* document, std::size_t layer,
                    std::vector<Signature>& signatures) {
  const auto covers = [&](const Leaf& leaf) {
    return std::find(leaf.layers.begin(), leaf.layers.end(), layer) != leaf.layers.end();
  };
  std::string outside;
  std::size_t count = 0;
  for (const Leaf& leaf : leaves) {
    if (covers(leaf)) continue;
    ++count;
    outside += (outside.empty() ? "" : ", ") + leaf.attachment.name.value_or(leaf.attachment.type);
  }
  if (count == 0) return;
  const bool is_elsewhere = document == nullptr || !covers(*document);
  for (Signature& signature : signatures) {
    signature.covers = Coverage::part;
    add_note(signature.notes, (count == 1 ? std::string("1 part of the e-mail is")
                                          : std::to_string(count) + " parts of the e-mail are") +
                                  " outside the signature: " + outside);
    if (is_elsewhere) {
      add_note(signature.notes, "it does not cover the document");
      signature.verdict = std::max(signature.verdict, SignatureVerdict::unchecked);
    }
  }
}

}  // namespace

void start_email() {
  g_mime_init();
  // Converters are files, which cannot be opened later; those that mails come in stay open.
  constexpr std::array charsets = {
      "US-ASCII",     "ISO-8859-1",   "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-5",
      "ISO-8859-7",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-14",  "ISO-8859-15",
      "ISO-8859-16",  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1252", "WINDOWS-1253", "WINDOWS-1254",
      "WINDOWS-1257", "KOI8-R",       "KOI8-U",       "UTF-16",       "UTF-7",        "ISO-8859-6",
      "ISO-8859-8",   "WINDOWS-1255", "WINDOWS-1256", "GB18030",      "GBK",          "GB2312",
      "BIG5",         "ISO-2022-JP",  "SHIFT_JIS",    "EUC-JP",       "EUC-KR",       "MACINTOSH"};
  static std::array<iconv_t, charsets.size()> converters;
  std::transform(charsets.begin(), charsets.end(), converters.begin(),
                 [](const char* charset) { return ::iconv_open("UTF-8", charset); });
}

namespace {

/// The message without the line that a mailbox has before it. Source: RFC 4155 appendix A.
std::string_view only_message(std::string_view bytes) {
  const std::size_t line = size_of_mailbox_line(bytes);
  if (line == 0) return bytes;
  constexpr std::string_view next = "\nFrom ";
  for (std::size_t at = bytes.find(next); at != std::string_view::npos; at = bytes.find(next, at + 1)) {
    const std::string_view before = bytes.substr(0, at);
    const std::string_view rest = bytes.substr(at + 1);
    const bool is_after_empty_line = before.ends_with('\n') || before.ends_with("\n\r");
    if (is_after_empty_line && media_type("", rest) == "message/rfc822")
      throw Unreadable("is a mailbox of several messages; save the one that is meant as a file of its own");
  }
  return bytes.substr(line);
}

}  // namespace

Reading read_email(std::string_view bytes, const Trust& trust, const ReadRequest& request,
                   std::vector<std::string>& references) {
  const std::string_view mail = only_message(bytes);
  const Object<GMimeParser> parser = parser_of(mail);
  const Object<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) throw Unreadable("is no e-mail that can be read");
  Reading reading;
  reading.kind = DocumentKind::email;
  reading.email = header_of(message.get(), request, reading.notes);
  references = references_of(message.get());
  const Basis basis{trust, request.received_on.value_or(reading.email->received_on.value_or(request.today))};
  Walk walk(basis, reading);
  walk.message(message.get(), mail, 0, {});

  for (const Leaf& leaf : walk.leaves()) {
    if (leaf.is_attachment) reading.email->attachments.push_back(leaf.attachment);
  }
  const std::vector<Candidate> candidates = candidates_of(walk.leaves(), request, basis, reading.notes);
  const Candidate* const document = choose(candidates, request, reading.notes);
  for (std::size_t i = 0; i < walk.layers().size(); ++i) {
    std::vector<Signature>& signatures = walk.layers()[i].signatures;
    judge_coverage(walk.leaves(), document == nullptr ? nullptr : document->leaf, i, signatures);
    for (Signature& signature : signatures) {
      if (reading.signatures.size() < most_signatures) reading.signatures.push_back(std::move(signature));
    }
  }
  if (document != nullptr) {
    reading.document = document->leaf->attachment;
    for (const Signature& signature : document->reading.signatures) {
      if (reading.signatures.size() < most_signatures) reading.signatures.push_back(signature);
    }
    for (const std::string& note : document->reading.notes) add_note(reading.notes, note);
  }
  return reading;
}

}  // namespace covenant
