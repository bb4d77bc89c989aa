#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "core/model/public_list.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/locale.hpp"
#include "core/site/names.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// The value of each name of a template at the moment, by its number.
using PageValues = std::array<std::string_view, page_names::all.size()>;

/// Puts one partner after the other into the values of a page. A text is parsed again only where the
/// page needs more than the text.
class PageRow {
 public:
  PageRow(PageValues& values, const PageOptions& options, Locale& locale);

  void set(const PublicTexts& texts);

  void each_kind(const std::function<void()>& row);
  void each_line(std::size_t text, std::size_t line, std::size_t has_more, const std::function<void()>& row);
  void each_practice(const std::function<void()>& row);

  /// The language, where it is not the page's.
  std::string_view other_language(std::string_view language) const;
  /// A name as titles have it: short enough to be seen whole beside the label of the page.
  std::string in_title(std::string_view name) const;
  /// How a text runs, where that is not as the page does.
  static std::string_view direction(std::string_view text) { return has_right_to_left(text) ? "auto" : ""; }

 private:
  std::string_view text_direction(std::string_view text) const;
  void set_country(std::string_view code);
  void set_since(std::string_view day);
  void set_permalink(std::string_view id);
  void set_level(std::string_view code);
  void set_members(std::string_view count);
  void set_summary(std::string_view description, std::string_view expertise);

  PageValues& values_;
  const PageOptions& options_;
  const Catalogue& catalogue_;
  Locale& locale_;
  std::array<std::string_view, code_count<Category>> labels_;
  std::string_view practices_;
  std::string category_codes_;
  std::string permalink_;
  std::string members_;
  std::string summary_;
  std::string name_in_title_;
  std::size_t longest_name_;
  std::string language_;  ///< of the row before, and whether it is written from right to left
  bool is_right_to_left_ = false;
};

}  // namespace covenant
