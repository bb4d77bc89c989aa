#include "core/site/record.hpp"

#include <utility>

#include "core/model/country.hpp"
#include "core/model/public_list.hpp"
#include "core/model/stored_text.hpp"
#include "core/site/addresses.hpp"
#include "core/site/head.hpp"
#include "core/site/linked_data.hpp"

namespace covenant {

namespace {

using page_names::number;

const PageSource no_list;

}  // namespace

RecordData::RecordData(const PageOptions& options, SiteFile file) : PageData(options, no_list), file_(file) {}

void RecordData::is_about(const PublicTexts& listed) {
  listed_ = &listed;
  former_ = nullptr;
  linked_data_ = linked_data(listed);
  set_footnote(stored(Country::parse(listed[index_of("country"_public)])).is_kosovo());
  set_addresses(PartnerId::parse(listed[index_of("id"_public)]).value());
}

void RecordData::is_about(const FormerPartner& former) {
  listed_ = nullptr;
  former_ = &former;
  linked_data_.clear();
  set_footnote(false);
  set_addresses(former.id);
}

void RecordData::set_addresses(PartnerId partner) {
  partner_ = partner;
  const std::string page =
      site_path(SiteFile::partner_page, {.language = options().language, .partner = partner});
  if (options().place == PagePlace::in_site) {
    const SiteFileOf in_language{.language = options().language};
    const std::string path = path_in(options().language);
    list_ = link_between(path, site_path(SiteFile::list, in_language));
    feed_ = link_between(path, site_path(SiteFile::partners_feed, in_language));
    set(number("list"), list_);
    set(number("feed"), feed_);
  }
  if (!options().base_url) return;
  const std::string site = site_folder(options().base_url);
  folder_.assign(site).append(folder_of(page));
  page_url_ = site + page;
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
  certificate_.clear();
  if (certificate_language_) {
    const SiteFileOf certificate{.language = certificate_language_, .partner = partner_};
    certificate_ = link_between(path_in(options().language), site_path(SiteFile::certificate, certificate));
    set(number("certificate_lang", "partners"), code_of(*certificate_language_));
  }
  set(number("certificate", "partners"), certificate_);
  row();
}

void RecordData::each_former(const Row& row) {
  if (former_ == nullptr) return;
  const auto& successor = former_->successor;
  const std::string name = successor ? successor->name.str() : std::string();
  const std::string link = successor ? page_of(successor->id) : std::string();
  set(number("successor_name", "former"), name);
  set(number("successor_dir", "former"), PageRow::direction(name));
  set(number("successor_link", "former"), link);
  show_former(*former_, page_of(former_->id), row);
}

std::string RecordData::path_in(OfficialLanguage language) const {
  return site_path(file_, {.language = language, .partner = partner_});
}

std::string RecordData::page_in(OfficialLanguage language) const {
  return link_between(path_in(options().language), path_in(language));
}

std::string RecordData::page_of(PartnerId partner) const {
  const SiteFileOf page{.language = options().language, .partner = partner};
  return link_between(path_in(options().language), site_path(SiteFile::partner_page, page));
}

PartnerPage::PartnerPage(PageOptions options)
    : options_(std::move(options)),
      data_(options_, SiteFile::partner_page),
      layout_(built_in_template(BuiltInTemplate::partner)) {}

void PartnerPage::write(TextSink& sink, const PublicTexts& partner, OfficialLanguage certificate) {
  data_.is_about(partner);
  data_.has_certificate(certificate);
  write(sink);
}

void PartnerPage::write(TextSink& sink, const FormerPartner& partner) {
  data_.is_about(partner);
  write(sink);
}

namespace {

/// The page of all who left as templates see it.
class FormerData final : public PageData {
 public:
  FormerData(const PageOptions& options, const std::vector<FormerPartner>& partners)
      : PageData(options, no_list), partners_(partners) {
    if (!options.base_url || !options.selection.empty()) return;
    page_url_ = site_folder(options.base_url) + page_in(options.language);
    set(number("page_url"), page_url_);
  }

  std::string_view value(std::size_t name) override {
    if (name == number("style")) return style_;
    if (name == number("script")) return script_;
    return PageData::value(name);
  }

  bool has_rows(std::size_t section) override {
    return section == number("former") ? !partners_.empty() : PageData::has_rows(section);
  }

  void each(std::size_t section, const Row& row) override {
    if (section != number("former")) return PageData::each(section, row);
    for (const FormerPartner& partner : partners_) {
      const SiteFileOf page{.language = options().language, .partner = partner.id};
      show_former(partner, site_path(SiteFile::partner_page, page), row);
    }
  }

 private:
  std::string page_in(OfficialLanguage language) const override {
    return site_path(SiteFile::former, {.language = language});
  }

  const std::vector<FormerPartner>& partners_;
  const std::string style_ = record_style_element();
  const std::string script_ = record_script_element();
  std::string page_url_;
};

}  // namespace

FormerPage::FormerPage(PageOptions options, const std::vector<FormerPartner>& partners)
    : options_(std::move(options)), partners_(partners) {}

void FormerPage::write(TextSink& sink) {
  FormerData data(options_, partners_);
  built_in_template(BuiltInTemplate::former).write(data, sink);
}

CertificatePage::CertificatePage(PageOptions options)
    : options_(std::move(options)),
      data_(options_, SiteFile::certificate),
      layout_(built_in_template(BuiltInTemplate::certificate)) {}

void CertificatePage::write(TextSink& sink, const PublicTexts& partner) {
  data_.is_about(partner);
  layout_.write(data_, sink);
}

void write_certificate(const PageOptions& options, const PublicTexts& partner, TextSink& sink) {
  RecordData data(options, SiteFile::certificate);
  data.is_about(partner);
  if (options.layout) return options.layout->write(data, sink);
  built_in_template(BuiltInTemplate::certificate).write(data, sink);
}

}  // namespace covenant
