#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/codes.hpp"
#include "core/model/language.hpp"

namespace covenant {

/// A compiled catalogue of messages, searched in place. Nothing in the file is trusted: what points outside
/// it does not exist. Source: GNU gettext manual, "The Format of GNU MO Files" (little endian, sorted).
class MessageFile {
 public:
  /// Nothing when the bytes are not such a file, or its strings are not sorted. The bytes must outlive it.
  static std::optional<MessageFile> open(std::string_view bytes);

  /// The translation of a message; of one with plural forms, its form of that number.
  std::optional<std::string_view> find(std::string_view message, std::size_t form = 0) const;

  std::size_t size() const { return count_; }
  /// The message at that place, with plural forms its singular; from 0, in the order of bytes.
  std::string_view message(std::size_t place) const;

 private:
  MessageFile(std::string_view bytes, std::uint32_t count, std::uint32_t messages, std::uint32_t translations)
      : bytes_(bytes), count_(count), messages_(messages), translations_(translations) {}

  std::optional<std::string_view> entry(std::size_t table, std::size_t place) const;

  std::string_view bytes_;
  std::uint32_t count_;
  std::uint32_t messages_;
  std::uint32_t translations_;
};

/// Marks a message for the catalogues where it is named before it is looked up; returns it.
constexpr std::string_view translatable(std::string_view english) {
  return english;
}

/// Messages that take the place of the program's own in one language: the forms of each, by its English text.
struct Wording {
  OfficialLanguage language;
  std::map<std::string, std::vector<std::string>, std::less<>> messages;
};

/// The texts of the public list in one language. A message is its English text; one that a language lacks
/// stays English. Placeholders are in braces, "{count} partners". Source: `core/site/po`, one file a
/// language, compiled in.
class Catalogue {
 public:
  static const Catalogue& of(OfficialLanguage language);
  /// That of the wording's language, with its messages in place of others.
  explicit Catalogue(Wording wording);

  OfficialLanguage language() const { return wording_.language; }
  std::string_view tag() const { return published_tag(language()); }
  /// The plural categories of the language, in the order of its forms.
  const std::vector<std::string_view>& plural_categories() const;

  /// Whether the language's own catalogue has the message.
  bool has(std::string_view english) const { return messages_ && messages_->find(english); }
  /// The messages in place of the program's own.
  const Wording& wording() const { return wording_; }

  /// What the message is in this language.
  std::string_view text(std::string_view english) const;
  /// What the message is for a number of things.
  std::string_view plural(std::string_view one, std::string_view other, std::uint64_t number) const;
  /// The message in that place of `plural_categories`.
  std::string_view plural_form(std::string_view one, std::string_view other, std::size_t form) const;

 private:
  explicit Catalogue(OfficialLanguage language) : Catalogue(Wording{language, {}}) {}

  std::optional<std::string_view> find(std::string_view english, std::size_t form) const;

  Wording wording_;
  std::optional<MessageFile> messages_;  ///< English has none
};

/// A category as the list calls it, in few words.
std::string_view short_name(const Catalogue& catalogue, Category category);

/// How far an organisation reaches.
std::string_view level_name(const Catalogue& catalogue, Level level);

/// A category in the scheme's own words.
std::string_view official_wording(const Catalogue& catalogue, Category category);

}  // namespace covenant
