#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/documents/reading.hpp"
#include "core/model/signature.hpp"

namespace covenant {

/// What is recorded of a reading.
Judgement judgement_of(const Reading& reading);

/// The texts of a judgement, by the names under which the history seals them.
/// Source: covenant-registry(5), SEALED VALUES.
inline constexpr std::array<std::string_view, 5> judgement_text_names = {
    "accept_invalid", "mail", "reading_notes", "signatures", "unread"};

constexpr bool is_judgement_text(std::string_view name) {
  return std::find(judgement_text_names.begin(), judgement_text_names.end(), name) !=
         judgement_text_names.end();
}

/// The parts of the text of that name; none where there is no such text.
std::vector<std::string> parts_of(const Judgement& judgement, std::string_view name);

/// Adds a part to the text of that name. @throws Error{damaged} when `parts_of` makes no such part
void add_part(Judgement& judgement, std::string_view name, const std::string& part);

/// Whether `parts_of` makes such a part.
bool is_part(std::string_view name, const std::string& part);

/// Who made a signature, for people: "Ada Example <ada@example.org>, Example Association"; empty when its
/// certificate does not say.
std::string signer_of(const Signature& signature);

/// The notes that are not on one of the signatures as well.
std::vector<std::string> document_notes(const Judgement& judgement);

/// What a part of the text of that name says, for people: all that may name somebody.
std::string readable(std::string_view name, const std::string& part);

}  // namespace covenant
