#include "core/site/json_schema.hpp"

#include <fmt/format.h>

#include <functional>
#include <string_view>
#include <vector>

#include "core/model/codes.hpp"
#include "core/model/public_list.hpp"
#include "core/site/addresses.hpp"
#include "core/text/json.hpp"

namespace covenant {

namespace {

/// A member of an object, and what writes its schema.
struct Member {
  std::string_view name;
  std::function<void(JsonWriter&)> schema;
  bool is_required = true;
};

using Members = std::vector<Member>;

/// The members of an object that `json` has open.
void write_members(JsonWriter& json, const Members& members) {
  json.member("type", "object").key("required").begin_array();
  for (const Member& member : members) {
    if (member.is_required) json.value(member.name);
  }
  json.end_array().key("properties").begin_object();
  for (const Member& member : members) member.schema(json.key(member.name));
  json.end_object();
}

void write_object(JsonWriter& json, const Members& members) {
  json.begin_object();
  write_members(json, members);
  json.end_object();
}

auto raw(std::string_view schema) {
  return [schema](JsonWriter& json) { json.raw(schema); };
}

auto array_of(std::string_view definition) {
  return [definition](JsonWriter& json) {
    json.begin_object().member("type", "array").key("items").begin_object();
    json.member("$ref", fmt::format("#/$defs/{}", definition)).end_object().end_object();
  };
}

constexpr std::string_view text = R"({"type":"string","minLength":1})";
constexpr std::string_view url = R"({"type":"string","format":"iri"})";
constexpr std::string_view url_or_null = R"({"type":["string","null"],"format":"iri"})";
constexpr std::string_view day = R"({"type":"string","format":"date"})";
constexpr std::string_view day_or_null = R"({"type":["string","null"],"format":"date"})";
constexpr std::string_view number = R"({"type":"integer","minimum":0})";
constexpr std::string_view id = R"({"type":"string","pattern":"^AP-[0-9]{4,}$"})";
constexpr std::string_view id_or_null = R"({"type":["string","null"],"pattern":"^AP-[0-9]{4,}$"})";

void write_type(JsonWriter& json, std::string_view type, bool is_optional) {
  json.key("type");
  if (!is_optional) {
    json.value(type);
  } else {
    json.begin_array().value(type).value("null").end_array();
  }
}

/// A public column as JSON has it.
void write_field(JsonWriter& json, PublicField field) {
  const FieldInfo& info = info_of(field);
  const bool is_optional = info.is_optional && field != "partner_since"_public;
  const std::string pattern = info.pattern();
  json.begin_object().member("description", info.publicity.meaning);
  switch (info.shape) {
    case ColumnShape::categories:
      json.member("type", "array").key("minItems").value(1).key("items").begin_object();
      json.member("pattern", fmt::format("^(?:{})$", pattern)).end_object();
      break;
    case ColumnShape::practices:
      json.member("type", "array").key("items").begin_object();
      write_members(json, {{"title", raw(text)}, {"url", raw(url_or_null)}});
      json.end_object();
      break;
    case ColumnShape::number:
      write_type(json, "integer", is_optional);
      json.member("minimum", std::int64_t{0});
      break;
    case ColumnShape::text:
    case ColumnShape::yes_or_no:
      write_type(json, "string", is_optional);
      if (!pattern.empty()) json.member("pattern", fmt::format("^(?:{})$", pattern));
      if (info.datatype == "date") json.member("format", "date");
      if (info.datatype == "anyURI") json.member("format", "iri");
      json.member("minLength", std::int64_t{1});
  }
  json.end_object();
}

void write_partner(JsonWriter& json) {
  Members members;
  for (std::size_t i = 0; i < public_field_count; ++i) {
    const auto field = static_cast<PublicField>(i);
    members.push_back({code_of(field), [field](JsonWriter& out) { write_field(out, field); }});
  }
  members.push_back({"page", raw(url), false});
  write_object(json, members);
}

void write_former(JsonWriter& json) {
  write_object(json, {{"id", raw(id)},
                      {"name", raw(text)},
                      {"joined", raw(day)},
                      {"ended", raw(day)},
                      {"successor", raw(id_or_null)}});
}

void write_labels(JsonWriter& json) {
  Members members;
  for (const std::string_view code : Codes<Category>::codes) members.push_back({code, raw(text)});
  write_object(json, members);
}

std::string schema_of(const PageOptions& options, SiteFile file, std::string_view title,
                      const Members& members, const Members& definitions) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().member("$schema", "https://json-schema.org/draft/2020-12/schema");
  if (options.base_url) json.member("$id", site_folder(options.base_url) + site_path(file));
  json.member("title", title);
  write_members(json, members);
  if (!definitions.empty()) {
    json.key("$defs").begin_object();
    for (const Member& definition : definitions) definition.schema(json.key(definition.name));
    json.end_object();
  }
  json.end_object();
  return out + "\n";
}

constexpr std::string_view format_1 = R"({"const":1})";

}  // namespace

std::string partners_schema(const PageOptions& options) {
  return schema_of(options, SiteFile::partners_schema, "The public list of Associated Partners",
                   {{"format", raw(format_1)},
                    {"title", raw(text)},
                    {"modified", raw(day_or_null)},
                    {"sequence", raw(number)},
                    {"count", raw(number)},
                    {"licence", raw(url), false},
                    {"categories", write_labels},
                    {"partners", array_of("partner")},
                    {"former", array_of("former")}},
                   {{"partner", write_partner}, {"former", write_former}});
}

std::string delta_schema(const PageOptions& options) {
  return schema_of(options, SiteFile::delta_schema, "What changed in the public list of Associated Partners",
                   {{"format", raw(format_1)},
                    {"from", raw(number)},
                    {"to", raw(number)},
                    {"modified", raw(day_or_null)},
                    {"joined", array_of("partner")},
                    {"changed", array_of("partner")},
                    {"ended", array_of("former")},
                    {"removed", array_of("id")}},
                   {{"partner", write_partner}, {"former", write_former}, {"id", raw(id)}});
}

std::string feed_schema(const PageOptions& options) {
  const auto write_author = [](JsonWriter& json) { write_object(json, {{"name", raw(text)}}); };
  const auto write_item = [](JsonWriter& json) {
    write_object(json, {{"id", raw(R"({"type":"string","pattern":"^tag:"})")},
                        {"url", raw(url), false},
                        {"external_url", raw(url), false},
                        {"title", raw(text)},
                        {"content_text", raw(text)},
                        {"date_published", raw(R"({"type":"string","format":"date-time"})")},
                        {"tags", raw(R"({"type":"array","items":{"enum":["joined","ended"]}})")},
                        {"language", raw(text)}});
  };
  return schema_of(options, SiteFile::feed_schema, "Joinings and endings as JSON Feed 1.1",
                   {{"version", raw(R"({"const":"https://jsonfeed.org/version/1.1"})")},
                    {"title", raw(text)},
                    {"language", raw(text)},
                    {"home_page_url", raw(url), false},
                    {"feed_url", raw(url), false},
                    {"authors", array_of("author")},
                    {"items", array_of("item")}},
                   {{"author", write_author}, {"item", write_item}});
}

}  // namespace covenant
