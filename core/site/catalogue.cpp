#include "core/site/catalogue.hpp"

#include <array>
#include <utility>

#include "core/base/error.hpp"
#include "core/embedded_messages.hpp"
#include "core/site/plural_rule.hpp"

namespace covenant {

namespace {

constexpr std::uint32_t magic_number = 0x950412de;
constexpr std::size_t header_size = 20;
constexpr std::size_t entry_size = 8;

/// The number at `offset`, which is inside.
std::uint32_t number_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t number = 0;
  for (std::size_t i = 4; i-- > 0;) {
    number = number << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
  }
  return number;
}

bool holds_table(std::string_view bytes, std::uint32_t offset, std::uint32_t count) {
  return std::uint64_t{offset} + std::uint64_t{count} * entry_size <= bytes.size();
}

std::string_view up_to_nul(std::string_view text) {
  return text.substr(0, text.find('\0'));
}

}  // namespace

std::optional<MessageFile> MessageFile::open(std::string_view bytes) {
  if (bytes.size() < header_size || number_at(bytes, 0) != magic_number) return std::nullopt;
  const MessageFile file(bytes, number_at(bytes, 8), number_at(bytes, 12), number_at(bytes, 16));
  if (!holds_table(bytes, file.messages_, file.count_)) return std::nullopt;
  if (!holds_table(bytes, file.translations_, file.count_)) return std::nullopt;
  for (std::size_t i = 0; i < file.count_; ++i) {
    if (!file.entry(file.messages_, i) || !file.entry(file.translations_, i)) return std::nullopt;
    if (i > 0 && file.message(i - 1) >= file.message(i)) return std::nullopt;
  }
  return file;
}

std::optional<std::string_view> MessageFile::entry(std::size_t table, std::size_t place) const {
  const std::size_t length = number_at(bytes_, table + place * entry_size);
  const std::size_t offset = number_at(bytes_, table + place * entry_size + 4);
  if (offset > bytes_.size() || length > bytes_.size() - offset) return std::nullopt;
  return bytes_.substr(offset, length);
}

std::string_view MessageFile::message(std::size_t place) const {
  return up_to_nul(*entry(messages_, place));
}

std::optional<std::string_view> MessageFile::find(std::string_view message_text, std::size_t form) const {
  std::size_t first = 0;
  std::size_t last = count_;
  while (first < last) {
    const std::size_t middle = first + (last - first) / 2;
    if (message(middle) < message_text) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  if (first == count_ || message(first) != message_text) return std::nullopt;
  std::string_view forms = *entry(translations_, first);
  for (; form > 0; --form) {
    const std::size_t end = forms.find('\0');
    if (end == std::string_view::npos) return std::nullopt;
    forms.remove_prefix(end + 1);
  }
  const std::string_view found = up_to_nul(forms);
  return found.empty() ? std::nullopt : std::optional(found);
}

namespace {

// An official language without a catalogue, or a catalogue of another language, does not compile.
static_assert(embedded::message_languages == Codes<OfficialLanguage>::codes);

std::optional<MessageFile> opened(OfficialLanguage language) {
  const std::string_view* file = embedded::messages[static_cast<std::size_t>(language)];
  if (file == nullptr) return std::nullopt;  // English, the language of the messages themselves
  auto messages = MessageFile::open(*file);
  if (!messages)
    throw Error(ErrorKind::fault, "the catalogue '" + std::string(code_of(language)) + "' is broken");
  return messages;
}

}  // namespace

Catalogue::Catalogue(Wording wording) : wording_(std::move(wording)), messages_(opened(wording_.language)) {}

const std::vector<std::string_view>& Catalogue::plural_categories() const {
  return PluralRule::of(language()).categories();
}

const Catalogue& Catalogue::of(OfficialLanguage language) {
  static std::array<std::optional<Catalogue>, official_language_count> catalogues;
  auto& catalogue = catalogues[static_cast<std::size_t>(language)];
  if (!catalogue) catalogue = Catalogue(language);
  return *catalogue;
}

std::optional<std::string_view> Catalogue::find(std::string_view english, std::size_t form) const {
  const auto reworded = wording_.messages.find(english);
  if (reworded != wording_.messages.end()) return reworded->second.at(form);
  return messages_ ? messages_->find(english, form) : std::nullopt;
}

std::string_view Catalogue::text(std::string_view english) const {
  return find(english, 0).value_or(english);
}

std::string_view Catalogue::plural(std::string_view one, std::string_view other, std::uint64_t number) const {
  return plural_form(one, other, PluralRule::of(language()).form(number));
}

std::string_view Catalogue::plural_form(std::string_view one, std::string_view other,
                                        std::size_t form) const {
  if (const auto found = find(one, form)) return *found;
  return plural_categories().at(form) == "one" ? one : other;
}

namespace {

constexpr std::array<std::string_view, code_count<Category>> short_names = {
    translatable("Financial institutions"),
    translatable("Industry"),
    translatable("NGOs and civil society"),
    translatable("Other organisations"),
};

constexpr std::array<std::string_view, code_count<Category>> official_wordings = {
    translatable("Associations of financial institutions such as public and private banks"),
    translatable(
        "Industrial associations: European umbrella-associations of energy solutions providers that bring "
        "together private companies"),
    translatable("NGOs and associations of civil society"),
    translatable(
        "Other bodies: member-based organisations able to put their energy know-how at the service of "
        "Covenant Signatories"),
};

constexpr std::array<std::string_view, code_count<Level>> level_names = {
    // TRANSLATORS: a level on which an organisation works; agrees with "level", as do the next three
    translatable("European"),
    translatable("International"),
    translatable("National"),
    translatable("Local"),
};

}  // namespace

std::string_view short_name(const Catalogue& catalogue, Category category) {
  return catalogue.text(short_names[static_cast<std::size_t>(category)]);
}

std::string_view level_name(const Catalogue& catalogue, Level level) {
  return catalogue.text(level_names[static_cast<std::size_t>(level)]);
}

std::string_view official_wording(const Catalogue& catalogue, Category category) {
  return catalogue.text(official_wordings[static_cast<std::size_t>(category)]);
}

}  // namespace covenant
