#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace covenant {

/// The media type of a file, found from its bytes: PDF, images, e-mail, CMS signatures, ASiC containers,
/// office documents, ZIP archives and text; else "application/octet-stream". Of kinds that begin alike the
/// ending of the name decides. Sources: IANA media types; RFC 8118 (PDF), RFC 5322 section 2.2 (e-mail), RFC
/// 5652 section 3 and RFC 8551 section 3.2.1 (.p7m, .p7s), ETSI EN 319 162-1 section 4.3.3 (.asice).
std::string media_type(std::string_view name, std::string_view bytes);

/// How long the line is that a mailbox has before a message; 0 without one. Source: RFC 4155 appendix A.
std::size_t size_of_mailbox_line(std::string_view bytes);

/// What a file is that is never evidence: "an HTML page", "a script" or "a program", since opening it runs
/// something; "a database", since a registry has contacts that would outlive their erasure. Nothing: it may
/// be.
std::optional<std::string_view> find_refused_content(std::string_view name, std::string_view bytes);

/// The media type that the ending of a name names; nothing when it is of no known kind.
std::optional<std::string_view> named_type(std::string_view name);

/// How a name contradicts what the file is, for people: "'a.pdf' is not a PDF document; it is text"; or that
/// neither the name nor the content is of a known kind. Nothing when there is nothing odd about it.
std::optional<std::string> find_contradiction(std::string_view name, std::string_view type);

}  // namespace covenant
