#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/model/text.hpp"
#include "core/model/web_url.hpp"

namespace covenant {

inline constexpr TextRule practice_title_rule{1, 300, Lines::one};
using PracticeTitle = Text<practice_title_rule>;

/// A good practice or a tool that a partner shares.
class Practice {
 public:
  /// Reads one line, "Title <URL>" or "Title". Fails with `practice` (by today's rules also when an address
  /// is left in the title), or as `PracticeTitle` does.
  static Result<Practice> parse(std::string_view line, Strictness strictness = Strictness::present);

  const std::string& title() const { return title_.str(); }
  const std::optional<WebUrl>& url() const { return url_; }
  /// The line it is read from.
  std::string str() const;
  friend bool operator==(const Practice&, const Practice&) = default;

 private:
  Practice(PracticeTitle title, std::optional<WebUrl> url) : title_(std::move(title)), url_(std::move(url)) {}

  PracticeTitle title_;
  std::optional<WebUrl> url_;
};

inline constexpr std::size_t most_practices = 100;

/// What a partner shares, in its own order; at most `most_practices`.
using Practices = std::vector<Practice>;

/// Reads one practice a line, empty lines aside. Fails with `practice` (also on too many) or as `Practice`
/// does.
Result<Practices> parse_practices(std::string_view text, Strictness strictness = Strictness::present);

/// What becomes of a request to remove what is not there.
enum class IfAbsent { refuse, pass_over };

/// The practices without some of them, each given as its line or its title. Fails with `practice` on one that
/// is not among them, where that is refused.
Result<Practices> without(Practices practices, const std::vector<std::string>& removed, IfAbsent if_absent);

/// The practices with others after them, those aside that are already among them. Fails as `Practice` does.
Result<Practices> with(Practices practices, const std::vector<std::string>& added);

/// The lines that `parse_practices` reads, joined by line feeds.
std::string to_text(const Practices& practices);

}  // namespace covenant
