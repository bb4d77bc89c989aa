#pragma once

#include "core/letters/office.hpp"
#include "core/letters/paper.hpp"
#include "core/model/partner.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// What the commitment statement of a partner says, in the language and under the site's name of a page. It
/// is sent to the office's e-mail address, which there must be.
StatementTexts statement_texts(const PageOptions& options, const Partner& partner, const Office& office);

}  // namespace covenant
