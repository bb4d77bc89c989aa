#include "core/text/encoding.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/file_kind.hpp"
#include "core/text/suggest.hpp"
#include "core/text/utf8.hpp"

// How it works, and why. A byte that has no character is a problem of its row, like a byte that is not UTF-8
// in a file without an encoding, so it has to come through. ICU's callback writes it as an unpaired
// surrogate, of which no converter makes any, and that becomes three bytes here: 0xFF, which no UTF-8 has,
// and the byte's bits in two bytes above 0x7F, so that it is no quote and no line end.

namespace covenant {

namespace {

constexpr char escape = '\xFF';
constexpr std::size_t escape_size = 3;
constexpr UChar32 first_surrogate = 0xDC00;

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, Close>;

[[noreturn]] void fail(const std::string& name, UErrorCode error) {
  throw Error(ErrorKind::fault, name + ": " + u_errorName(error));
}

Converter open_converter(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &error));
  if (U_FAILURE(error) != 0) fail(name, error);
  return converter;
}

void escape_bytes(const void* /*context*/, UConverterToUnicodeArgs* arguments, const char* bytes,
                  int32_t size, UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return;
  *error = U_ZERO_ERROR;
  for (int32_t i = 0; i < size; ++i) {
    const auto unit = static_cast<UChar>(first_surrogate + static_cast<unsigned char>(bytes[i]));
    ucnv_cbToUWriteUChars(arguments, &unit, 1, 0, error);
  }
}

/// Converts a file piece by piece.
class Decoder {
 public:
  Decoder(ByteSource source, const std::string& name)
      : source_(std::move(source)), name_(name), converter_(open_converter(name)), bytes_(block_size, '\0') {
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(converter_.get(), escape_bytes, nullptr, nullptr, nullptr, &error);
    if (U_FAILURE(error) != 0) fail(name_, error);
  }

  std::size_t read(char* buffer, std::size_t size) {
    while (given_ == text_.size() && !at_end_) convert_block();
    const std::size_t count = text_.copy(buffer, size, given_);
    given_ += count;
    return count;
  }

 private:
  static constexpr std::size_t block_size = std::size_t{64} * 1024;

  void convert_block() {
    text_.clear();
    given_ = 0;
    const std::size_t count = source_(bytes_.data(), bytes_.size());
    at_end_ = count == 0;
    const char* from = bytes_.data();
    const char* const end = from + count;
    UErrorCode error = U_ZERO_ERROR;
    do {
      std::array<UChar, 4096> units{};
      UChar* to = units.data();
      error = U_ZERO_ERROR;
      ucnv_toUnicode(converter_.get(), &to, to + units.size(), &from, end, nullptr,
                     static_cast<UBool>(at_end_), &error);
      append(units.data(), to - units.data());
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(error) != 0) fail(name_, error);
  }

  void append(const UChar* units, std::ptrdiff_t size) {
    for (std::ptrdiff_t i = 0; i < size;) {
      UChar32 c = units[i++];
      if (U16_IS_LEAD(c)) {
        lead_ = c;
        continue;
      }
      if (U16_IS_TRAIL(c) && lead_ != 0) {
        c = U16_GET_SUPPLEMENTARY(lead_, c);
        lead_ = 0;
      }
      if (U16_IS_TRAIL(c)) {
        const auto byte = static_cast<unsigned>(c - first_surrogate);
        text_ += escape;
        text_ += static_cast<char>(0xF8U | byte >> 6U);
        text_ += static_cast<char>(0x80U | (byte & 0x3FU));
        continue;
      }
      std::array<char, U8_MAX_LENGTH> bytes{};
      int32_t length = 0;
      U8_APPEND_UNSAFE(bytes, length, c);
      text_.append(bytes.data(), static_cast<std::size_t>(length));
    }
  }

  ByteSource source_;
  std::string name_;
  Converter converter_;
  std::string bytes_;
  std::string text_;
  std::size_t given_ = 0;
  UChar32 lead_ = 0;  ///< half of a character whose other half is yet to come
  bool at_end_ = false;
};

std::string canonical_name(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter = open_converter(name);
  const char* canonical = ucnv_getName(converter.get(), &error);
  return U_FAILURE(error) != 0 ? name : canonical;
}

std::vector<std::string_view> every_name() {
  std::vector<std::string_view> names;
  for (int32_t i = 0; i < ucnv_countAvailable(); ++i) {
    const char* converter = ucnv_getAvailableName(i);
    UErrorCode error = U_ZERO_ERROR;
    const uint16_t count = ucnv_countAliases(converter, &error);
    for (uint16_t alias = 0; alias < count && U_SUCCESS(error) != 0; ++alias)
      names.emplace_back(ucnv_getAlias(converter, alias, &error));
  }
  return names;
}

std::string letters_and_digits(std::string_view name) {
  std::string text;
  for (const char c : name) {
    if (is_letter(c) || is_digit(c)) text += lower_case(c);
  }
  return text;
}

/// Whether two names differ by a slip in the word before the same number. A change anywhere else, or in a
/// word of its own, makes the name of another character set.
bool is_misspelt(std::string_view name, std::string_view known) {
  constexpr std::string_view digits = "0123456789";
  constexpr std::size_t shortest = 3;
  const std::size_t number = name.find_first_of(digits);
  const std::size_t known_number = known.find_first_of(digits);
  if (number == std::string_view::npos || known_number == std::string_view::npos) return false;
  return known_number >= shortest && name.front() == known.front() &&
         name.substr(number) == known.substr(known_number) &&
         are_near(name.substr(0, number), known.substr(0, known_number));
}

/// Whether it is a name of the library, which takes an empty one for the default, and one with a comma for a
/// name with options.
bool is_known(const std::string& name) {
  if (name.empty() || name.find_first_of(std::string_view(",\0", 2)) != std::string::npos) return false;
  UErrorCode error = U_ZERO_ERROR;
  return ucnv_countAliases(name.c_str(), &error) > 0 && U_SUCCESS(error) != 0;
}

/// Whether a file can be read by that name: not every part of the library is on every machine.
bool is_supported(const std::string& name) {
  if (!is_known(name)) return false;
  UErrorCode error = U_ZERO_ERROR;
  const Converter converter(ucnv_open(name.c_str(), &error));
  return U_SUCCESS(error) != 0;
}

/// The name that is surely meant: another character set would read other letters, and nobody would notice.
std::optional<std::string_view> meant_name(std::string_view name) {
  constexpr std::size_t longest = 64;
  const std::string given = letters_and_digits(name);
  if (given.empty() || name.size() > longest) return std::nullopt;
  std::optional<std::string_view> near;
  for (const std::string_view known : every_name()) {
    const std::string folded = letters_and_digits(known);
    const bool is_same = folded == given;
    if (!is_same && (near || !is_misspelt(given, folded))) continue;
    if (!is_supported(std::string(known))) continue;
    near = known;
    if (is_same) break;
  }
  return near;
}

}  // namespace

Result<Encoding> Encoding::parse(std::string_view name) {
  const std::string text(name);
  if (is_supported(text)) return Encoding(text);
  if (is_known(text)) {
    return Problem::of(ProblemCode::choice, name,
                       fmt::format("'{}' is not supported; convert the file to UTF-8 with iconv", text));
  }
  const auto near = meant_name(name);
  return Problem::of(ProblemCode::choice, name,
                     fmt::format("{} is not an encoding; {}", in_quotes(name),
                                 near ? fmt::format("did you mean '{}'?", *near)
                                      : "see covenant-csv(5), or convert the file to UTF-8 with iconv"));
}

bool Encoding::is_wide() const {
  const std::string name = canonical_name(name_);
  return name.starts_with("UTF-16") || name.starts_with("UTF-32");
}

Encoding Encoding::of_file(std::string_view head) const {
  const std::string name = canonical_name(name_);
  if (name == "UTF-32") return Encoding(head.starts_with("\xFF\xFE") ? "UTF-32LE" : "UTF-32BE");
  if (name != "UTF-16") return *this;
  const auto kind = recognise_file(head);
  const bool is_little = head.starts_with("\xFF\xFE") || (kind && kind->encoding == "utf-16le");
  return Encoding(is_little ? "UTF-16LE" : "UTF-16BE");
}

ByteSource decoded(ByteSource source, const Encoding& encoding) {
  const auto decoder = std::make_shared<Decoder>(std::move(source), encoding.name());
  return [decoder](char* buffer, std::size_t size) { return decoder->read(buffer, size); };
}

bool has_undecoded_bytes(std::string_view text) {
  return text.find(escape) != std::string_view::npos;
}

std::string undecoded_bytes(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(escape), text.size());
    bytes.append(text.substr(0, at));
    text.remove_prefix(at);
    if (text.size() < escape_size) break;
    const auto bits = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    bytes += static_cast<char>((bits(1) & 0x03U) << 6U | (bits(2) & 0x3FU));
    text.remove_prefix(escape_size);
  }
  return bytes;
}

struct EncodingSink::State {
  TextSink& sink;
  std::string name;
  Converter converter;

  void write_characters(std::string_view text) const {
    std::u16string units;
    while (!text.empty()) {
      const char32_t c = take_code_point(text);
      if (c > 0xFFFF) {
        units += static_cast<char16_t>(U16_LEAD(c));
        units += static_cast<char16_t>(U16_TRAIL(c));
      } else {
        units += static_cast<char16_t>(c);
      }
    }
    const UChar* from = units.data();
    const UChar* const end = from + units.size();
    UErrorCode error = U_ZERO_ERROR;
    do {
      std::array<char, 4096> bytes{};
      char* to = bytes.data();
      error = U_ZERO_ERROR;
      ucnv_fromUnicode(converter.get(), &to, to + bytes.size(), &from, end, nullptr, 1, &error);
      sink.write(std::string_view(bytes.data(), static_cast<std::size_t>(to - bytes.data())));
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(error) != 0) fail(name, error);
  }
};

EncodingSink::EncodingSink(TextSink& sink, const Encoding& encoding)
    : state_(std::make_unique<State>(State{sink, encoding.name(), open_converter(encoding.name())})) {
  UErrorCode error = U_ZERO_ERROR;
  ucnv_setFromUCallBack(state_->converter.get(), UCNV_FROM_U_CALLBACK_ESCAPE, UCNV_ESCAPE_C, nullptr, nullptr,
                        &error);
  if (U_FAILURE(error) != 0) fail(state_->name, error);
}

EncodingSink::~EncodingSink() = default;

void EncodingSink::write(std::string_view text) {
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(escape), text.size());
    state_->write_characters(text.substr(0, at));
    text.remove_prefix(at);
    const std::string_view escaped = text.substr(0, escape_size);
    state_->sink.write(undecoded_bytes(escaped));
    text.remove_prefix(escaped.size());
  }
}

void EncodingSink::flush() {
  state_->sink.flush();
}

}  // namespace covenant
