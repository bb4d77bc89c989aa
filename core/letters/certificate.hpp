#pragma once

#include "core/letters/paper.hpp"
#include "core/model/public_list.hpp"
#include "core/site/page.hpp"

namespace covenant {

/// What the certificate of a listed partner says, in the language of the page.
CertificateTexts certificate_texts(const PageOptions& options, const PublicTexts& partner);

}  // namespace covenant
