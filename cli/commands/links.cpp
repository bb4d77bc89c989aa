#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <utility>

#include "cli/context.hpp"
#include "cli/flags.hpp"
#include "cli/links/checker.hpp"
#include "cli/progress.hpp"
#include "core/base/error.hpp"
#include "core/base/module.hpp"
#include "core/formats/text_table.hpp"
#include "core/model/link.hpp"
#include "core/store/due_list.hpp"
#include "core/store/link_table.hpp"
#include "core/text/ascii.hpp"
#include "core/text/escape.hpp"
#include "core/text/host_name.hpp"
#include "core/text/json.hpp"
#include "core/text/utf8.hpp"

namespace covenant {

enum class LinksFormat { table, json };

template <>
struct Codes<LinksFormat> {
  static constexpr std::array<std::string_view, 2> codes = {"table", "json"};
};

namespace {

/// How long to wait for each answer.
struct Timeout {
  std::chrono::seconds time;

  /// Reads whole seconds from 1 to 300. Fails with `number`.
  static Result<Timeout> parse(std::string_view text) {
    constexpr std::uint64_t longest = 300;
    const auto seconds = parse_count(text);
    if (!seconds || *seconds == 0 || *seconds > longest) {
      return Problem::of(ProblemCode::number, text,
                         fmt::format("{} is not a number of seconds from 1 to {}", in_quotes(text), longest));
    }
    return Timeout{std::chrono::seconds(*seconds)};
  }
};

struct LinksOptions {
  std::optional<Timeout> timeout;
  LinksFormat format = LinksFormat::table;
};

std::vector<CheckedLink> links_of_listed(Context& context) {
  Registry registry = context.open(OpenMode::read);
  Read read = registry.read();
  std::vector<CheckedLink> links;
  for_each_listed(read, [&](const Partner& partner, LastCheck) {
    if (partner.application.website)
      links.push_back({partner.id, LinkField::website, partner.application.website->str()});
    for (const Practice& practice : partner.application.practices) {
      if (practice.url()) links.push_back({partner.id, LinkField::practices, practice.url()->str()});
    }
  });
  return links;
}

std::string reason_of(CovenantLinkFailure failure) {
  switch (failure) {
    case covenant_link_none:
      break;
    case covenant_link_no_host:
      return "host not found";
    case covenant_link_no_connection:
      return "connection failed";
    case covenant_link_no_answer:
      return "no answer in time";
    case covenant_link_certificate:
      return "certificate not valid";
    case covenant_link_redirects:
      return "too many redirects";
  }
  return "";
}

/// What an answer says of a link. Others may be refused what a person in a browser is not.
void judge(CheckedLink& link, const CovenantLinkResult& result) {
  constexpr long first_error = 400;
  constexpr long not_found = 404;
  constexpr long gone = 410;
  constexpr long first_server_error = 500;
  if (result.location != nullptr) {
    link.location = result.location;
    link.state = LinkState::moved;
  }
  if (result.failure != covenant_link_none) {
    link.state = LinkState::broken;
    link.reason = reason_of(result.failure);
    return;
  }
  link.status = result.status;
  if (result.status >= first_error) link.reason = fmt::format("answers {}", result.status);
  if (result.status == not_found || result.status == gone || result.status >= first_server_error)
    link.state = LinkState::broken;
}

/// As it is asked for: the host in its ASCII form, other characters beyond ASCII percent-encoded. Source: RFC
/// 3987, section 3.1.
std::string request_url(const std::string& url) {
  const std::size_t host_begin = url.find("//") + 2;
  const std::size_t host_end = std::min(url.find_first_of(":/?#", host_begin), url.size());
  const std::string host = url.substr(host_begin, host_end - host_begin);
  std::string request = url.substr(0, host_begin);
  const auto international = is_ascii(host) ? std::nullopt : parse_international_host(host);
  request += international ? international->ascii : host;
  for (const char byte : url.substr(host_end)) {
    if (is_ascii(std::string_view(&byte, 1))) {
      request += byte;
    } else {
      request += fmt::format("%{:02X}", static_cast<unsigned char>(byte));
    }
  }
  return request;
}

/// Checks the links of all partners, each URL once.
class Checking {
 public:
  Checking(Context& context, std::vector<CheckedLink>& links) : links_(links), progress_(context) {
    for (std::size_t i = 0; i < links.size(); ++i) places_[request_url(links[i].url)].push_back(i);
    for (const auto& [url, places] : places_) urls_.push_back(url.c_str());
  }

  void run(std::chrono::seconds timeout, const std::string& user_agent) {
    const CovenantLinkOptions options{static_cast<long>(std::chrono::milliseconds(timeout).count()),
                                      user_agent.c_str(),
                                      [](void* self, std::size_t place, const CovenantLinkResult* result) {
                                        static_cast<Checking*>(self)->add(place, *result);
                                      },
                                      this};
    const auto check =
        module_function<decltype(covenant_check_links)>("covenant-links.so", covenant_check_links_symbol);
    if (check(urls_.data(), urls_.size(), &options) == 0)
      throw Error(ErrorKind::fault, "libcurl cannot be used");
  }

 private:
  void add(std::size_t place, const CovenantLinkResult& result) {
    for (const std::size_t i : places_.at(urls_[place])) {
      judge(links_[i], result);
      ++checked_;
      if (links_[i].state == LinkState::broken) ++broken_;
    }
    progress_.show(
        [&] { return fmt::format("Checking links: {} of {}, {} broken", checked_, links_.size(), broken_); });
  }

  std::vector<CheckedLink>& links_;
  Progress progress_;
  std::map<std::string, std::vector<std::size_t>> places_;  ///< of each URL
  std::vector<const char*> urls_;
  std::size_t checked_ = 0;
  std::size_t broken_ = 0;
};

std::string user_agent(const Settings& settings) {
  const std::string name = "covenant/" COVENANT_VERSION " (link check";
  return settings.base_url ? fmt::format("{}; +{})", name, settings.base_url->str()) : name + ")";
}

void write_json(Context& context, const std::vector<CheckedLink>& links) {
  std::string text;
  JsonWriter json(text);
  json.begin_array();
  for (const CheckedLink& link : links) {
    json.begin_object().member("id", link.partner.str()).member("url", link.url);
    json.member("field", code_of(link.field)).key("broken");
    json.raw(link.state == LinkState::broken ? "true" : "false");
    json.key("status");
    link.status ? json.value(*link.status) : json.null();
    json.member_or_null("reason", link.reason).member_or_null("location", link.location).end_object();
  }
  json.end_array();
  context.out().write(text + "\n");
}

void write_table(Context& context, const std::vector<CheckedLink>& links) {
  TextTable table({{"id"}, {"field"}, {"state"}, {"reason"}}, {.heading = "url", .beside_from = 0},
                  context.out(), context.table_look());
  bool is_empty = true;
  for (const CheckedLink& link : links) {
    if (link.state == LinkState::ok) continue;
    is_empty = false;
    const std::string why =
        link.state == LinkState::moved ? "to " + link.location.value_or("") : link.reason.value_or("");
    table.row({link.partner.str(), std::string(code_of(link.field)), std::string(code_of(link.state)), why},
              link.url);
  }
  if (!is_empty) table.finish();
}

std::string summary(const std::vector<CheckedLink>& links) {
  const auto count = [&](LinkState state) {
    return std::count_if(links.begin(), links.end(),
                         [&](const CheckedLink& link) { return link.state == state; });
  };
  const auto broken = count(LinkState::broken);
  const auto moved = count(LinkState::moved);
  std::string found;
  if (broken > 0) found = fmt::format("{} broken", broken);
  if (moved > 0) found += fmt::format("{}{} moved", found.empty() ? "" : ", ", moved);
  return fmt::format("Checked {} link{}{}.", links.size(), links.size() == 1 ? "" : "s",
                     found.empty() ? "" : ": " + found);
}

ExitCode links(Context& context, const LinksOptions& options) {
  constexpr std::chrono::seconds default_timeout{15};
  std::vector<CheckedLink> links = links_of_listed(context);
  if (!links.empty()) {
    Checking(context, links)
        .run(options.timeout ? options.timeout->time : default_timeout, user_agent(context.settings()));
  }
  {
    Registry registry = context.open(OpenMode::write);
    Write write = registry.write();
    replace_links(write, links, context.today());
    write.commit();
  }
  options.format == LinksFormat::json ? write_json(context, links) : write_table(context, links);
  context.say(summary(links));
  const bool is_any_broken = std::any_of(
      links.begin(), links.end(), [](const CheckedLink& link) { return link.state == LinkState::broken; });
  return is_any_broken ? ExitCode::due : ExitCode::done;
}

Run declare(Flags& flags) {
  auto options = std::make_shared<LinksOptions>();
  flags.option("--timeout", "SECONDS", options->timeout, "longest wait for each answer (default 15)");
  flags.format(options->format);
  return [options](Context& context) { return links(context, *options); };
}

}  // namespace

Command links_command() {
  return {"links", CommandGroup::look_up, "check the links of listed partners", declare};
}

}  // namespace covenant
