#include "core/site/plural_rule.hpp"

#include <array>

namespace covenant {

namespace {

bool ends_in(std::uint64_t n, std::uint64_t first, std::uint64_t last) {
  return n % 10 >= first && n % 10 <= last;
}

bool is_teen(std::uint64_t n, std::uint64_t first, std::uint64_t last) {
  return n % 100 >= first && n % 100 <= last;
}

std::size_t one_or_other(std::uint64_t n) {
  return n == 1 ? 0 : 1;
}

std::size_t up_to_one_or_other(std::uint64_t n) {
  return n <= 1 ? 0 : 1;
}

std::size_t czech(std::uint64_t n) {
  if (n == 1) return 0;
  return n >= 2 && n <= 4 ? 1 : 2;
}

std::size_t irish(std::uint64_t n) {
  if (n == 1) return 0;
  if (n == 2) return 1;
  if (n >= 3 && n <= 6) return 2;
  return n >= 7 && n <= 10 ? 3 : 4;
}

std::size_t croatian(std::uint64_t n) {
  if (ends_in(n, 1, 1) && !is_teen(n, 11, 11)) return 0;
  return ends_in(n, 2, 4) && !is_teen(n, 12, 14) ? 1 : 2;
}

std::size_t lithuanian(std::uint64_t n) {
  if (is_teen(n, 11, 19)) return 2;
  if (ends_in(n, 1, 1)) return 0;
  return ends_in(n, 2, 9) ? 1 : 2;
}

std::size_t latvian(std::uint64_t n) {
  if (ends_in(n, 0, 0) || is_teen(n, 11, 19)) return 0;
  return ends_in(n, 1, 1) ? 1 : 2;
}

std::size_t maltese(std::uint64_t n) {
  if (n == 1) return 0;
  if (n == 2) return 1;
  if (n == 0 || is_teen(n, 3, 10)) return 2;
  return is_teen(n, 11, 19) ? 3 : 4;
}

std::size_t polish(std::uint64_t n) {
  if (n == 1) return 0;
  return ends_in(n, 2, 4) && !is_teen(n, 12, 14) ? 1 : 2;
}

std::size_t romanian(std::uint64_t n) {
  if (n == 1) return 0;
  return n == 0 || is_teen(n, 1, 19) ? 1 : 2;
}

std::size_t slovenian(std::uint64_t n) {
  if (n % 100 == 1) return 0;
  if (n % 100 == 2) return 1;
  return is_teen(n, 3, 4) ? 2 : 3;
}

}  // namespace

const PluralRule& plural_rule(OfficialLanguage language) {
  static const PluralRule two_forms{{"one", "other"}, one_or_other};
  static const PluralRule zero_as_one{{"one", "other"}, up_to_one_or_other};
  static const PluralRule cs{{"one", "few", "other"}, czech};
  static const PluralRule ga{{"one", "two", "few", "many", "other"}, irish};
  static const PluralRule hr{{"one", "few", "other"}, croatian};
  static const PluralRule lt{{"one", "few", "other"}, lithuanian};
  static const PluralRule lv{{"zero", "one", "other"}, latvian};
  static const PluralRule mt{{"one", "two", "few", "many", "other"}, maltese};
  static const PluralRule pl{{"one", "few", "many"}, polish};
  static const PluralRule ro{{"one", "few", "other"}, romanian};
  static const PluralRule sl{{"one", "two", "few", "other"}, slovenian};
  switch (language) {
    case OfficialLanguage::fr:
    case OfficialLanguage::pt:
      return zero_as_one;
    case OfficialLanguage::cs:
    case OfficialLanguage::sk:
      return cs;
    case OfficialLanguage::ga:
      return ga;
    case OfficialLanguage::hr:
      return hr;
    case OfficialLanguage::lt:
      return lt;
    case OfficialLanguage::lv:
      return lv;
    case OfficialLanguage::mt:
      return mt;
    case OfficialLanguage::pl:
      return pl;
    case OfficialLanguage::ro:
      return ro;
    case OfficialLanguage::sl:
      return sl;
    default:
      return two_forms;
  }
}

}  // namespace covenant
