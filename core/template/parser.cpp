#include "core/template/parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.hpp"
#include "core/text/escape.hpp"
#include "core/text/file_kind.hpp"
#include "core/text/suggest.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

constexpr std::size_t deepest = 32;
constexpr std::string_view name_letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
constexpr std::string_view blanks = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

}  // namespace

void TemplateParser::refuse(std::size_t at, const std::string& reason) const {
  const std::string_view before = text_.substr(0, at);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto column =
      1 + std::count_if(before.begin() + static_cast<std::ptrdiff_t>(line_start), before.end(),
                        [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
  throw Error(ErrorKind::bad_input,
              std::string(file_) + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " + reason);
}

void TemplateParser::refuse_if(std::size_t at, const Refusal& refusal) const {
  if (refusal) refuse(at, *refusal);
}

void TemplateParser::check_bytes() const {
  if (text_.size() > most_bytes_of_template) refuse(0, "a template has at most 1 MiB");
  const auto invalid = find_invalid_utf8(text_);
  const std::size_t zero = text_.find('\0');
  if (!invalid && zero == std::string_view::npos) return;
  if (const auto kind = recognise_file(text_))
    refuse(0, fmt::format("{}; a template is text in UTF-8", kind->name));
  if (invalid) refuse(*invalid, "this is not UTF-8");
  refuse(zero, "a template has no zero bytes");
}

void TemplateParser::parse(std::string& literals, std::vector<TemplateStep>& steps) {
  literals_ = &literals;
  steps_ = &steps;
  check_bytes();
  std::size_t done = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (true) {
    const std::size_t brace = text_.find("{{", done);
    if (brace == std::string_view::npos) break;
    const Tag tag = read_tag(brace);
    std::size_t line_start = tag.begin;
    std::size_t line_end = tag.end;
    if (is_alone_on_line(tag, line_start, line_end)) line_start = std::max(line_start, done);
    add_literal(done, line_start);
    add_tag(tag);
    done = line_end;
  }
  add_literal(done, text_.size());
  if (!open_.empty()) {
    refuse(open_.back().at, in_quotes(names_[open_.back().name].name) + " is not closed; add '{{/" +
                                std::string(names_[open_.back().name].name) + "}}'");
  }
  refuse_if(text_.size(), place_.end());
}

TemplateParser::Tag TemplateParser::read_tag(std::size_t begin) const {
  const std::size_t inside = begin + 2;
  const std::size_t close = text_.find("}}", inside);
  if (close == std::string_view::npos) refuse(begin, "'{{' without '}}'");
  std::string_view content = text_.substr(inside, close - inside);
  if (content.starts_with('!')) return {begin, close + 2, '!', {}};
  if (content.starts_with('{') || content.starts_with('&')) {
    refuse(begin, "values are always escaped: write {{name}}");
  }
  if (content.starts_with('=')) refuse(begin, "the braces cannot be changed");
  char sign = 0;
  if (!content.empty() && std::string_view("#^/>").find(content.front()) != std::string_view::npos) {
    sign = content.front();
    content.remove_prefix(1);
  }
  const std::string_view name = trimmed(content);
  if (name.empty() || name.find_first_not_of(name_letters) != std::string_view::npos) {
    refuse(begin, "a name has only the letters a to z, digits and '_'");
  }
  return {begin, close + 2, sign, name};
}

bool TemplateParser::is_alone_on_line(const Tag& tag, std::size_t& line_start, std::size_t& line_end) const {
  if (tag.sign == 0 || tag.sign == '>') return false;
  const std::string_view before = text_.substr(0, tag.begin);
  const std::size_t begin = before.find_last_not_of(blanks) + 1;
  if (begin > 0 && before[begin - 1] != '\n') return false;
  std::size_t end = text_.find_first_not_of(blanks, tag.end);
  if (end == std::string_view::npos) {
    end = text_.size();
  } else if (text_.substr(end).starts_with("\r\n")) {
    end += 2;
  } else if (text_[end] == '\n') {
    end += 1;
  } else {
    return false;
  }
  line_start = begin;
  line_end = end;
  return true;
}

void TemplateParser::add_literal(std::size_t begin, std::size_t end) {
  if (begin >= end) return;
  for (std::size_t at = begin; at < end; ++at) refuse_if(at, place_.read(text_[at]));
  steps_->push_back({Kind::literal, literals_->size(), end - begin});
  literals_->append(text_, begin, end - begin);
}

void TemplateParser::add_tag(const Tag& tag) {
  switch (tag.sign) {
    case '!':
      break;
    case '#':
    case '^':
      open_section(tag);
      break;
    case '/':
      close_section(tag);
      break;
    default:
      add_value(tag);
  }
}

void TemplateParser::add_value(const Tag& tag) {
  const std::size_t name = find(tag);
  const NameKind kind = names_[name].kind;
  if (kind == NameKind::section) {
    refuse(tag.begin, in_quotes(tag.name) + " is a section: write {{#" + std::string(tag.name) + "}}…{{/" +
                          std::string(tag.name) + "}}");
  }
  if ((kind == NameKind::element) != (tag.sign == '>')) {
    refuse(tag.begin,
           tag.sign == '>'
               ? in_quotes(tag.name) + " is a value: write {{" + std::string(tag.name) + "}}"
               : in_quotes(tag.name) + " is an element: write {{> " + std::string(tag.name) + "}}");
  }
  if (kind == NameKind::element) {
    refuse_if(tag.begin, place_.take_element());
    steps_->push_back({Kind::element, name, 0});
    return;
  }
  ValueForm form = ValueForm::escaped;
  refuse_if(tag.begin, place_.take_value(kind == NameKind::url ? IsUrl::yes : IsUrl::no, form));
  constexpr Kind kinds[] = {Kind::text, Kind::url, Kind::url_part};
  steps_->push_back({kinds[static_cast<std::size_t>(form)], name, 0});
}

void TemplateParser::open_section(const Tag& tag) {
  const std::size_t name = find(tag);
  const NameKind kind = names_[name].kind;
  if (kind == NameKind::element) refuse(tag.begin, in_quotes(tag.name) + " is an element, not a section");
  if (open_.size() == deepest) refuse(tag.begin, "sections are at most 32 deep");
  const bool has_own_rows = kind == NameKind::section && tag.sign == '#';
  for (const Section& section : open_) {
    if (has_own_rows && section.has_own_rows && section.name == name) {
      refuse(tag.begin, "the section " + in_quotes(tag.name) + " is already open");
    }
  }
  refuse_if(tag.begin, place_.take_section());
  open_.push_back({name, steps_->size(), tag.begin, place_, has_own_rows});
  Kind step = tag.sign == '#' ? Kind::if_filled : Kind::if_empty;
  if (kind == NameKind::section) step = tag.sign == '#' ? Kind::rows : Kind::none;
  steps_->push_back({step, name, 0});
}

void TemplateParser::close_section(const Tag& tag) {
  if (open_.empty()) refuse(tag.begin, "no section is open that " + in_quotes(tag.name) + " could close");
  const Section& section = open_.back();
  const std::string_view name = names_[section.name].name;
  if (name != tag.name)
    refuse(tag.begin, "the section " + in_quotes(name) + " must be closed before " + in_quotes(tag.name));
  refuse_if(tag.begin, place_.take_section());
  if (!(place_ == section.place)) {
    refuse(tag.begin,
           "the section " + in_quotes(name) + " ends in another place of the document than it began");
  }
  (*steps_)[section.step].until = steps_->size();
  open_.pop_back();
}

bool TemplateParser::is_known_here(const TemplateName& name) const {
  if (name.section.empty()) return true;
  return std::any_of(open_.begin(), open_.end(), [&](const Section& section) {
    return section.has_own_rows && names_[section.name].name == name.section;
  });
}

std::size_t TemplateParser::find(const Tag& tag) const {
  std::size_t best = names_.size();
  std::size_t best_depth = 0;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (names_[i].name != tag.name || !is_known_here(names_[i])) continue;
    std::size_t depth = 0;  // of the section it belongs to: the innermost wins
    for (std::size_t at = 0; at < open_.size(); ++at) {
      if (names_[open_[at].name].name == names_[i].section) depth = at + 1;
    }
    if (best == names_.size() || depth > best_depth) {
      best = i;
      best_depth = depth;
    }
  }
  if (best == names_.size()) refuse(tag.begin, unknown(tag.name));
  return best;
}

std::string TemplateParser::unknown(std::string_view text) const {
  std::vector<std::string_view> known;
  for (const TemplateName& name : names_) {
    if (is_known_here(name)) known.push_back(name.name);
  }
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  const auto near = nearest(text, known);
  return fmt::format("{} is unknown; {}known here: {}", in_quotes(text),
                     near ? fmt::format("did you mean '{}'? ", *near) : "", fmt::join(known, ", "));
}

}  // namespace covenant
