#pragma once

#include <string>
#include <string_view>

#include "core/model/public_summary.hpp"
#include "core/output/catalogue.hpp"
#include "core/output/html_page.hpp"
#include "core/output/locale.hpp"

namespace covenant {

/// The parts of the page's <body> around its partners. What is passed in must outlive it.
class HtmlBody {
 public:
  HtmlBody(const Catalogue& catalogue, Locale& locale, const PageOptions& options,
           const PublicSummary& summary)
      : catalogue_(catalogue), locale_(locale), options_(options), summary_(summary) {}

  /// From the skip link to the list's section: the header, the title, the facts.
  void append_opening(std::string& out);
  /// The controls that choose among the partners.
  void append_filter(std::string& out);
  /// The list's heading and its beginning.
  void append_list_opening(std::string& out);
  void append_list_closing(std::string& out);
  /// What comes after the list's section: the categories, the downloads, the footer.
  void append_closing(std::string& out);

 private:
  void append_header(std::string& out);
  void append_facts(std::string& out);
  void append_category_choices(std::string& out);
  void append_country_choices(std::string& out);
  void append_count(std::string& out);
  void append_categories(std::string& out);
  void append_downloads(std::string& out);

  std::string text(std::string_view english) const;
  /// A message about a number, with HTML around its digits.
  std::string counted(std::string_view one, std::string_view other, std::int64_t number,
                      std::string_view before, std::string_view after);

  const Catalogue& catalogue_;
  Locale& locale_;
  const PageOptions& options_;
  const PublicSummary& summary_;
};

}  // namespace covenant
