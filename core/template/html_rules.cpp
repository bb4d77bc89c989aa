#include "core/template/html_rules.hpp"

#include <algorithm>
#include <array>

namespace covenant {

namespace {

constexpr auto npos = std::string_view::npos;

/// Whether `word`, which has no blanks, is one of those that blanks part.
bool is_among(std::string_view word, std::string_view words) {
  if (word.empty()) return false;
  for (std::size_t at = words.find(word); at != npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

/// The attributes of some elements in which a value may be.
struct Allowed {
  std::string_view elements, attributes;
};

constexpr std::array texts = std::to_array<Allowed>({
    {"a link", "hreflang"},
    {"area img input", "alt"},
    {"button data input li meter option progress", "value"},
    {"col colgroup", "span"},
    {"del ins time", "datetime"},
    {"img video", "height width"},
    {"input", "max min name placeholder step"},
    {"label output", "for"},
    {"meta", "content"},
    {"meter progress", "high low max min optimum"},
    {"ol", "start"},
    {"optgroup option track", "label"},
    {"select", "name"},
    {"td th", "abbr colspan headers rowspan scope"},
    {"textarea", "cols name placeholder rows"},
    {"track", "srclang"},
});

constexpr std::array addresses = std::to_array<Allowed>({
    {"a area", "href ping"},
    {"audio img source track video", "src"},
    {"blockquote del ins q", "cite"},
    {"button input", "formaction"},
    {"form", "action"},
    {"link", "href"},
    {"video", "poster"},
});

template <std::size_t size>
bool is_allowed(std::string_view element, std::string_view attribute, const std::array<Allowed, size>& list) {
  return std::any_of(list.begin(), list.end(), [&](const Allowed& allowed) {
    return is_among(element, allowed.elements) && is_among(attribute, allowed.attributes);
  });
}

}  // namespace

AttributeUse use_of(std::string_view element, std::string_view attribute) {
  if (is_allowed(element, attribute, addresses)) return AttributeUse::address;
  const bool is_text = is_global_attribute(attribute) || is_allowed(element, attribute, texts);
  return is_text ? AttributeUse::text : AttributeUse::refused;
}

bool is_global_attribute(std::string_view attribute) {
  return is_among(attribute, "class dir id itemprop lang role tabindex title translate") ||
         attribute.starts_with("aria-") || attribute.starts_with("data-");
}

bool is_allowed_element(std::string_view element) {
  return element.find('-') != npos ||
         is_among(
             element,
             "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas "
             "caption cite code col colgroup data datalist dd del details dfn dialog div dl dt em fieldset "
             "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i img input ins "
             "kbd label legend li link main map mark math menu meta meter nav ol optgroup option output p "
             "picture pre progress q rp rt ruby s samp script search section select small source span "
             "strong style sub summary sup svg table tbody td textarea tfoot th thead time title tr track u "
             "ul var video wbr");
}

bool is_allowed_in_pictures(std::string_view element) {
  return is_among(
      element,
      "a animate animatemotion animatetransform circle clippath defs desc ellipse g image line "
      "lineargradient marker mask mpath path pattern polygon polyline radialgradient rect set stop "
      "svg switch symbol text textpath tspan use view "
      "annotation math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot "
      "mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover "
      "semantics");
}

bool reads_differently_within(std::string_view element) {
  return element == "svg" || element == "math" || element == "select";
}

bool is_safe_relation(std::string_view relations) {
  return is_among(relations, "alternate author canonical describedby help license next prev search me");
}

bool is_settled_address(std::string_view beginning) {
  for (const std::string_view scheme : {"http://", "https://", "//"}) {
    if (!beginning.starts_with(scheme)) continue;
    const std::string_view host = beginning.substr(scheme.size());
    const std::size_t end = host.find_first_of("/?#");
    return end != npos && end > 0 && host.substr(0, end).find_first_of("\\&@ \t\r\n") == npos;
  }
  if (beginning == "mailto:") return true;
  const std::size_t mark = beginning.find_first_of(":/?#&\\ \t\r\n");
  if (mark == npos) return false;
  if (beginning[mark] == '#' || beginning[mark] == '?') return true;
  if (beginning[mark] != '/') return false;
  if (mark > 0) return true;
  return beginning.size() > 1 && std::string_view("/\\ \t\r\n&").find(beginning[1]) == npos;
}

}  // namespace covenant
