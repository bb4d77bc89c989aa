#pragma once

#include <array>
#include <string>
#include <variant>
#include <vector>

#include "core/model/codes.hpp"

namespace covenant {

/// A category of a partner, as a paper names it.
struct PaperCategory {
  Category category;
  std::string label;
};

/// What the certificate of a partner says, in the language of the paper.
struct CertificateTexts {
  std::string language;  ///< BCP 47
  std::string title;     ///< of the file
  std::string site_name;
  std::string recognition;
  std::string name;
  std::string name_language;  ///< BCP 47
  std::string role;
  std::string text;
  std::string since;
  std::vector<PaperCategory> categories;
  std::string office;
  std::string validity;  ///< with the partner's id
  std::string page_url;  ///< of the partner; empty where it is not known
};

/// What the commitment statement says that an organisation signs, in the language of the paper.
struct StatementTexts {
  std::string language;  ///< BCP 47
  std::string title;     ///< of the file
  std::string site_name;
  std::string id;
  std::string heading;
  std::string subtitle;
  std::string organisation_label;
  std::string name;
  std::string name_language;  ///< BCP 47
  std::string place;
  std::string place_footnote;  ///< empty where the name of the country needs none
  std::string introduction;
  std::array<std::string, 2> commitments;
  std::array<std::string, 2> terms;
  std::string declaration;
  std::array<std::string, 3> fields;  ///< the labels of what is to be filled in
  std::string signature_label;
  std::string instructions_heading;
  std::array<std::string, 3> instructions;
  std::string office;
  std::string email;
};

/// A paper to print.
using Paper = std::variant<CertificateTexts, StatementTexts>;

/// A paper as a file.
struct Pdf {
  std::string bytes;
  std::u32string missing;  ///< characters that the fonts lack, each once, in the order of the text
};

/// The paper as a PDF: tagged, with title and language, its fonts within. The same texts make the same
/// bytes, wherever; a character that the fonts lack is printed as U+FFFD and remains in the text.
/// @throws Error{file} when the module `covenant-paper.so` or the fonts are not installed
/// Source: ISO 32000-1; ISO 14289-1.
Pdf write_pdf(const Paper& paper);

/// What a note says of characters that are missing: "the fonts lack U+65E5, which is printed as …"; of many,
/// the first ones.
std::string lacking_characters(const Pdf& pdf);

}  // namespace covenant
