#include "core/model/practice.hpp"

#include <fmt/format.h>

#include "core/text/escape.hpp"

namespace covenant {

namespace {

Problem refuse(std::string_view line, std::string_view why) {
  return Problem::of(ProblemCode::practice, line,
                     fmt::format("'{}' is not a practice; {}", for_terminal(line), why));
}

}  // namespace

Result<Practice> Practice::parse(std::string_view line) {
  const std::string_view inner = trimmed(line);
  if (!inner.ends_with('>')) {
    auto title = PracticeTitle::parse(inner);
    if (!title) return std::move(title).problem();
    return Practice(*std::move(title), std::nullopt);
  }
  const std::size_t open = inner.rfind('<');
  if (open == std::string_view::npos || open == 0 || inner[open - 1] != ' ') {
    return refuse(line, "write 'Title <URL>'");
  }
  const auto url = WebUrl::parse(inner.substr(open + 1, inner.size() - open - 2));
  if (!url) return refuse(line, url.problem().message);
  auto title = PracticeTitle::parse(inner.substr(0, open));
  if (!title) return std::move(title).problem();
  return Practice(*std::move(title), *url);
}

std::string Practice::str() const {
  std::string text = title_.str();
  if (url_) text.append(" <").append(url_->str()).append(">");
  return text;
}

Result<Practices> parse_practices(std::string_view text) {
  Practices practices;
  for (std::string_view rest = text;;) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    if (!trimmed(line).empty()) {
      auto practice = Practice::parse(line);
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

std::string to_text(const Practices& practices) {
  std::string text;
  for (const Practice& practice : practices) text.append(text.empty() ? "" : "\n").append(practice.str());
  return text;
}

}  // namespace covenant
