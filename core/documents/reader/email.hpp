#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/documents/reader/cms.hpp"
#include "core/documents/request.hpp"

namespace covenant {

/// Loads what decoding the texts of e-mails takes from files.
void start_email();

/// An e-mail: its header, its attachments, which of them is the document, the S/MIME signatures on its parts
/// and those of the document. The day that counts is the stated one, else that of the topmost Received
/// header, else today. Sets the messages that it answers, the nearest first. Sources: RFC 5322, RFC 2045 to
/// 2047, RFC 2231, RFC 8551.
Reading read_email(std::string_view bytes, const Trust& trust, const ReadRequest& request,
                   std::vector<std::string>& references);

}  // namespace covenant
