#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/letters/office.hpp"
#include "core/model/criteria.hpp"
#include "core/model/language.hpp"
#include "core/model/letter.hpp"
#include "core/model/partner.hpp"
#include "core/site/locale.hpp"
#include "core/template/template.hpp"

namespace covenant {

/// What a letter is about.
struct LetterMatter {
  LetterKind kind;
  OfficialLanguage language;
  const Partner& partner;             ///< with a contact
  std::vector<Criterion> failed{};    ///< of a refusal
  std::optional<Status> ended{};      ///< of an ending: the status that it ended
  std::optional<std::string> page{};  ///< of a welcome: the address of the partner's page, where it is known
  KosovoName kosovo = KosovoName::plain;
};

/// What a letter says, twice.
struct LetterTexts {
  std::string subject;
  std::string text;  ///< as format=flowed has it, lines ending in LF
  std::string html;
};

/// The template of letters that comes with the program.
std::string_view letter_template_text();

/// A template of letters, checked. @throws as `Template` does.
Template letter_template(std::string_view text, std::string_view file);

/// What the office calls itself in letters in that language.
std::string office_name(const Office& office, OfficialLanguage language);

/// Writes a letter of the office, which has an e-mail address, through a template that was read from `file`.
/// Its title is the subject, in which the partner's id is never missing. The same matter makes the same
/// bytes.
/// @throws Error{bad_input} as `text_of_html` does
LetterTexts write_letter(const LetterMatter& matter, const Office& office, const Template& layout,
                         std::string_view file);

}  // namespace covenant
