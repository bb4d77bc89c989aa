#include "core/site/page_row.hpp"

#include <algorithm>
#include <charconv>

#include "core/model/public_list.hpp"
#include "core/model/stored_text.hpp"
#include "core/site/addresses.hpp"
#include "core/site/catalogue.hpp"
#include "core/site/head.hpp"
#include "core/text/suggest.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

using page_names::number;

constexpr std::size_t of(PublicField field) {
  return index_of(field);
}

/// A certificate sets a longer name smaller, so that all stays on one sheet.
constexpr std::size_t long_name = 90;

/// The names of a partner's fields that are their texts as they are.
constexpr std::array<std::pair<std::size_t, PublicField>, 12> plain = {{
    {number("id", "partners"), "id"_public},
    {number("name", "partners"), "name"_public},
    {number("acronym", "partners"), "acronym"_public},
    {number("level", "partners"), "level"_public},
    {number("country_code", "partners"), "country"_public},
    {number("city", "partners"), "city"_public},
    {number("website", "partners"), "website"_public},
    {number("member_count", "partners"), "member_count"_public},
    {number("description", "partners"), "description"_public},
    {number("expertise", "partners"), "expertise"_public},
    {number("language", "partners"), "language"_public},
    {number("since", "partners"), "partner_since"_public},
}};

/// What search engines show of a title.
constexpr std::size_t longest_title = 70;

/// `text` cut at a blank to at most so many characters, with "…" at its end when something was cut.
std::string shortened(std::string_view text, std::size_t most) {
  if (count_code_points(text) <= most) return std::string(text);
  std::string_view rest = text;
  for (std::size_t i = 1; i < most; ++i) take_code_point(rest);
  std::string_view words = text.substr(0, text.size() - rest.size());
  const std::size_t blank = words.rfind(' ');
  // A first word that leaves nothing of the others is cut itself.
  if (!rest.starts_with(' ') && blank != std::string_view::npos && blank >= words.size() / 2)
    words = words.substr(0, blank);
  while (words.ends_with(' ') || words.ends_with(',')) words.remove_suffix(1);
  return std::string(words) + "…";
}

/// The first words of a text, as many as search engines show; in one line.
std::string beginning(std::string_view text) {
  constexpr std::size_t most = 200;
  std::size_t end = text.size();
  if (end > most) {
    end = std::min(text.find_last_of(" \n", most), most);
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  }
  std::string line(text.substr(0, end));
  if (end < text.size()) line += "…";
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

}  // namespace

PageRow::PageRow(PageValues& values, const PageOptions& options, Locale& locale)
    : values_(values), options_(options), catalogue_(options.catalogue()), locale_(locale) {
  for (std::size_t i = 0; i < labels_.size(); ++i)
    labels_[i] = short_name(catalogue_, static_cast<Category>(i));
  constexpr std::string_view dash = " – ";
  const std::size_t beside =
      std::max(count_code_points(catalogue_.text(english_label("heading"))),
               count_code_points(catalogue_.text(english_label("recognition_label")))) +
      count_code_points(dash);
  longest_name_ = longest_title - std::min(beside, longest_title / 2);
}

std::string PageRow::in_title(std::string_view name) const {
  return shortened(name, longest_name_);
}

std::string_view PageRow::other_language(std::string_view language) const {
  const std::string_view tag = published_tag(language);
  const bool is_of_page = tag == catalogue_.tag() || tag == code_of(options_.language);
  return is_of_page ? std::string_view() : tag;
}

std::string_view PageRow::text_direction(std::string_view text) const {
  if (!has_right_to_left(text)) return "";
  return is_right_to_left_ ? "rtl" : "auto";
}

void PageRow::set(const PublicTexts& texts) {
  for (const auto& [name, field] : plain) values_[name] = texts[of(field)];
  const std::string_view language = texts[of("language"_public)];
  if (language != language_) {
    language_ = language;
    is_right_to_left_ = is_right_to_left(stored(LanguageTag::parse(language)));
  }
  category_codes_ = texts[of("categories"_public)];
  std::replace(category_codes_.begin(), category_codes_.end(), ';', ' ');
  practices_ = texts[of("practices"_public)];
  const std::string_view description = texts[of("description"_public)];
  const std::string_view expertise = texts[of("expertise"_public)];
  const auto set_if = [&](std::size_t name, bool is_so) { values_[name] = is_so ? "yes" : ""; };
  values_[number("category_codes", "partners")] = category_codes_;
  values_[number("text_lang", "partners")] = other_language(language);
  values_[number("name_dir", "partners")] = direction(texts[of("name"_public)]);
  values_[number("acronym_dir", "partners")] = direction(texts[of("acronym"_public)]);
  values_[number("city_dir", "partners")] = direction(texts[of("city"_public)]);
  values_[number("description_dir", "partners")] = text_direction(description);
  values_[number("expertise_dir", "partners")] = text_direction(expertise);
  set_if(number("has_long_name", "partners"), texts[of("name"_public)].size() > long_name);
  set_if(number("has_practices", "partners"), !practices_.empty());
  set_if(number("has_list", "partners"), !practices_.empty() || !expertise.empty());
  set_if(number("has_offer", "partners"), !practices_.empty() || !expertise.empty() || !description.empty());
  name_in_title_ = in_title(texts[of("name"_public)]);
  values_[number("name_in_title", "partners")] = name_in_title_;
  set_country(texts[of("country"_public)]);
  set_since(texts[of("partner_since"_public)]);
  set_permalink(texts[of("id"_public)]);
  set_level(texts[of("level"_public)]);
  set_members(texts[of("member_count"_public)]);
  set_summary(description, expertise);
}

void PageRow::set_country(std::string_view code) {
  values_[number("country", "partners")] = locale_.country_name(stored(Country::parse(code)));
}

void PageRow::set_since(std::string_view day) {
  values_[number("since_date", "partners")] = locale_.long_date(stored(Date::parse(day)));
}

void PageRow::set_permalink(std::string_view id) {
  if (options_.place == PagePlace::in_site) {
    permalink_ =
        site_path(SiteFile::partner_page, {.language = options_.language, .partner = PartnerId::parse(id)});
  } else {
    permalink_ = '#';
    permalink_ += id;
  }
  values_[number("permalink", "partners")] = permalink_;
}

void PageRow::set_level(std::string_view code) {
  const auto level = from_code<Level>(code);
  values_[number("level_name", "partners")] = level ? level_name(catalogue_, *level) : std::string_view();
}

void PageRow::set_members(std::string_view count) {
  std::uint64_t members = 0;
  std::from_chars(count.data(), count.data() + count.size(), members);
  members_ = count.empty() ? std::string() : locale_.number(members);
  values_[number("members", "partners")] = members_;
}

void PageRow::set_summary(std::string_view description, std::string_view expertise) {
  summary_ = beginning(!description.empty() ? description
                       : !expertise.empty() ? expertise
                                            : lead(catalogue_));
  values_[number("summary", "partners")] = summary_;
}

void PageRow::each_kind(const std::function<void()>& row) {
  std::string_view rest = category_codes_;
  while (!rest.empty()) {
    const std::string_view code = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), code.size() + 1));
    const Category category = stored(parse_code<Category>(code));
    values_[number("code", "kinds")] = code;
    values_[number("label", "kinds")] = labels_[static_cast<std::size_t>(category)];
    row();
  }
}

void PageRow::each_line(std::size_t text, std::size_t line, std::size_t has_more,
                        const std::function<void()>& row) {
  std::string_view rest = values_[text];
  while (true) {
    const std::size_t end = rest.find('\n');
    std::string_view one = rest.substr(0, end);
    if (end != std::string_view::npos && one.ends_with('\r')) one.remove_suffix(1);
    values_[line] = one;
    values_[has_more] = end == std::string_view::npos ? "" : "yes";
    row();
    if (end == std::string_view::npos) return;
    rest.remove_prefix(end + 1);
  }
}

void PageRow::each_practice(const std::function<void()>& row) {
  std::string_view rest = practices_;
  while (!rest.empty()) {
    const PracticeView practice = take_practice(rest);
    values_[number("title", "practices")] = practice.title;
    values_[number("title_dir", "practices")] = direction(practice.title);
    values_[number("link", "practices")] = practice.url;
    row();
  }
}

}  // namespace covenant
