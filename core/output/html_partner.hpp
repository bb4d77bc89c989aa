#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/model/public_partner.hpp"
#include "core/output/catalogue.hpp"
#include "core/output/html_page.hpp"
#include "core/output/locale.hpp"

namespace covenant {

/// A category as the list calls it, in few words.
std::string_view short_name(const Catalogue& catalogue, Category category);

/// A category in the scheme's own words.
std::string_view official_wording(const Catalogue& catalogue, Category category);

/// One partner of the public list as HTML, an <li> whose id is the partner's.
class HtmlPartner {
 public:
  /// In a site the permanent link leads to the partner's own page.
  HtmlPartner(const Catalogue& catalogue, Locale& locale, PagePlace place);

  void append(std::string& out, const PublicPartner& partner);

 private:
  void append_identity(std::string& out, const PublicPartner& partner);
  void append_joining(std::string& out, const PublicPartner& partner);
  void append_offer(std::string& out, const PublicPartner& partner);
  void append_practices(std::string& out, const PublicPartner& partner);
  /// `lang` on what is in another language than the page.
  void append_language(std::string& out, const PublicPartner& partner) const;
  /// `lang`, and `dir` on what may run from right to left: a name, which may be in any script.
  void append_name_attributes(std::string& out, const PublicPartner& partner, std::string_view name) const;
  /// The same for a text, which runs as its language does.
  void append_text_attributes(std::string& out, const PublicPartner& partner, std::string_view text) const;

  OfficialLanguage language_;
  std::string_view page_language_;
  Locale& locale_;
  PagePlace place_;
  std::array<std::string, 4> categories_;
  std::string expertise_;
  std::string practices_;
  std::string_view since_;
  std::string_view permanent_link_;
};

}  // namespace covenant
