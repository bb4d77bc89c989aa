#pragma once

#include <string>
#include <string_view>

#include "core/model/public_partner.hpp"
#include "core/output/catalogue.hpp"
#include "core/output/html_page.hpp"
#include "core/output/locale.hpp"

namespace covenant {

/// What the pages about a single partner have in common, as HTML in the page's language.
class RecordPage {
 public:
  explicit RecordPage(PageOptions options);

  const PageOptions& options() const { return options_; }
  OfficialLanguage language() const { return options_.language; }
  Locale& locale() { return locale_; }
  std::string_view message(std::string_view english) const { return catalogue_.text(english); }
  std::string text(std::string_view english) const;
  std::string site() const;
  std::string footer() const;

  /// All up to what a page adds to its <head>.
  void append_head(std::string& out, std::string_view title) const;
  /// " lang" where the partner's language is not the page's, and " dir" where a text may run the other way.
  void append_language(std::string& out, const PublicPartner& partner, std::string_view text) const;
  /// An element around a text of the partner's.
  void append_own_text(std::string& out, std::string_view element, const PublicPartner& partner,
                       std::string_view text) const;
  /// The categories by word and shape.
  void append_categories(std::string& out, const PublicPartner& partner) const;
  /// A message that has a date in it.
  void append_dated(std::string& out, std::string_view message, Date day);

 private:
  PageOptions options_;
  const Catalogue& catalogue_;
  Locale locale_;
};

/// What a web server may send as Content-Security-Policy with these pages; they have no scripts.
std::string record_security_policy();

}  // namespace covenant
