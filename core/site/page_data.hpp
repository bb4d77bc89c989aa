#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/locale.hpp"
#include "core/site/names.hpp"
#include "core/site/page.hpp"
#include "core/site/page_row.hpp"

namespace covenant {

/// The public list as templates see it: what is fixed for a page once, rows as they come.
class PageData : public TemplateData {
 public:
  PageData(const PageOptions& options, const PageSource& source);

  std::string_view value(std::size_t name) override;
  bool has_rows(std::size_t section) override;
  void each(std::size_t section, const std::function<void()>& row) override;

 protected:
  using Row = std::function<void()>;

  const PageOptions& options() const { return options_; }
  void set(std::size_t name, std::string_view text) { values_[name] = text; }
  /// Whether the page calls a country by a name that needs the footnote.
  void set_footnote(bool names_kosovo);
  void show(const PublicTexts& partner) { row_.set(partner); }
  /// A row of `former`, whose page is at `link`.
  void show_former(const FormerPartner& partner, const std::string& link, const Row& row);
  /// The file of this page in another language.
  virtual std::string page_in(OfficialLanguage language) const {
    return site_path(SiteFile::list, {.language = language});
  }

 private:
  void keep(std::size_t name, std::string text);
  void set_if(std::size_t name, bool is_so) { values_[name] = is_so ? "yes" : ""; }
  /// The parts of a message before and after its placeholder.
  void set_around(std::size_t before, std::size_t after, std::string_view message);
  void set_labels();
  void set_counts();
  void set_selection();
  void set_sizes();
  void set_addresses();
  /// Where the partner of a change is to be seen; empty where it is not.
  std::string link_to(const PublicChange& change) const;
  /// Puts an element that the program makes in its place, at its first use.
  void make_element(std::size_t name);
  void each_language(const Row& row);
  void each_letter(const Row& row);
  void each_country(const Row& row);
  void each_category(const Row& row);
  void each_change(const Row& row);
  void each_partner(const Row& row);

  const PageOptions& options_;
  const PageSource& source_;
  const Catalogue& catalogue_;
  Locale locale_;
  std::deque<std::string> kept_;
  PageValues values_;
  PageRow row_;
};

}  // namespace covenant
