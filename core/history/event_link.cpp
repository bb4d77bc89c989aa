#include "core/history/event_link.hpp"

#include "core/history/event_body.hpp"
#include "core/text/json.hpp"

namespace covenant {

// Quotes within a string have a backslash before them, so what looks like a member's name is one; and no
// member has one of these within it.
std::optional<EventLink> find_link(std::string_view body) {
  const auto after = [&](std::string_view name) {
    const std::size_t at = body.find(name);
    return at == std::string_view::npos ? std::string_view() : body.substr(at + name.size());
  };
  const auto text = [&](std::string_view name) {
    const std::string_view rest = after(name);
    return rest.substr(0, rest.find('"'));
  };
  const auto seq = CanonicalReader(after(",\"seq\":")).number();
  const auto at = Instant::parse(text(R"(,"at":")"));
  if (!seq || !at) return std::nullopt;
  return EventLink{.version = body.ends_with(",\"v\":1}") ? 1 : present_version,
                   .seq = *seq,
                   .prev = std::string(text(R"(,"prev":")")),
                   .at = *at,
                   .action = std::string(text(R"({"action":")"))};
}

}  // namespace covenant
