#pragma once

#include <openssl/types.h>
#include <openssl/x509.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/documents/reading.hpp"
#include "core/model/date.hpp"
#include "core/model/instant.hpp"

namespace covenant {

struct FreeCertificate {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
struct FreeStore {
  void operator()(X509_STORE* store) const { X509_STORE_free(store); }
};
using Certificate = std::unique_ptr<X509, FreeCertificate>;
using CertificateStore = std::unique_ptr<X509_STORE, FreeStore>;

/// The certificates of the authorities that are trusted, roots or not.
class Trust {
 public:
  /// Certificates in PEM, one after another, with whatever else is between them.
  explicit Trust(std::string_view pem);

  const std::vector<Certificate>& certificates() const { return certificates_; }
  /// A store that trusts each of them at that moment.
  CertificateStore store_at(Instant moment) const;

 private:
  std::vector<Certificate> certificates_;
};

/// Against what a signature is judged.
struct Basis {
  const Trust& trust;
  Date received_on;  ///< the day that counts where no verified time stamp says another time
};

/// What a CMS structure says.
struct CmsReading {
  bool is_readable = false;           ///< whether it is a CMS structure, without anything after it
  std::vector<Signature> signatures;  ///< one of each signer; one that says why when there is none to judge
  /// The addresses in each signer's certificate, in lower case.
  std::vector<std::vector<std::string>> addresses;
  std::optional<std::string> content;  ///< what is embedded
};

/// Judges a CMS SignedData in DER, or BER: each signer by itself, its time stamps among the unsigned
/// attributes included. `content` is what a detached signature is of; when there is embedded content as well,
/// the two must be the same. Bytes after the
/// structure are not allowed. A certificate must be good for signing documents or e-mail. Sources: RFC 5652,
/// RFC 5035, RFC 3161 appendix A.
CmsReading verify_cms(std::string_view der, std::optional<std::string_view> content, const Basis& basis);

/// Sets who a certificate names: name, e-mail, organisation, country, serial number, issuer and days.
void describe_signer(X509& certificate, Signature& signature);

/// Judges the certificate of a signature that is mathematically right, at its `timestamp`, else on the day
/// of receipt: sets the verdict `valid`, `valid_untrusted`, or `invalid` when it was not valid then, with the
/// notes on why. `others` are certificates that came along and may lead to a trusted one.
void judge_certificate(X509& certificate, STACK_OF(X509) * others, const Basis& basis, Signature& signature);

/// A time stamp that was verified.
struct TimeStamp {
  Instant time;
  std::optional<std::string> anchor;  ///< SHA-256 of the trusted certificate that it leads to
};

/// An RFC 3161 time-stamp token in DER over `stamped` when it is verified against the same trust; otherwise
/// nothing, and a note says why.
std::optional<TimeStamp> verify_time_stamp(std::string_view token, std::string_view stamped,
                                           const Basis& basis, std::vector<std::string>& notes);

/// Gives a signature a time stamp, if it has no earlier one.
void add_time_stamp(Signature& signature, const std::optional<TimeStamp>& stamp);

}  // namespace covenant
