#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/note.hpp"
#include "core/base/result.hpp"
#include "core/documents/reading.hpp"
#include "core/model/partner.hpp"
#include "core/store/database.hpp"

namespace covenant {

/// The partner whose statement an e-mail answers, by the messages that it answers, the nearest first. Fails
/// with `partner` when there is none; with `rule` when it answers the statement of an earlier application,
/// and, naming the partner, when its subject alone names it or the sender is not the contact.
/// Source: covenant-approve(1), REPLIES.
std::variant<Partner, Problem> find_replied(Read& read, const EmailHeader& mail,
                                            const std::vector<std::string>& references);

/// Notes that an e-mail answers the statement of another partner than the one that it is said to be of, or of
/// another application.
Notes notes_on_reply(Read& read, const Partner& partner, const std::string& name,
                     const std::vector<std::string>& references);

}  // namespace covenant
