#include "core/text/collator.hpp"

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/uvernum.h>

#include <array>
#include <cstdint>

#include "core/base/error.hpp"

namespace covenant {

struct Collator::State {
  std::unique_ptr<icu::Collator> collator;
};

Collator::Collator(std::string_view language) : state_(std::make_unique<State>()) {
  UErrorCode error = U_ZERO_ERROR;
  const std::string tag(language);
  const icu::Locale locale = icu::Locale::forLanguageTag(tag, error);
  state_->collator.reset(icu::Collator::createInstance(locale, error));
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, "no collation rules for '" + tag + "'");
}

Collator::~Collator() = default;

std::string Collator::key(std::string_view text) {
  const auto wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  std::array<std::uint8_t, 512> bytes{};
  const int32_t size = state_->collator->getSortKey(wide, bytes.data(), bytes.size());
  if (size <= static_cast<int32_t>(bytes.size())) {
    return {reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size)};
  }
  std::string long_key(static_cast<std::size_t>(size), '\0');
  state_->collator->getSortKey(wide, reinterpret_cast<std::uint8_t*>(long_key.data()), size);
  return long_key;
}

std::string Collator::version() {
  return std::string("ICU ") + U_ICU_VERSION;
}

}  // namespace covenant
