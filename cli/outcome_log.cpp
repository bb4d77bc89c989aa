#include "cli/outcome_log.hpp"

#include <cerrno>
#include <string_view>
#include <system_error>

#include "core/base/error.hpp"

namespace covenant {

namespace {

constexpr std::size_t kept_in_memory = std::size_t{256} * 1024;

[[noreturn]] void fail() {
  throw Error(ErrorKind::file, "cannot keep a temporary file: " + std::generic_category().message(errno));
}

}  // namespace

void OutcomeLog::add(const Outcome& outcome) {
  if (!first_) first_ = outcome.id;
  ++size_;
  ++by_status_.at(static_cast<std::size_t>(outcome.status));
  lines_.append(outcome.id.str()).append("\t").append(code_of(outcome.status)).append("\n");
  if (lines_.size() > kept_in_memory) spill();
}

void OutcomeLog::spill() {
  if (!file_) file_.reset(std::tmpfile());
  if (!file_ || std::fwrite(lines_.data(), 1, lines_.size(), file_.get()) != lines_.size()) fail();
  lines_.clear();
}

void OutcomeLog::write_to(TextSink& sink) {
  if (file_) {
    std::string block(kept_in_memory, '\0');
    if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0) fail();
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), file_.get())) {
      sink.write(std::string_view(block).substr(0, count));
    }
    if (std::ferror(file_.get()) != 0) fail();
  }
  sink.write(lines_);
}

}  // namespace covenant
