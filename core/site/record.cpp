#include "core/site/record.hpp"

#include <utility>

#include "core/model/public_list.hpp"
#include "core/site/addresses.hpp"
#include "core/site/head.hpp"
#include "core/site/linked_data.hpp"

namespace covenant {

namespace {

using page_names::number;

const PageSource no_list;

}  // namespace

RecordData::RecordData(const PageOptions& options) : PageData(options, no_list) {}

void RecordData::is_about(const PublicTexts& listed) {
  listed_ = &listed;
  former_ = nullptr;
  linked_data_ = linked_data(listed);
  set_addresses(PartnerId::parse(listed[index_of("id"_public)]).value());
}

void RecordData::is_about(const FormerPartner& former) {
  listed_ = nullptr;
  former_ = &former;
  linked_data_.clear();
  set_addresses(former.id);
}

void RecordData::set_addresses(PartnerId partner) {
  partner_ = partner;
  if (options().place != PagePlace::in_site) return;
  const SiteFileOf in_language{.language = options().language};
  const std::string path = path_in(options().language);
  list_ = link_between(path, site_path(SiteFile::list, in_language));
  feed_ = link_between(path, site_path(SiteFile::partners_feed, in_language));
  set(number("list"), list_);
  set(number("feed"), feed_);
  if (!options().base_url) return;
  const std::string site = site_folder(options().base_url);
  folder_.assign(site).append(folder_of(path));
  page_url_ = site + path;
  set(number("folder"), folder_);
  set(number("page_url"), page_url_);
}

std::string_view RecordData::value(std::size_t name) {
  switch (name) {
    case number("style"): {
      static const std::string style = record_style_element();
      return style;
    }
    case number("script"): {
      static const std::string script = record_script_element();
      return script;
    }
    case number("linked_data"):
      return linked_data_;
    default:
      return PageData::value(name);
  }
}

bool RecordData::has_rows(std::size_t section) {
  if (section == number("partners")) return listed_ != nullptr;
  if (section == number("former")) return former_ != nullptr;
  return PageData::has_rows(section);
}

void RecordData::each(std::size_t section, const Row& row) {
  if (section == number("former")) return each_former(row);
  if (section != number("partners")) return PageData::each(section, row);
  if (listed_ == nullptr) return;
  show(*listed_);
  row();
}

void RecordData::each_former(const Row& row) {
  if (former_ == nullptr) return;
  const std::string id = former_->id.str();
  const std::string until = former_->ended.str();
  set(number("id", "former"), id);
  set(number("name", "former"), former_->name.str());
  set(number("name_dir", "former"), PageRow::direction(former_->name.str()));
  set(number("until", "former"), until);
  set(number("until_date", "former"), long_date(former_->ended));
  const auto& successor = former_->successor;
  const std::string name = successor ? successor->name.str() : std::string();
  const std::string link = successor ? page_of(successor->id) : std::string();
  set(number("successor_name", "former"), name);
  set(number("successor_dir", "former"), PageRow::direction(name));
  set(number("successor_link", "former"), link);
  row();
}

std::string RecordData::path_in(OfficialLanguage language) const {
  return site_path(SiteFile::partner_page, {.language = language, .partner = partner_});
}

std::string RecordData::page_in(OfficialLanguage language) const {
  return link_between(path_in(options().language), path_in(language));
}

std::string RecordData::page_of(PartnerId partner) const {
  const SiteFileOf page{.language = options().language, .partner = partner};
  return link_between(path_in(options().language), site_path(SiteFile::partner_page, page));
}

PartnerPage::PartnerPage(PageOptions options)
    : options_(std::move(options)), data_(options_), layout_(built_in_template(BuiltInTemplate::partner)) {}

void PartnerPage::write(TextSink& sink, const PublicTexts& partner) {
  data_.is_about(partner);
  write(sink);
}

void PartnerPage::write(TextSink& sink, const FormerPartner& partner) {
  data_.is_about(partner);
  write(sink);
}

void write_certificate(const PageOptions& options, const PublicTexts& partner, TextSink& sink) {
  RecordData data(options);
  data.is_about(partner);
  if (options.layout) return options.layout->write(data, sink);
  built_in_template(BuiltInTemplate::certificate).write(data, sink);
}

}  // namespace covenant
