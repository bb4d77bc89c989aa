#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/sink.hpp"
#include "core/text/csv_reader.hpp"

namespace covenant {

/// A character encoding, by one of the names that ICU knows it by.
class Encoding {
 public:
  /// Case, '-', '_' and blanks make no difference. Fails with `choice` and suggests a name that is near, or
  /// iconv where ICU knows the name without having the table. Source: Unicode Technical Standard 22,
  /// section 1.4.
  static Result<Encoding> parse(std::string_view name);

  /// As it was given.
  const std::string& name() const { return name_; }
  /// Whether it is UTF-16 or UTF-32.
  bool is_wide() const;
  /// The same with the order of the bytes that a file which begins with `head` has, for UTF-16 and UTF-32 of
  /// which that is not said: by its mark, else by where the zeros are.
  Encoding of_file(std::string_view head) const;

 private:
  explicit Encoding(std::string name) : name_(std::move(name)) {}

  std::string name_;
};

/// The bytes of `source`, which are in that encoding, as UTF-8. What has no character there becomes an escape
/// that is never UTF-8, nor a quote, a delimiter or a line end: `undecoded_bytes` has the bytes again.
ByteSource decoded(ByteSource source, const Encoding& encoding);

/// Whether text from `decoded` has an escape.
bool has_undecoded_bytes(std::string_view text);
/// Text from `decoded` with its escapes as the bytes that they stand for.
std::string undecoded_bytes(std::string_view text);

/// Writes text from `decoded`, or other UTF-8, in that encoding; what it has no character for as \uXXXX. Each
/// piece has to be whole characters.
class EncodingSink final : public TextSink {
 public:
  /// `sink` has to live as long.
  EncodingSink(TextSink& sink, const Encoding& encoding);
  EncodingSink(const EncodingSink&) = delete;
  EncodingSink& operator=(const EncodingSink&) = delete;
  ~EncodingSink() override;

  void write(std::string_view text) override;
  void flush() override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace covenant
