#include "core/output/public_json.hpp"

#include "core/output/partner_json.hpp"
#include "core/text/json_writer.hpp"

namespace covenant {

namespace {

template <class T>
std::optional<std::string> text_of(const std::optional<T>& value) {
  if (!value) return std::nullopt;
  return value->str();
}

}  // namespace

PublicJsonWriter::PublicJsonWriter(TextSink& sink, const std::string& title, const PublicSummary& summary,
                                   const std::array<std::string, 4>& labels)
    : sink_(sink) {
  std::string head;
  JsonWriter json(head);
  json.begin_object().member("format", 1).member("title", title);
  json.member_or_null("modified", text_of(summary.modified)).member("count", summary.count);
  json.key("categories").begin_object();
  for (std::size_t i = 0; i < labels.size(); ++i) json.member(code_of(static_cast<Category>(i)), labels[i]);
  json.end_object().key("partners").begin_array();
  sink_.write(head);
}

void PublicJsonWriter::begin_entry() {
  sink_.write(any_ ? ",\n" : "\n");
  any_ = true;
}

void PublicJsonWriter::begin_former() {
  if (part_ == Part::former) return;
  part_ = Part::former;
  sink_.write(any_ ? "\n],\"former\":[" : "],\"former\":[");
  any_ = false;
}

void PublicJsonWriter::row(const PublicPartner& partner) {
  begin_entry();
  std::string entry;
  JsonWriter json(entry);
  json.begin_object().member("id", partner.id.str()).member("name", partner.name.str());
  json.member_or_null("acronym", text_of(partner.acronym)).key("categories");
  write_categories(json, partner.categories);
  json.member("level", code_of(partner.level)).member("country", partner.country.code());
  json.member_or_null("city", text_of(partner.city)).member_or_null("website", text_of(partner.website));
  json.key("member_count");
  partner.member_count ? json.value(partner.member_count->number()) : json.null();
  json.member_or_null("description", text_of(partner.description));
  json.member_or_null("expertise", text_of(partner.expertise)).key("practices");
  write_practices(json, partner.practices);
  json.member("language", partner.language.str())
      .member("partner_since", partner.partner_since.str())
      .end_object();
  sink_.write(entry);
}

void PublicJsonWriter::former(const FormerPartner& partner) {
  begin_former();
  begin_entry();
  std::string entry;
  JsonWriter json(entry);
  json.begin_object().member("id", partner.id.str()).member("name", partner.name.str());
  json.member("joined", partner.joined.str()).member("ended", partner.ended.str()).end_object();
  sink_.write(entry);
}

void PublicJsonWriter::finish() {
  begin_former();
  sink_.write(any_ ? "\n]}\n" : "]}\n");
}

}  // namespace covenant
