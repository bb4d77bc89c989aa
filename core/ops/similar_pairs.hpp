#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/code.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// Why two stored partners are the same or possibly the same, the surest first. Source:
/// covenant-duplicates(1).
enum class PairReason { name, website, acronym, former_name, confusable, near };

template <>
struct Codes<PairReason> {
  static constexpr std::array<std::string_view, 6> codes = {"name",        "website",    "acronym",
                                                            "former-name", "confusable", "near"};
};

/// A partner and its present name.
struct PairedPartner {
  PartnerId id;
  std::string_view name;
};

/// Two partners, the one with the smaller id first, and one reason.
struct SimilarPair {
  PairedPartner first;
  PairedPartner second;
  PairReason reason;
  /// The host; the acronym or the name as the second has it; the former name; how near the names are, as
  /// "0.75".
  std::string_view value;
};

/// Visits each pair of stored partners once for each reason, by their ids and then by the reasons. Names that
/// are the same or confusable are not also near. Those that were only ever entered in error are like nobody.
/// Nothing grows with the number of pairs.
void for_each_similar_pair(Read& read, const std::function<void(const SimilarPair&)>& visit);

}  // namespace covenant
