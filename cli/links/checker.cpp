#include "cli/links/checker.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <string>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t most_at_once = 10;
constexpr std::size_t most_of_a_host = 2;
constexpr long most_redirects = 10;
/// What a server with an error is given until it is asked again.
constexpr std::chrono::milliseconds pause{500};

struct Job {
  std::size_t place;
  std::string url;
  std::string host;
  bool is_get = false;
  int server_errors = 0;  ///< of GET requests
  Clock::time_point not_before{};
};

std::string host_of(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), curl_url_cleanup);
  char* host = nullptr;
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(parsed.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK)
    return url;
  std::string name = host;
  curl_free(host);
  return name;
}

/// Takes the head of an answer alone: the rest is not needed.
std::size_t take_nothing(char* /*bytes*/, std::size_t size, std::size_t count, void* taken) {
  constexpr std::size_t enough = std::size_t{16} * 1024;
  auto& sum = *static_cast<std::size_t*>(taken);
  sum += size * count;
  return sum > enough ? 0 : size * count;
}

CovenantLinkFailure failure_of(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return covenant_link_no_host;
    case CURLE_OPERATION_TIMEDOUT:
      return covenant_link_no_answer;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_ISSUER_ERROR:
      return covenant_link_certificate;
    case CURLE_TOO_MANY_REDIRECTS:
      return covenant_link_redirects;
    default:
      return covenant_link_no_connection;
  }
}

class Checker {
 public:
  Checker(CURLM* multi, const CovenantLinkOptions& options) : multi_(multi), options_(options) {}

  void add(std::size_t place, const char* url) { waiting_.push_back({place, url, host_of(url)}); }

  void run() {
    constexpr int longest_wait_ms = 100;
    while (!waiting_.empty() || !running_.empty()) {
      start_what_may();
      int count = 0;
      curl_multi_perform(multi_, &count);
      finish_what_did();
      curl_multi_poll(multi_, nullptr, 0, longest_wait_ms, nullptr);
    }
  }

 private:
  struct Transfer {
    Job job;
    std::size_t taken = 0;
  };

  void start_what_may() {
    for (std::size_t i = 0; i < waiting_.size() && running_.size() < most_at_once;) {
      const auto at = waiting_.begin() + static_cast<std::ptrdiff_t>(i);
      if (of_host_[at->host] >= most_of_a_host || at->not_before > Clock::now()) {
        ++i;
        continue;
      }
      Job job = std::move(*at);
      waiting_.erase(at);
      start(std::move(job));
    }
  }

  void start(Job job) {
    CURL* const easy = curl_easy_init();
    if (easy == nullptr) return report(job, {covenant_link_no_connection, 0, nullptr});
    ++of_host_[job.host];
    Transfer& transfer =
        *running_.emplace(easy, std::make_unique<Transfer>(Transfer{std::move(job)})).first->second;
    curl_easy_setopt(easy, CURLOPT_URL, transfer.job.url.c_str());
    curl_easy_setopt(easy, CURLOPT_NOBODY, transfer.job.is_get ? 0L : 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, options_.user_agent);
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, most_redirects);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");  // some servers redirect until they see theirs again
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, options_.timeout_ms);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_nothing);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer.taken);
    curl_multi_add_handle(multi_, easy);
  }

  void finish_what_did() {
    int left = 0;
    while (const CURLMsg* const message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): so libcurl says what it says
      finish(message->easy_handle, message->data.result);
    }
  }

  void finish(CURL* easy, CURLcode code) {
    long status = 0;
    long redirects = 0;
    char* url = nullptr;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_COUNT, &redirects);
    curl_easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &url);
    const bool has_enough = code == CURLE_WRITE_ERROR && status > 0;
    const CovenantLinkFailure failure =
        code == CURLE_OK || has_enough ? covenant_link_none : failure_of(code);
    const std::string location = redirects > 0 && url != nullptr ? url : "";
    curl_multi_remove_handle(multi_, easy);
    curl_easy_cleanup(easy);
    const auto found = running_.find(easy);
    Job job = std::move(found->second->job);
    running_.erase(found);
    --of_host_[job.host];
    if (ask_again(job, failure, status)) {
      waiting_.push_back(std::move(job));
      return;
    }
    report(job, {failure, failure == covenant_link_none ? status : 0,
                 location.empty() ? nullptr : location.c_str()});
  }

  /// Some servers refuse HEAD, or fail once.
  static bool ask_again(Job& job, CovenantLinkFailure failure, long status) {
    constexpr long first_client_error = 400;
    constexpr long first_server_error = 500;
    const bool is_server_error = failure == covenant_link_none && status >= first_server_error;
    if (!job.is_get) {
      if (failure == covenant_link_none && status < first_client_error) return false;
      if (failure != covenant_link_none && failure != covenant_link_no_connection) return false;
      job.is_get = true;
      return true;
    }
    if (!is_server_error || ++job.server_errors > 1) return false;
    job.not_before = Clock::now() + pause;
    return true;
  }

  void report(const Job& job, const CovenantLinkResult& result) const {
    options_.visit(options_.context, job.place, &result);
  }

  CURLM* multi_;
  const CovenantLinkOptions& options_;
  std::deque<Job> waiting_;
  std::map<CURL*, std::unique_ptr<Transfer>> running_;
  std::map<std::string, std::size_t> of_host_;
};

}  // namespace

int covenant_check_links(const char* const* urls, std::size_t count, const CovenantLinkOptions* options) {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return 0;
  CURLM* const multi = curl_multi_init();
  if (multi == nullptr) return 0;
  Checker checker(multi, *options);
  for (std::size_t i = 0; i < count; ++i) checker.add(i, urls[i]);
  checker.run();
  curl_multi_cleanup(multi);
  curl_global_cleanup();
  return 1;
}
