#pragma once

#include <string>

#include "core/model/public_partner.hpp"
#include "core/output/html_page.hpp"

namespace covenant {

/// The official recognition of a listed partner in the page's language: one HTML page, to be printed on one
/// sheet of A4.
std::string certificate(const PageOptions& options, const PublicPartner& partner);

}  // namespace covenant
