#include "core/text/alphabet.hpp"

#include <unicode/alphaindex.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

#include "core/base/error.hpp"

namespace covenant {

namespace {

void check(UErrorCode error) {
  if (U_FAILURE(error)) throw Error(ErrorKind::fault, std::string("ICU: ") + u_errorName(error));
}

}  // namespace

struct Alphabet::State {
  std::unique_ptr<icu::AlphabeticIndex::ImmutableIndex> letters;
};

Alphabet::Alphabet(std::string_view language) : state_(std::make_unique<State>()) {
  UErrorCode error = U_ZERO_ERROR;
  icu::AlphabeticIndex index(icu::Locale(std::string(language).c_str()), error);
  for (const char* other : {"en", "el", "bg"}) index.addLabels(icu::Locale(other), error);
  index.setUnderflowLabel("#", error);
  state_->letters.reset(index.buildImmutableIndex(error));
  check(error);
}

Alphabet::~Alphabet() = default;

std::size_t Alphabet::place(std::string_view name) const {
  UErrorCode error = U_ZERO_ERROR;
  const auto wide =
      icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size())));
  const int32_t place = state_->letters->getBucketIndex(wide, error);
  check(error);
  return static_cast<std::size_t>(place);
}

std::string Alphabet::letter(std::size_t place) const {
  std::string letter;
  state_->letters->getBucket(static_cast<int32_t>(place))->getLabel().toUTF8String(letter);
  return letter;
}

}  // namespace covenant
