#include "core/model/practice.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

namespace {

Problem refuse(std::string_view line, std::string_view why) {
  return Problem::of(ProblemCode::practice, line,
                     fmt::format("{} is not a practice; {}", revealed_in_quotes(line), why));
}

/// The line with its address in angle brackets, where it ends with one that has none or is Markdown's.
std::optional<std::string> in_form(std::string_view line) {
  const std::size_t link = line.find("](");
  if (line.starts_with('[') && line.ends_with(')') && link != std::string_view::npos) {
    return fmt::format("{} <{}>", line.substr(1, link - 1), line.substr(link + 2, line.size() - link - 3));
  }
  const std::size_t blank = line.rfind(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  return fmt::format("{} <{}>", trimmed(line.substr(0, blank)), line.substr(blank + 1));
}

/// Whether a title has an address in it: then the line has more than one, or not where it belongs.
bool has_address(std::string_view title) {
  const auto has = [&](char c) { return title.find(c) != std::string_view::npos; };
  if (!has('<') && !has(':') && !has(']')) return false;
  const std::string lower = lower_case(title);
  return lower.find("<http") != std::string::npos || lower.find("](http") != std::string::npos ||
         lower.find("://") != std::string::npos;
}

Problem refuse_address(std::string_view line) {
  const auto meant = in_form(line);
  if (meant && Practice::parse(*meant)) {
    const std::string way_out = count_code_points(*meant) > longest_in_message
                                    ? "put it in '<' and '>'"
                                    : fmt::format("write '{}'", revealed(*meant));
    if (line.starts_with('[')) return refuse(line, way_out);
    return Problem::of(ProblemCode::practice, line,
                       fmt::format("{} has a bare URL; {}", revealed_in_quotes(line), way_out));
  }
  return refuse(line, "write 'Title <URL>', one a line");
}

}  // namespace

Result<Practice> Practice::parse(std::string_view line, Strictness strictness) {
  const std::string_view inner = trimmed(line);
  const auto parse_title = [&](std::string_view text) -> Result<PracticeTitle> {
    if (strictness == Strictness::present && has_address(text)) return refuse_address(inner);
    return PracticeTitle::parse(text, strictness);
  };
  if (!inner.ends_with('>')) {
    auto title = parse_title(inner);
    if (!title) return std::move(title).problem();
    return Practice(*std::move(title), std::nullopt);
  }
  const std::size_t open = inner.rfind('<');
  if (open == std::string_view::npos || open == 0 || inner[open - 1] != ' ') {
    return refuse(line, "write 'Title <URL>', one a line");
  }
  const auto url = WebUrl::parse(inner.substr(open + 1, inner.size() - open - 2), strictness);
  if (!url) return refuse(line, url.problem().message);
  auto title = parse_title(inner.substr(0, open));
  if (!title) return std::move(title).problem();
  return Practice(*std::move(title), *url);
}

std::string Practice::str() const {
  std::string text = title_.str();
  if (url_) text.append(" <").append(url_->str()).append(">");
  return text;
}

Result<Practices> parse_practices(std::string_view text, Strictness strictness) {
  Practices practices;
  for (std::string_view rest = text;;) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (!trimmed(line).empty()) {
      auto practice = Practice::parse(line, strictness);
      if (!practice) return std::move(practice).problem();
      practices.push_back(*std::move(practice));
    }
    if (practices.size() > most_practices) {
      return Problem::of(ProblemCode::practice, text,
                         fmt::format("too many practices; at most {}", most_practices));
    }
    if (end == std::string_view::npos) return practices;
    rest.remove_prefix(end + 1);
  }
}

Result<Practices> without(Practices practices, const std::vector<std::string>& removed, IfAbsent if_absent) {
  for (const std::string& line : removed) {
    const std::string_view wanted = trimmed(line);
    const auto is_meant = [&](const Practice& practice) {
      return practice.title() == wanted || practice.str() == wanted;
    };
    const auto rest = std::remove_if(practices.begin(), practices.end(), is_meant);
    if (rest == practices.end() && if_absent == IfAbsent::refuse) {
      return Problem::of(
          ProblemCode::practice, line,
          fmt::format("{} is not one of its practices; write the title of one", revealed_in_quotes(wanted)));
    }
    practices.erase(rest, practices.end());
  }
  return practices;
}

Result<Practices> with(Practices practices, const std::vector<std::string>& added) {
  for (const std::string& line : added) {
    auto practice = Practice::parse(line);
    if (!practice) return std::move(practice).problem();
    if (std::find(practices.begin(), practices.end(), *practice) == practices.end())
      practices.push_back(*std::move(practice));
  }
  return practices;
}

std::string to_text(const Practices& practices) {
  std::string text;
  for (const Practice& practice : practices) text.append(text.empty() ? "" : "\n").append(practice.str());
  return text;
}

}  // namespace covenant
