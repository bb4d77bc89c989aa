#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/documents/reading.hpp"
#include "core/model/date.hpp"
#include "core/model/time_zone.hpp"

namespace covenant {

/// What the process that reads a document is asked. It has no files: what it needs comes along.
struct ReadRequest {
  std::string name;                        ///< of the file
  std::optional<Date> received_on;         ///< when it is stated; an e-mail says it otherwise
  Date today;                              ///< the day that counts where nothing else does
  std::optional<TimeZone> timezone;        ///< of the office; nothing: UTC
  std::optional<std::string> attachment;   ///< which one of an e-mail is the document
  std::string trust;                       ///< certificates in PEM
  std::optional<std::string> signed_file;  ///< what a detached signature is of
};

/// The request as it is passed on, before the bytes of the document. `document_size` is how many these are.
std::string to_bytes(const ReadRequest& request, std::uint64_t document_size);

/// A request that came, with the document; the views are of the bytes that were parsed.
struct ReceivedRequest {
  ReadRequest request;
  std::string_view document;
};

/// Reads what `to_bytes` wrote and the document after it; nothing when it is anything else.
std::optional<ReceivedRequest> parse_request(std::string_view bytes);

/// How many messages an e-mail may answer; the nearest ones count.
inline constexpr std::size_t most_references = 100;

/// What the process answers.
struct ReadAnswer {
  Reading reading;
  std::optional<std::string> unreadable{};  ///< why it cannot be read as what it claims to be
  std::vector<std::string> references{};    ///< the messages that an e-mail answers, the nearest first
};

std::string to_json(const ReadAnswer& answer);
std::optional<ReadAnswer> parse_answer(std::string_view json);

}  // namespace covenant
