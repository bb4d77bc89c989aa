#include "core/ops/duplicates.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "core/store/partner_table.hpp"
#include "core/text/escape.hpp"

namespace covenant {

namespace {

std::string described(const Partner& other) {
  return fmt::format("{} ({}, {})", other.id.str(), for_terminal(other.application.name.str()),
                     code_of(other.status));
}

Problem duplicate(Field field, const std::string& value, const Partner& other) {
  return Problem::of(ProblemCode::duplicate, value,
                     fmt::format("'{}' already exists: {} ({}); use 'covenant update {}'",
                                 for_terminal(value), other.id.str(), code_of(other.status), other.id.str()),
                     name_of(field));
}

Problem similar_to(Field field, const std::string& value, std::string_view what, const Partner& other) {
  return Problem::of(ProblemCode::similar, value,
                     fmt::format("'{}' is also the {} of {}", for_terminal(value), what, described(other)),
                     name_of(field));
}

std::optional<PartnerId> id_of(const Partner* partner) {
  return partner == nullptr ? std::nullopt : std::optional(partner->id);
}

template <class T>
bool has_changed(const Application& application, const Partner* before, T Application::*member) {
  return before == nullptr || before->application.*member != application.*member;
}

}  // namespace

std::vector<Problem> find_duplicates(Read& read, const Application& application, const Partner* before,
                                     Similar similar) {
  std::vector<Problem> problems;
  const auto except = id_of(before);
  const auto changed = [&](auto member) { return has_changed(application, before, member); };
  if (application.reference && changed(&Application::reference)) {
    const auto other = find_partner(read, *application.reference);
    if (other) problems.push_back(duplicate("reference"_field, application.reference->str(), *other));
  }
  if (changed(&Application::name)) {
    const auto other = find_same_name(read, application.name, except);
    if (other) problems.push_back(duplicate("name"_field, application.name.str(), *other));
  }
  if (!problems.empty() || similar == Similar::allowed) return problems;
  return find_similar(read, application, before);
}

std::vector<Problem> find_similar(Read& read, const Application& application, const Partner* before) {
  std::vector<Problem> problems;
  const auto except = id_of(before);
  const auto changed = [&](auto member) { return has_changed(application, before, member); };
  if (application.website && changed(&Application::website)) {
    const auto other = find_same_host(read, *application.website, except);
    if (other)
      problems.push_back(similar_to("website"_field, application.website->str(), "website host", *other));
  }
  if (application.acronym && changed(&Application::acronym)) {
    const auto other = find_same_acronym(read, *application.acronym, except);
    if (other) problems.push_back(similar_to("acronym"_field, application.acronym->str(), "acronym", *other));
  }
  return problems;
}

}  // namespace covenant
