#include "core/site/feed_words.hpp"

#include "core/site/head.hpp"
#include "core/site/metadata.hpp"

namespace covenant {

namespace {

/// Who mints the ids. Without a site's own address the initiative's domain stands for it.
std::string authority_of(const PageOptions& options) {
  return "tag:" + (options.base_url ? options.base_url->host_key() : "eumayors.eu") + ",2026:";
}

/// A message with a text in its one placeholder.
std::string filled(std::string_view message, std::string_view text) {
  const std::size_t open = message.find('{');
  return std::string(message.substr(0, open))
      .append(text)
      .append(message.substr(message.find('}', open) + 1));
}

}  // namespace

std::string feed_title(FeedTopic topic, const Catalogue& catalogue) {
  std::string title(catalogue.text("Associated Partners"));
  if (topic == FeedTopic::practices) title.append(" – ").append(catalogue.text("Practices and tools"));
  return title;
}

std::string partner_page_path(PartnerId partner, OfficialLanguage language) {
  return std::string(partner_page_folder) + partner.str() + '.' + std::string(code_of(language)) + ".html";
}

FeedWords::FeedWords(const PageOptions& options)
    : options_(options),
      catalogue_(Catalogue::of(options.language)),
      locale_(options.language),
      authority_(authority_of(options)) {}

std::string FeedWords::site() const {
  return site_name(catalogue_, options_);
}

std::string FeedWords::title(FeedTopic topic) const {
  return feed_title(topic, catalogue_);
}

std::string FeedWords::id(const PublicChange& change) const {
  std::string id =
      authority_ + change.partner.str() + '/' + std::string(code_of(change.kind)) + '/' + change.day.str();
  if (change.ordinal > 1) id += '/' + std::to_string(change.ordinal);
  return id;
}

std::string FeedWords::title(const PublicChange& change) const {
  switch (change.kind) {
    case PublicChangeKind::joined:
      return filled(catalogue_.text("Joined: {name}"), change.name.str());
    case PublicChangeKind::ended:
      return filled(catalogue_.text("No longer a partner: {name}"), change.name.str());
    case PublicChangeKind::practices:
      break;
  }
  return filled(catalogue_.text("New practices and tools: {name}"), change.name.str());
}

std::string FeedWords::dated(const PublicChange& change) {
  return filled(change.kind == PublicChangeKind::ended ? catalogue_.text("Partner until: {date}")
                                                       : catalogue_.text("Partner since: {date}"),
                locale_.long_date(change.day));
}

std::string FeedWords::address(const PublicChange& change) const {
  const std::string folder = site_folder(options_);
  if (options_.place == PagePlace::in_site)
    return folder + partner_page_path(change.partner, options_.language);
  if (!options_.base_url) return {};
  const std::string page = folder + page_file_name(options_.language);
  return change.listed == IsListed::yes ? page + '#' + change.partner.str() : page;
}

}  // namespace covenant
