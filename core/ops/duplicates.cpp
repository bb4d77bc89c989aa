#include "core/ops/duplicates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/model/codes.hpp"
#include "core/model/converted.hpp"
#include "core/model/field_notes.hpp"
#include "core/model/field_type.hpp"
#include "core/model/text.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::uint64_t line_of(const Partner& partner, const FiledLine& filed_line) {
  return filed_line ? filed_line(partner.id) : 0;
}

std::string described(const Partner& other) {
  return fmt::format("{} ({}, {})", other.id.str(), in_brief(other.application.name.str()),
                     code_of(other.status));
}

Problem duplicate(Field field, const std::string& value, const Partner& other) {
  return Problem::of(ProblemCode::duplicate, value,
                     fmt::format("{} already exists: {} ({}); use 'covenant update {}'", in_quotes(value),
                                 other.id.str(), code_of(other.status), other.id.str()),
                     name_of(field));
}

Problem similar_to(Field field, const std::string& value, const Partner& other, const FiledLine& filed_line) {
  const std::uint64_t line = line_of(other, filed_line);
  const std::string whose = line > 0 ? fmt::format("in line {}", line) : other.id.str() + "'s";
  return Problem::of(
      ProblemCode::similar, value,
      fmt::format("{} is also {} ({})", in_quotes(value), whose, in_brief(other.application.name.str())),
      name_of(field));
}

Problem looks_like(const std::string& value, const Partner& other, const FiledLine& filed_line) {
  const std::uint64_t line = line_of(other, filed_line);
  const std::string which = line > 0
                                ? fmt::format("in line {} ({})", line, in_brief(other.application.name.str()))
                                : "of " + described(other);
  return Problem::of(ProblemCode::similar, value,
                     fmt::format("{} may be taken for the name {}", in_quotes(value), which),
                     name_of("name"_field));
}

Problem was_name_of(const std::string& value, const Partner& other) {
  return Problem::of(ProblemCode::similar, value,
                     fmt::format("{} is a former name of {}", in_quotes(value), described(other)),
                     name_of("name"_field));
}

}  // namespace

bool is_shared_host(std::string_view host) {
  constexpr std::array<std::string_view, 30> shared = {
      "facebook.com", "fb.com",           "m.facebook.com",  "twitter.com",
      "x.com",        "linkedin.com",     "instagram.com",   "youtube.com",
      "youtu.be",     "tiktok.com",       "threads.net",     "mastodon.social",
      "bsky.app",     "medium.com",       "github.com",      "github.io",
      "gitlab.com",   "sites.google.com", "docs.google.com", "drive.google.com",
      "wixsite.com",  "wordpress.com",    "blogspot.com",    "linktr.ee",
      "vimeo.com",    "flickr.com",       "pinterest.com",   "t.me",
      "vk.com",       "xing.com"};
  constexpr std::array<std::string_view, 5> networks = {"facebook.com", "linkedin.com", "twitter.com",
                                                        "instagram.com", "youtube.com"};
  const auto is_at = [&](std::string_view name) {
    return host.ends_with(name) && host.size() > name.size() && host[host.size() - name.size() - 1] == '.';
  };
  return std::find(shared.begin(), shared.end(), host) != shared.end() ||
         std::any_of(networks.begin(), networks.end(), is_at);
}

namespace {

std::optional<PartnerId> id_of(const Partner* partner) {
  return partner == nullptr ? std::nullopt : std::optional(partner->id);
}

template <class T>
bool has_changed(const Application& application, const Partner* before, T Application::*member) {
  return before == nullptr || before->application.*member != application.*member;
}

}  // namespace

std::vector<Problem> find_duplicates(Read& read, const Application& application, const Partner* before,
                                     Similar similar, const FiledLine& filed_line) {
  std::vector<Problem> problems;
  NameMatch match;
  const auto except = id_of(before);
  const auto changed = [&](auto member) { return has_changed(application, before, member); };
  if (application.reference && changed(&Application::reference)) {
    const auto other = find_partner(read, *application.reference);
    if (other) problems.push_back(duplicate("reference"_field, application.reference->str(), *other));
  }
  if (changed(&Application::name)) {
    match = find_name(read, application.name, except);
    if (match.same) problems.push_back(duplicate("name"_field, application.name.str(), *match.same));
  }
  if (!problems.empty() || similar == Similar::allowed) return problems;
  return find_similar(read, application, before, match, filed_line);
}

std::vector<Problem> find_similar(Read& read, const Application& application, const Partner* before,
                                  const NameMatch& match, const FiledLine& filed_line) {
  std::vector<Problem> problems;
  if (match.similar) problems.push_back(looks_like(application.name.str(), *match.similar, filed_line));
  if (match.former) problems.push_back(was_name_of(application.name.str(), *match.former));
  const auto except = id_of(before);
  const auto changed = [&](auto member) { return has_changed(application, before, member); };
  if (application.website && changed(&Application::website)) {
    const std::string host = application.website->host_key();
    const auto other = is_shared_host(host) ? std::nullopt : find_same_host(read, host, except);
    if (other)
      problems.push_back(similar_to("website"_field, application.website->str(), *other, filed_line));
  }
  if (application.acronym && changed(&Application::acronym) && !is_placeholder(application.acronym->str())) {
    const auto other = find_same_acronym(read, *application.acronym, except);
    if (other)
      problems.push_back(similar_to("acronym"_field, application.acronym->str(), *other, filed_line));
  }
  return problems;
}

Result<Similar> similar_of(std::optional<std::string_view> cell, Similar of_all, Leniency leniency,
                           Notes& notes) {
  const std::string_view text = trimmed(cell.value_or(std::string_view()));
  if (text.empty()) return of_all;
  auto answer = FieldType<MembershipBased>::parse(text);
  const auto meant =
      answer || leniency == Leniency::none ? std::nullopt : FieldType<MembershipBased>::suggest(text);
  if (meant) {
    answer = FieldType<MembershipBased>::parse(*meant);
    notes.push_back(converted(text, *meant, similar_column));
  }
  if (answer) return *answer == MembershipBased::yes ? Similar::allowed : of_all;
  Problem problem = answer.problem();
  problem.column = similar_column;
  return problem;
}

}  // namespace covenant
