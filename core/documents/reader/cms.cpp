#include "core/documents/reader/cms.hpp"

#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <utility>

#include "core/base/bytes.hpp"
#include "core/text/ascii.hpp"

namespace covenant {

namespace {

template <auto free_function>
struct Free {
  template <class T>
  void operator()(T* pointer) const {
    free_function(pointer);
  }
};

void free_certificates(STACK_OF(X509) * certificates) {
  sk_X509_pop_free(certificates, X509_free);
}

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Cms = std::unique_ptr<CMS_ContentInfo, Free<CMS_ContentInfo_free>>;
using Certificates = std::unique_ptr<STACK_OF(X509), Free<free_certificates>>;

Bio bio_of(std::string_view bytes) {
  return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

std::string_view bytes_of(const ASN1_STRING& text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(&text)),
          static_cast<std::size_t>(ASN1_STRING_length(&text))};
}

const unsigned char* begin_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

/// The bytes of a value that is not of a kind with members of its own.
const ASN1_STRING* string_of(const ASN1_TYPE& value) {
  return value.value.asn1_string;  // NOLINT(cppcoreguidelines-pro-type-union-access): so OpenSSL has it
}

std::string utf8_of(const ASN1_STRING& text) {
  unsigned char* utf8 = nullptr;
  const int size = ASN1_STRING_to_UTF8(&utf8, &text);
  if (size < 0) return {};
  std::string copy(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
  OPENSSL_free(utf8);
  return clean_text(copy);
}

std::optional<Instant> instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  const std::chrono::seconds since_epoch(::timegm(&parts));
  return Instant::of(Instant::Milliseconds(since_epoch));
}

std::optional<std::string> part_of(const X509_NAME* name, int nid) {
  const int place = X509_NAME_get_index_by_NID(name, nid, -1);
  if (place < 0) return std::nullopt;
  std::string text = utf8_of(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

std::optional<std::string> name_of(const X509_NAME* name) {
  if (auto common = part_of(name, NID_commonName)) return common;
  const auto given = part_of(name, NID_givenName);
  auto family = part_of(name, NID_surname);
  if (given && family) return *given + " " + *family;
  return family;
}

std::string whole_name(const X509_NAME* name) {
  const Bio out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return clean_text({text, static_cast<std::size_t>(std::max(size, 0L))});
}

/// Every address that a certificate names, in lower case.
std::vector<std::string> addresses_of(X509& certificate) {
  std::vector<std::string> addresses;
  STACK_OF(OPENSSL_STRING)* const found = X509_get1_email(&certificate);
  const int count = sk_OPENSSL_STRING_num(found);
  addresses.reserve(static_cast<std::size_t>(std::max(count, 0)));
  for (int i = 0; i < count; ++i)
    addresses.push_back(lower_case(clean_text(sk_OPENSSL_STRING_value(found, i))));
  X509_email_free(found);
  return addresses;
}

std::string serial_of(X509& certificate) {
  BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr);
  char* digits = number == nullptr ? nullptr : BN_bn2hex(number);
  std::string text = digits == nullptr ? "" : digits;
  OPENSSL_free(digits);
  BN_free(number);
  return clean_text(text);
}

/// The span of time that counts: the moment of a time stamp, or the day of receipt.
struct Span {
  Instant first;
  Instant last;
};

Span span_of(const Basis& basis, const Signature& signature) {
  if (signature.timestamp) return {*signature.timestamp, *signature.timestamp};
  const Instant::Milliseconds midnight(basis.received_on.days());
  constexpr std::chrono::milliseconds nearly_a_day = std::chrono::days(1) - std::chrono::seconds(1);
  return {Instant::of(midnight), Instant::of(midnight + nearly_a_day)};
}

/// Whether a certificate may sign documents or messages. Source: RFC 5280 sections 4.2.1.3 and 4.2.1.12, RFC
/// 9336; of Adobe's and Microsoft's, their own documentation.
bool may_sign(X509& certificate) {
  const std::uint32_t usage = X509_get_key_usage(&certificate);
  if ((usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0) return false;
  auto* extended =
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(&certificate, NID_ext_key_usage, nullptr, nullptr));
  if (extended == nullptr) return true;
  constexpr std::array<std::string_view, 6> good = {
      "1.3.6.1.5.5.7.3.4",        // emailProtection
      "1.3.6.1.5.5.7.3.36",       // documentSigning
      "1.3.6.1.5.5.7.3.2",        // clientAuth, of identity cards
      "1.3.6.1.4.1.311.10.3.12",  // Microsoft's document signing
      "1.2.840.113583.1.1.5",     // Adobe's authentic documents
      "2.5.29.37.0",              // any
  };
  bool is_good = false;
  for (int i = 0; i < sk_ASN1_OBJECT_num(extended); ++i) {
    std::array<char, 80> text{};
    OBJ_obj2txt(text.data(), text.size(), sk_ASN1_OBJECT_value(extended, i), 1);
    is_good = is_good || std::find(good.begin(), good.end(), std::string_view(text.data())) != good.end();
  }
  EXTENDED_KEY_USAGE_free(extended);
  return is_good;
}

/// SHA-256 of a certificate in DER.
std::optional<std::string> fingerprint_of(X509& certificate) {
  Digest digest{};
  unsigned int size = digest.size();
  if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1) return std::nullopt;
  return to_hex(covenant::bytes_of(digest));
}

/// Where a chain of certificates led.
struct ChainEnd {
  int error = X509_V_ERR_UNSPECIFIED;   ///< the code of OpenSSL's verification
  std::optional<std::string> anchor{};  ///< SHA-256 of the trusted certificate, if it is X509_V_OK
};

ChainEnd follow_chain(X509& certificate, STACK_OF(X509) * others, X509_STORE& store) {
  const std::unique_ptr<X509_STORE_CTX, Free<X509_STORE_CTX_free>> context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), &store, &certificate, others) != 1) return {};
  if (X509_verify_cert(context.get()) != 1) return {.error = X509_STORE_CTX_get_error(context.get())};
  STACK_OF(X509)* const chain = X509_STORE_CTX_get0_chain(context.get());
  X509* const last = sk_X509_value(chain, sk_X509_num(chain) - 1);
  return {.error = X509_V_OK, .anchor = last == nullptr ? std::nullopt : fingerprint_of(*last)};
}

}  // namespace

Trust::Trust(std::string_view pem) {
  const Bio in = bio_of(pem);
  while (X509* certificate = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr))
    certificates_.emplace_back(certificate);
  ERR_clear_error();
}

CertificateStore Trust::store_at(Instant moment) const {
  CertificateStore store(X509_STORE_new());
  for (const Certificate& certificate : certificates_) X509_STORE_add_cert(store.get(), certificate.get());
  X509_VERIFY_PARAM* const rules = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
  constexpr int no_broken_digests_and_short_keys = 1;
  X509_VERIFY_PARAM_set_auth_level(rules, no_broken_digests_and_short_keys);
  X509_VERIFY_PARAM_set_time(
      rules, static_cast<std::time_t>(
                 std::chrono::floor<std::chrono::seconds>(moment.time()).time_since_epoch().count()));
  return store;
}

void describe_signer(X509& certificate, Signature& signature) {
  const X509_NAME* const subject = X509_get_subject_name(&certificate);
  signature.name = name_of(subject);
  const std::vector<std::string> addresses = addresses_of(certificate);
  if (!addresses.empty()) signature.email = addresses.front();
  signature.organisation = part_of(subject, NID_organizationName);
  signature.country = part_of(subject, NID_countryName);
  signature.serial = serial_of(certificate);
  signature.issuer = whole_name(X509_get_issuer_name(&certificate));
  signature.certificate = fingerprint_of(certificate);
  signature.not_before = instant_of(X509_get0_notBefore(&certificate));
  signature.not_after = instant_of(X509_get0_notAfter(&certificate));
}

void judge_certificate(X509& certificate, STACK_OF(X509) * others, const Basis& basis, Signature& signature) {
  const Span span = span_of(basis, signature);
  const auto not_before = instant_of(X509_get0_notBefore(&certificate));
  const auto not_after = instant_of(X509_get0_notAfter(&certificate));
  signature.verdict = SignatureVerdict::invalid;
  if (!not_before || !not_after) {
    add_note(signature.notes, "its certificate does not say when it is valid");
    return;
  }
  if (span.first > *not_after) {
    add_note(signature.notes, "its certificate expired on " + not_after->date().str() + ", before " +
                                  span.first.date().str() + ", the day that counts");
    return;
  }
  if (span.last < *not_before) {
    add_note(signature.notes, "its certificate is valid from " + not_before->date().str() + " on, after " +
                                  span.last.date().str() + ", the day that counts");
    return;
  }
  signature.verdict = SignatureVerdict::valid_untrusted;
  if (basis.trust.certificates().empty()) {
    add_note(signature.notes, "no certificate is trusted, since the settings name none");
    return;
  }
  // The library takes the last second for one too late.
  const Instant last_second = Instant::of(not_after->time() - std::chrono::seconds(1));
  const CertificateStore store = basis.trust.store_at(std::min(span.last, last_second));
  auto [error, anchor] = follow_chain(certificate, others, *store);
  ERR_clear_error();
  signature.anchor = std::move(anchor);
  if (error == X509_V_ERR_CERT_HAS_EXPIRED || error == X509_V_ERR_CERT_NOT_YET_VALID) {
    signature.verdict = SignatureVerdict::invalid;
    add_note(signature.notes, "the certificate of an authority that it leads to was not valid then");
  } else if (error != X509_V_OK) {
    add_note(signature.notes, std::string("its certificate does not lead to a trusted one: ") +
                                  X509_verify_cert_error_string(error));
  } else if (!may_sign(certificate)) {
    add_note(signature.notes, "its certificate is not meant for signing documents");
  } else {
    signature.verdict = SignatureVerdict::valid;
  }
}

namespace {

const ASN1_OBJECT* object_of(int nid) {
  return OBJ_nid2obj(nid);
}

/// The one value of a signed attribute.
const ASN1_STRING* signed_value(const CMS_SignerInfo& signer, int nid, int type) {
  constexpr int exactly_one = -3;
  return static_cast<const ASN1_STRING*>(
      CMS_signed_get0_data_by_OBJ(&signer, object_of(nid), exactly_one, type));
}

std::optional<Instant> signing_time(const CMS_SignerInfo& signer) {
  const int place = CMS_signed_get_attr_by_NID(&signer, NID_pkcs9_signingTime, -1);
  if (place < 0) return std::nullopt;
  const ASN1_TYPE* const value = X509_ATTRIBUTE_get0_type(CMS_signed_get_attr(&signer, place), 0);
  if (value == nullptr || (value->type != V_ASN1_UTCTIME && value->type != V_ASN1_GENERALIZEDTIME))
    return std::nullopt;
  return instant_of(reinterpret_cast<const ASN1_TIME*>(string_of(*value)));
}

struct FreeValues {
  void operator()(STACK_OF(ASN1_TYPE) * values) const { sk_ASN1_TYPE_pop_free(values, ASN1_TYPE_free); }
};
using Values = std::unique_ptr<STACK_OF(ASN1_TYPE), FreeValues>;

Values values_in(std::string_view der) {
  const unsigned char* at = begin_of(der);
  return Values(d2i_ASN1_SEQUENCE_ANY(nullptr, &at, static_cast<long>(der.size())));
}

std::string sequence_of(const STACK_OF(ASN1_TYPE) * values) {
  unsigned char* der = nullptr;
  const int size = i2d_ASN1_SEQUENCE_ANY(values, &der);
  std::string copy(reinterpret_cast<const char*>(der), static_cast<std::size_t>(std::max(size, 0)));
  OPENSSL_free(der);
  return copy;
}

/// A list of the certificates that a signature names, with the first alone, which is the signer's. The others
/// need not come along. Empty when it is none. Source: RFC 5035 section 3.
std::string only_first(std::string_view der) {
  const Values outer = values_in(der);
  if (sk_ASN1_TYPE_num(outer.get()) < 1) return {};
  ASN1_TYPE* const list = sk_ASN1_TYPE_value(outer.get(), 0);
  if (list->type != V_ASN1_SEQUENCE) return {};
  const Values named = values_in(bytes_of(*string_of(*list)));
  if (!named) return {};
  while (sk_ASN1_TYPE_num(named.get()) > 1) ASN1_TYPE_free(sk_ASN1_TYPE_pop(named.get()));
  const std::string first = sequence_of(named.get());
  ASN1_STRING* const text = ASN1_STRING_type_new(V_ASN1_SEQUENCE);
  ASN1_STRING_set(text, first.data(), static_cast<int>(first.size()));
  ASN1_TYPE_set(list, V_ASN1_SEQUENCE, text);
  return sequence_of(outer.get());
}

/// Whether the signed attributes name the certificate where they name one. Source: RFC 5035 section 3.
bool names_certificate(const CMS_SignerInfo& signer, X509& certificate) {
  const ASN1_STRING* const first = signed_value(signer, NID_id_smime_aa_signingCertificate, V_ASN1_SEQUENCE);
  const ASN1_STRING* const second =
      signed_value(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
  if (first == nullptr && second == nullptr) return true;
  ESS_SIGNING_CERT* one = nullptr;
  ESS_SIGNING_CERT_V2* two = nullptr;
  if (first != nullptr) {
    const std::string der = only_first(bytes_of(*first));
    const unsigned char* at = begin_of(der);
    one = d2i_ESS_SIGNING_CERT(nullptr, &at, static_cast<long>(der.size()));
  }
  if (second != nullptr) {
    const std::string der = only_first(bytes_of(*second));
    const unsigned char* at = begin_of(der);
    two = d2i_ESS_SIGNING_CERT_V2(nullptr, &at, static_cast<long>(der.size()));
  }
  STACK_OF(X509)* const chain = sk_X509_new_null();
  sk_X509_push(chain, &certificate);
  const bool is_named = (first == nullptr || one != nullptr) && (second == nullptr || two != nullptr) &&
                        OSSL_ESS_check_signing_certs(one, two, chain, 1) > 0;
  sk_X509_free(chain);
  ESS_SIGNING_CERT_free(one);
  ESS_SIGNING_CERT_V2_free(two);
  return is_named;
}

int nid_of(const X509_ALGOR& algorithm) {
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, &algorithm);
  return OBJ_obj2nid(object);
}

/// Whether an algorithm is one for signatures: it names a digest as well, or is that of the key alone.
bool is_signature_method(int nid) {
  // Those with SHA-3 are in no table of the library that says so.
  constexpr std::array others = {
      NID_rsaEncryption,       NID_rsassaPss,           NID_X9_62_id_ecPublicKey, NID_dsa,
      NID_ecdsa_with_SHA3_224, NID_ecdsa_with_SHA3_256, NID_ecdsa_with_SHA3_384,  NID_ecdsa_with_SHA3_512,
      NID_RSA_SHA3_224,        NID_RSA_SHA3_256,        NID_RSA_SHA3_384,         NID_RSA_SHA3_512};
  return OBJ_find_sigid_algs(nid, nullptr, nullptr) == 1 ||
         std::find(others.begin(), others.end(), nid) != others.end();
}

bool is_broken_digest(int nid) {
  return nid == NID_sha1 || nid == NID_md5 || nid == NID_md4 || nid == NID_md2;
}

/// What makes a signature one that is not read: an unknown or broken algorithm.
std::optional<std::string> find_unread_algorithm(X509& certificate, const X509_ALGOR& digest,
                                                 const X509_ALGOR& method) {
  const int nid = nid_of(digest);
  if (is_broken_digest(nid)) return std::string(OBJ_nid2sn(nid)) + " is no longer sound";
  const EVP_MD* const known = EVP_get_digestbynid(nid);
  if (known == nullptr || (EVP_MD_get_flags(known) & EVP_MD_FLAG_XOF) != 0)
    return "its digest algorithm is not known";
  const EVP_PKEY* const key = X509_get0_pubkey(&certificate);
  if (key == nullptr) return "the kind of its key is not known";
  const int kind = EVP_PKEY_get_base_id(key);
  if (kind == EVP_PKEY_ED25519 || kind == EVP_PKEY_ED448)
    return std::string("a signature by a key of the kind ") + OBJ_nid2sn(kind) + " is not read";
  if (!is_signature_method(nid_of(method))) return "its signature algorithm is not known";
  return std::nullopt;
}

/// Finds the earliest time stamp on the signature that is verified. Source: RFC 3161 appendix A.
void read_time_stamps(CMS_SignerInfo& signer, const Basis& basis, Signature& signature) {
  const std::string_view stamped = bytes_of(*CMS_SignerInfo_get0_signature(&signer));
  constexpr int most_tokens = 4;
  int place = -1;
  for (int i = 0; i < most_tokens; ++i) {
    place = CMS_unsigned_get_attr_by_NID(&signer, NID_id_smime_aa_timeStampToken, place);
    if (place < 0) break;
    const ASN1_TYPE* const value = X509_ATTRIBUTE_get0_type(CMS_unsigned_get_attr(&signer, place), 0);
    if (value == nullptr || value->type != V_ASN1_SEQUENCE) continue;
    add_time_stamp(signature,
                   verify_time_stamp(bytes_of(*string_of(*value)), stamped, basis, signature.notes));
  }
}

bool is_arithmetic_right(CMS_SignerInfo& signer, BIO* content) {
  return (CMS_signed_get_attr_count(&signer) < 0 || CMS_SignerInfo_verify(&signer) > 0) &&
         CMS_SignerInfo_verify_content(&signer, content) > 0;
}

/// Whether a content may be the signed attributes of another signature: without attributes of its own a
/// signature of them looks like one of this content. Source: RFC 5652 section 5.4.
bool may_be_attributes(std::string_view content) {
  if (content.empty() || content.front() != static_cast<char>(V_ASN1_CONSTRUCTED | V_ASN1_SET)) return false;
  const unsigned char* at = begin_of(content);
  const Values values(d2i_ASN1_SET_ANY(nullptr, &at, static_cast<long>(content.size())));
  return values != nullptr && at == begin_of(content) + content.size();
}

/// A whole CMS structure, its content hashed.
struct OpenCms {
  CMS_ContentInfo& cms;
  BIO* content;  ///< none where there is nothing to verify
  std::string_view bytes;
  STACK_OF(X509) * certificates;
};

Signature judge_signer(CMS_SignerInfo& signer, const OpenCms& open, const Basis& basis) {
  Signature signature;
  signature.signed_at = signing_time(signer);
  X509* certificate = nullptr;
  X509_ALGOR* digest = nullptr;
  X509_ALGOR* method = nullptr;
  CMS_SignerInfo_get0_algs(&signer, nullptr, &certificate, &digest, &method);
  if (certificate == nullptr) {
    add_note(signature.notes, "the certificate of its signer is not in it");
    return signature;
  }
  describe_signer(*certificate, signature);
  if (open.content == nullptr) return signature;
  if (const auto unread = find_unread_algorithm(*certificate, *digest, *method)) {
    add_note(signature.notes, *unread);
    return signature;
  }
  signature.verdict = SignatureVerdict::invalid;
  const ASN1_STRING* const type = signed_value(signer, NID_pkcs9_contentType, V_ASN1_OBJECT);
  const bool is_of_type = type == nullptr || OBJ_cmp(reinterpret_cast<const ASN1_OBJECT*>(type),
                                                     CMS_get0_eContentType(&open.cms)) == 0;
  if (!is_of_type || !is_arithmetic_right(signer, open.content)) {
    add_note(signature.notes, "it is not a signature of this content: one of the two was altered");
    return signature;
  }
  if (CMS_signed_get_attr_count(&signer) < 0 && may_be_attributes(open.bytes)) {
    add_note(signature.notes,
             "it may be one of something else: its content is the attributes of a signature");
    return signature;
  }
  if (!names_certificate(signer, *certificate)) {
    add_note(signature.notes, "it names another certificate than the one that came with it");
    return signature;
  }
  read_time_stamps(signer, basis, signature);
  judge_certificate(*certificate, open.certificates, basis, signature);
  return signature;
}

/// Reads all of the content, so that its digests are known.
void hash_content(BIO* content) {
  std::array<char, 16384> block{};
  while (BIO_read(content, block.data(), static_cast<int>(block.size())) > 0) {
  }
}

CmsReading of_one(SignatureVerdict verdict, std::string_view why) {
  CmsReading reading;
  Signature signature;
  signature.verdict = verdict;
  add_note(signature.notes, why);
  reading.signatures.push_back(std::move(signature));
  return reading;
}

std::optional<std::string> embedded_content(CMS_ContentInfo& cms) {
  ASN1_OCTET_STRING** const content = CMS_get0_content(&cms);
  if (content == nullptr || *content == nullptr) return std::nullopt;
  return std::string(bytes_of(**content));
}

void judge_signers(CMS_ContentInfo& cms, const std::optional<std::string_view>& content, const Basis& basis,
                   CmsReading& reading) {
  STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(&cms);
  const int count = sk_CMS_SignerInfo_num(signers);
  const Certificates certificates(CMS_get1_certs(&cms));
  CMS_set1_signers_certs(&cms, certificates.get(), 0);
  const bool is_detached = !reading.content;
  BIO* const detached =
      is_detached && content ? BIO_new_mem_buf(content->data(), static_cast<int>(content->size())) : nullptr;
  const bool has_content = !is_detached || content;
  const std::string_view bytes = is_detached ? content.value_or("") : std::string_view(*reading.content);
  const Bio hashed(has_content ? CMS_dataInit(&cms, detached) : nullptr);
  if (hashed) hash_content(hashed.get());
  for (int i = 0; i < count && reading.signatures.size() < most_signatures; ++i) {
    Signature signature = judge_signer(*sk_CMS_SignerInfo_value(signers, i),
                                       {cms, hashed.get(), bytes, certificates.get()}, basis);
    if (!has_content) {
      add_note(signature.notes, note_on_unnamed_file);
    } else if (!hashed) {
      add_note(signature.notes, "it uses an algorithm that is not known");
    }
    X509* certificate = nullptr;
    CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(signers, i), nullptr, &certificate, nullptr, nullptr);
    reading.addresses.push_back(certificate == nullptr ? std::vector<std::string>()
                                                       : addresses_of(*certificate));
    reading.signatures.push_back(std::move(signature));
  }
  if (!hashed && detached != nullptr) BIO_free(detached);
}

}  // namespace

CmsReading verify_cms(std::string_view der, std::optional<std::string_view> content, const Basis& basis) {
  const unsigned char* at = begin_of(der);
  const Cms cms(d2i_CMS_ContentInfo(nullptr, &at, static_cast<long>(der.size())));
  if (!cms) {
    ERR_clear_error();
    return of_one(SignatureVerdict::invalid, "it cannot be decoded as a signature");
  }
  const std::string_view rest = der.substr(static_cast<std::size_t>(at - begin_of(der)));
  if (!rest.empty()) return of_one(SignatureVerdict::invalid, "other bytes follow the signature");
  CmsReading reading;
  reading.is_readable = true;
  const int type = OBJ_obj2nid(CMS_get0_type(cms.get()));
  if (type != NID_pkcs7_signed) {
    reading = of_one(SignatureVerdict::unchecked,
                     type == NID_pkcs7_enveloped || type == NID_id_smime_ct_authEnvelopedData
                         ? "it is encrypted"
                         : "it is a kind of message that is not read");
    reading.is_readable = true;
    return reading;
  }
  reading.content = embedded_content(*cms);
  judge_signers(*cms, content, basis, reading);
  if (reading.content && content && *reading.content != *content) {
    for (Signature& signature : reading.signatures) {
      signature.verdict = std::max(signature.verdict, SignatureVerdict::invalid);
      add_note(signature.notes, "it has content of its own, which differs from the file that it is of");
    }
  }
  if (reading.signatures.empty()) {
    reading.signatures = of_one(SignatureVerdict::unchecked, "nobody signed it").signatures;
  }
  ERR_clear_error();
  return reading;
}

namespace {

/// The broken digest that a time stamp, or its signature, rests on.
std::optional<std::string> find_broken_digest(PKCS7& message, TS_TST_INFO& info) {
  std::vector<int> digests = {nid_of(*TS_MSG_IMPRINT_get_algo(TS_TST_INFO_get_msg_imprint(&info)))};
  STACK_OF(PKCS7_SIGNER_INFO)* const signers = PKCS7_get_signer_info(&message);
  for (int i = 0; i < sk_PKCS7_SIGNER_INFO_num(signers); ++i) {
    X509_ALGOR* digest = nullptr;
    PKCS7_SIGNER_INFO_get0_algs(sk_PKCS7_SIGNER_INFO_value(signers, i), nullptr, &digest, nullptr);
    digests.push_back(nid_of(*digest));
  }
  const auto broken = std::find_if(digests.begin(), digests.end(), is_broken_digest);
  return broken == digests.end() ? std::nullopt : std::optional<std::string>(OBJ_nid2sn(*broken));
}

/// Where the certificate of whoever made a time stamp leads.
std::optional<std::string> anchor_of(PKCS7& message, X509_STORE& store) {
  STACK_OF(X509)* const signers = PKCS7_get0_signers(&message, nullptr, 0);
  X509* const signer = sk_X509_value(signers, 0);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-union-access): so OpenSSL has it
  auto anchor = signer == nullptr ? std::nullopt : follow_chain(*signer, message.d.sign->cert, store).anchor;
  sk_X509_free(signers);
  return anchor;
}

}  // namespace

std::optional<TimeStamp> verify_time_stamp(std::string_view token, std::string_view stamped,
                                           const Basis& basis, std::vector<std::string>& notes) {
  const unsigned char* at = begin_of(token);
  const std::unique_ptr<PKCS7, Free<PKCS7_free>> message(
      d2i_PKCS7(nullptr, &at, static_cast<long>(token.size())));
  const std::unique_ptr<TS_TST_INFO, Free<TS_TST_INFO_free>> info(
      message && PKCS7_type_is_signed(message.get()) ? PKCS7_to_TS_TST_INFO(message.get()) : nullptr);
  const auto time = info ? instant_of(TS_TST_INFO_get_time(info.get())) : std::nullopt;
  if (!time || at != begin_of(token) + token.size()) {
    ERR_clear_error();
    add_note(notes, "a time stamp cannot be decoded, and does not count");
    return std::nullopt;
  }
  if (const auto broken = find_broken_digest(*message, *info)) {
    add_note(notes, "a time stamp of " + time->date().str() + " uses " + *broken +
                        ", which is no longer sound, and does not count");
    return std::nullopt;
  }
  const std::unique_ptr<TS_VERIFY_CTX, Free<TS_VERIFY_CTX_free>> context(TS_VERIFY_CTX_new());
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_DATA);
  TS_VERIFY_CTX_set_store(context.get(), basis.trust.store_at(*time).release());
  TS_VERIFY_CTX_set_data(context.get(), bio_of(stamped).release());
  const bool is_verified = TS_RESP_verify_token(context.get(), message.get()) == 1;
  if (!is_verified) {
    ERR_clear_error();
    add_note(notes, "a time stamp of " + time->date().str() +
                        " is not of this signature, or not by a trusted authority, and does not count");
    return std::nullopt;
  }
  auto anchor = anchor_of(*message, *basis.trust.store_at(*time));
  ERR_clear_error();
  return TimeStamp{*time, std::move(anchor)};
}

void add_time_stamp(Signature& signature, const std::optional<TimeStamp>& stamp) {
  if (!stamp || (signature.timestamp && *signature.timestamp <= stamp->time)) return;
  signature.timestamp = stamp->time;
  signature.timestamp_anchor = stamp->anchor;
}

}  // namespace covenant
