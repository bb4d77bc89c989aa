#include <fmt/format.h>
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/uri.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// Its other headers need this one before them.
#include <xmlsec/xmlsec.h>

#include <xmlsec/errors.h>
#include <xmlsec/io.h>
#include <xmlsec/openssl/app.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <set>

#include "core/base/bytes.hpp"
#include "core/documents/media_type.hpp"
#include "core/documents/reader/archive.hpp"
#include "core/documents/reader/readers.hpp"
#include "core/documents/reader/unreadable.hpp"
#include "core/text/ascii.hpp"

// How it works, and why: xmlsec does the arithmetic of an XML signature, and may do no more than that. Before
// it sees one, this file has looked at every reference: to a file of the container, without transforms, or to
// an element of the signature itself, whose identifier comes once. xmlsec reads the files through this
// container alone. It gets the key of the certificate that the signed properties name; whether that
// certificate is to be trusted is judged where those of all signatures are.

namespace covenant {

namespace {

constexpr std::string_view in_dsig = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view in_xades = "http://uri.etsi.org/01903/v1.3.2#";
constexpr std::string_view properties_type = "http://uri.etsi.org/01903#SignedProperties";
constexpr std::uint64_t largest_xml = 10ULL * 1024 * 1024;
constexpr std::size_t most_references = 200;

const xmlChar* xml(std::string_view text) {
  return reinterpret_cast<const xmlChar*>(text.data());
}

std::string text_of(xmlChar* text) {
  if (text == nullptr) return {};
  std::string copy = reinterpret_cast<const char*>(text);
  xmlFree(text);
  return copy;
}

/// An address without its %XX. Source: RFC 3986 section 2.1.
std::string unescaped(const char* address) {
  return text_of(reinterpret_cast<xmlChar*>(xmlURIUnescapeString(address, 0, nullptr)));
}

std::string content_of(xmlNode* node) {
  std::string text = node == nullptr ? std::string() : text_of(xmlNodeGetContent(node));
  std::erase_if(text, [](char c) { return is_white_space(c); });
  return text;
}

std::optional<std::string> attribute(xmlNode* node, const char* name) {
  if (node == nullptr || xmlHasNsProp(node, xml(name), nullptr) == nullptr) return std::nullopt;
  return text_of(xmlGetNoNsProp(node, xml(name)));
}

xmlNode* child(xmlNode* node, std::string_view name, std::string_view in) {
  return node == nullptr ? nullptr : xmlSecFindChild(node, xml(name), xml(in));
}

bool is_element(xmlNode* node, std::string_view name, std::string_view in) {
  return node != nullptr && xmlSecCheckNodeName(node, xml(name), xml(in)) == 1;
}

std::vector<xmlNode*> children(xmlNode* node, std::string_view name, std::string_view in) {
  std::vector<xmlNode*> found;
  for (xmlNode* next = node == nullptr ? nullptr : node->children; next != nullptr; next = next->next) {
    if (is_element(next, name, in)) found.push_back(next);
  }
  return found;
}

/// The element after `last` in the order of the document, at or below `top`; nothing at the end.
xmlNode* next_element(xmlNode* top, xmlNode* last) {
  xmlNode* node = last;
  do {
    if (node->type == XML_ELEMENT_NODE && node->children != nullptr) {
      node = node->children;
      continue;
    }
    while (node != top && node->next == nullptr) node = node->parent;
    if (node == top) return nullptr;
    node = node->next;
  } while (node->type != XML_ELEMENT_NODE);
  return node;
}

struct FreeXml {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeContext {
  void operator()(xmlSecDSigCtx* context) const { xmlSecDSigCtxDestroy(context); }
};
struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }
};

/// The container that xmlsec may read, while it verifies a signature.
const Archive* served = nullptr;

int serves(const char* name) {
  return served != nullptr && served->find(name) >= 0 ? 1 : 0;
}

void* open_served(const char* name) {
  return serves(name) == 0 ? nullptr : served->open(static_cast<std::size_t>(served->find(name))).release();
}

int read_served(void* file, char* to, int size) {
  return static_cast<Archive::File*>(file)->read(to, size);
}

int close_served(void* file) {
  delete static_cast<Archive::File*>(file);
  return 0;
}

/// What an algorithm's address ends with, if it is read: those that are broken are not.
bool is_known_algorithm(std::string_view address) {
  constexpr std::array<std::string_view, 18> known = {
      "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
      "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
      "http://www.w3.org/2001/10/xml-exc-c14n#",
      "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
      "http://www.w3.org/2006/12/xml-c14n11",
      "http://www.w3.org/2006/12/xml-c14n11#WithComments",
      "http://www.w3.org/2001/04/xmldsig-more#sha224",
      "http://www.w3.org/2001/04/xmlenc#sha256",
      "http://www.w3.org/2001/04/xmldsig-more#sha384",
      "http://www.w3.org/2001/04/xmlenc#sha512",
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha224",
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
      "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
      "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha224",
      "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
      "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
      "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"};
  return std::find(known.begin(), known.end(), address) != known.end();
}

const EVP_MD* digest_of(std::string_view address) {
  if (address == "http://www.w3.org/2000/09/xmldsig#sha1") return EVP_sha1();
  if (address == "http://www.w3.org/2001/04/xmldsig-more#sha224") return EVP_sha224();
  if (address == "http://www.w3.org/2001/04/xmlenc#sha256") return EVP_sha256();
  if (address == "http://www.w3.org/2001/04/xmldsig-more#sha384") return EVP_sha384();
  if (address == "http://www.w3.org/2001/04/xmlenc#sha512") return EVP_sha512();
  return nullptr;
}

std::string digest(X509* certificate, const EVP_MD* method) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (X509_digest(certificate, method, bytes.data(), &size) != 1) return {};
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

int is_below(void* top, xmlNode* node, xmlNode* parent) {
  const bool hangs_on_parent = node->type == XML_NAMESPACE_DECL || node->type == XML_ATTRIBUTE_NODE;
  for (xmlNode* next = hangs_on_parent ? parent : node; next != nullptr; next = next->parent) {
    if (next == top) return 1;
  }
  return 0;
}

/// The canonical form of an element and what is in it; empty when the method is not read.
/// Sources: Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0.
std::string canonical(xmlNode* top, std::string_view method) {
  if (!is_known_algorithm(method) || method.find("c14n") == std::string_view::npos) return {};
  int mode = XML_C14N_1_0;
  if (method.find("exc-c14n") != std::string_view::npos) mode = XML_C14N_EXCLUSIVE_1_0;
  if (method.find("c14n11") != std::string_view::npos) mode = XML_C14N_1_1;
  xmlOutputBuffer* buffer = xmlAllocOutputBuffer(nullptr);
  if (buffer == nullptr) return {};
  const int with_comments = method.ends_with("#WithComments") ? 1 : 0;
  std::string text;
  if (xmlC14NExecute(top->doc, is_below, top, mode, nullptr, with_comments, buffer) >= 0) {
    text.assign(reinterpret_cast<const char*>(xmlOutputBufferGetContent(buffer)),
                xmlOutputBufferGetSize(buffer));
  }
  xmlOutputBufferClose(buffer);
  return text;
}

/// A moment such as 2026-11-23T09:00:00Z, with an offset or fractions of a second or not.
/// Source: XML Schema Part 2, dateTime.
std::optional<Instant> instant_of(std::string_view text) {
  constexpr std::size_t seconds_end = 19;
  constexpr std::size_t offset_size = 6;
  if (text.size() < seconds_end) return std::nullopt;
  std::string_view rest = text.substr(seconds_end);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') rest.remove_prefix(1);
  }
  const auto local = Instant::parse(std::string(text.substr(0, seconds_end)) + ".000Z");
  if (!local) return std::nullopt;
  if (rest.empty() || rest == "Z") return *local;
  if (rest.size() != offset_size || (rest[0] != '+' && rest[0] != '-')) return std::nullopt;
  const auto offset = Instant::parse("2000-01-01T" + std::string(rest.substr(1)) + ":00.000Z");
  const auto midnight = Instant::parse("2000-01-01T00:00:00.000Z");
  if (!offset || !midnight) return std::nullopt;
  const auto shift = *offset - *midnight;
  return Instant::of(rest[0] == '+' ? local->time() - shift : local->time() + shift);
}

/// Thrown where a signature is judged, with the verdict that ends it.
struct Ends {
  SignatureVerdict verdict;
  std::string why;
};

[[noreturn]] void end_invalid(std::string why) {
  throw Ends{SignatureVerdict::invalid, std::move(why)};
}

[[noreturn]] void end_unchecked(std::string why) {
  throw Ends{SignatureVerdict::unchecked, std::move(why)};
}

/// One signature in a file of signatures.
class XmlSignature {
 public:
  XmlSignature(const Archive& archive, xmlNode* node, const std::set<std::string>& ambiguous,
               const Basis& basis)
      : archive_(archive), node_(node), ambiguous_(ambiguous), basis_(basis) {}

  Signature judge(const std::set<std::size_t>& documents) {
    try {
      find_references();
      has_references_ = true;
      read_properties();
      find_certificate();
      verify();
      read_time_stamps();
      judge_certificate(*certificate_, others_.get(), basis_, signature_);
      check_coverage(documents);
    } catch (const Ends& end) {
      signature_.verdict = end.verdict;
      add_note(signature_.notes, end.why);
      if (has_references_) check_coverage(documents);
    }
    return std::move(signature_);
  }

 private:
  xmlNode* signed_info() const { return child(node_, "SignedInfo", in_dsig); }

  static void check_algorithm(xmlNode* method) {
    const std::string address = attribute(method, "Algorithm").value_or("");
    if (is_known_algorithm(address)) return;
    const std::string_view name = std::string_view(address).substr(address.find_last_of("#/") + 1);
    if (lower_case(address).find("sha1") != std::string::npos ||
        lower_case(address).find("md5") != std::string::npos)
      end_unchecked(fmt::format("its algorithm '{}' is no longer secure and is not read", clean_text(name)));
    end_unchecked(fmt::format("its algorithm '{}' is not read", clean_text(address)));
  }

  void find_references() {
    xmlNode* info = signed_info();
    if (info == nullptr) end_invalid("there is no signature in it");
    check_algorithm(child(info, "CanonicalizationMethod", in_dsig));
    check_algorithm(child(info, "SignatureMethod", in_dsig));
    const auto references = children(info, "Reference", in_dsig);
    if (references.size() > most_references)
      end_unchecked(fmt::format("it has more than {} references", most_references));
    for (xmlNode* reference : references) check_reference(reference);
  }

  void check_reference(xmlNode* reference) {
    check_algorithm(child(reference, "DigestMethod", in_dsig));
    const auto transforms = children(child(reference, "Transforms", in_dsig), "Transform", in_dsig);
    for (xmlNode* transform : transforms) check_algorithm(transform);
    const auto address = attribute(reference, "URI");
    if (!address) end_unchecked("one of its references does not say what it is to");
    if (!address->starts_with('#')) return add_document(*address, transforms.empty());
    if (ambiguous_.contains(address->substr(1)))
      end_invalid(
          fmt::format("its reference '{}' is to an identifier that comes twice", clean_text(*address)));
    xmlAttr* id = xmlGetID(node_->doc, xml(address->substr(1)));
    xmlNode* target = id == nullptr ? nullptr : id->parent;
    if (target == nullptr || is_below(node_, target, nullptr) == 0)
      end_invalid(fmt::format("its reference '{}' is to nothing in it", clean_text(*address)));
    if (attribute(reference, "Type") != properties_type) return;
    if (!is_element(target, "SignedProperties", in_xades))
      end_invalid("its signed properties are something else");
    properties_ = target;
  }

  void add_document(const std::string& address, bool is_plain) {
    const std::string name = unescaped(address.c_str());
    int number = archive_.find(name);
    if (number < 0) number = archive_.find(address);
    if (number < 0)
      end_invalid(fmt::format("its reference '{}' is to nothing in the container", clean_text(address)));
    if (!is_plain) end_unchecked(fmt::format("it transforms '{}', which is not read", clean_text(name)));
    covered_.insert(static_cast<std::size_t>(number));
  }

  /// What the signer signed beside the documents. Source: ETSI EN 319 132-1 sections 4.3 and 5.2.
  void read_properties() {
    if (properties_ == nullptr) {
      for (xmlNode* object : children(node_, "Object", in_dsig)) {
        if (child(object, "QualifyingProperties", in_xades) != nullptr)
          end_invalid("it does not cover its own properties");
      }
      end_unchecked("it is no XAdES signature");
    }
    xmlNode* qualifying = properties_->parent;
    const auto id = attribute(node_, "Id");
    if (!is_element(qualifying, "QualifyingProperties", in_xades) ||
        !is_element(qualifying->parent, "Object", in_dsig) || qualifying->parent->parent != node_ || !id ||
        attribute(qualifying, "Target") != "#" + *id)
      end_invalid("its properties are those of another signature");
    xmlNode* of_signature = child(properties_, "SignedSignatureProperties", in_xades);
    signature_.signed_at = instant_of(content_of(child(of_signature, "SigningTime", in_xades)));
    signing_certificate_ = child(of_signature, "SigningCertificateV2", in_xades);
    if (signing_certificate_ == nullptr)
      signing_certificate_ = child(of_signature, "SigningCertificate", in_xades);
  }

  bool is_named(X509* certificate) const {
    const auto named = children(signing_certificate_, "Cert", in_xades);
    return std::any_of(named.begin(), named.end(), [&](xmlNode* one) {
      xmlNode* cert_digest = child(one, "CertDigest", in_xades);
      const EVP_MD* method =
          digest_of(attribute(child(cert_digest, "DigestMethod", in_dsig), "Algorithm").value_or(""));
      const auto value = from_base64(content_of(child(cert_digest, "DigestValue", in_dsig)));
      return method != nullptr && value && !value->empty() && digest(certificate, method) == *value;
    });
  }

  void add_certificate(xmlNode* node) {
    const auto der = from_base64(content_of(node));
    if (!der) return;
    const auto* bytes = reinterpret_cast<const unsigned char*>(der->data());
    Certificate certificate(d2i_X509(nullptr, &bytes, static_cast<long>(der->size())));
    if (certificate != nullptr) certificates_.push_back(std::move(certificate));
  }

  xmlNode* unsigned_properties() const {
    xmlNode* qualifying = properties_->parent;
    return child(child(qualifying, "UnsignedProperties", in_xades), "UnsignedSignatureProperties", in_xades);
  }

  void find_certificate() {
    for (xmlNode* data : children(child(node_, "KeyInfo", in_dsig), "X509Data", in_dsig)) {
      for (xmlNode* certificate : children(data, "X509Certificate", in_dsig)) add_certificate(certificate);
    }
    if (certificates_.empty()) end_unchecked("there is no certificate in it");
    const auto is_signer = [&](const Certificate& certificate) {
      return signing_certificate_ == nullptr || is_named(certificate.get());
    };
    const auto is_person = [&](const Certificate& certificate) {
      return is_signer(certificate) && X509_check_ca(certificate.get()) == 0;
    };
    auto found = std::find_if(certificates_.begin(), certificates_.end(), is_person);
    if (found == certificates_.end())
      found = std::find_if(certificates_.begin(), certificates_.end(), is_signer);
    if (found == certificates_.end())
      end_invalid("the certificate in it is not the one that it was signed with");
    certificate_ = found->get();
    if (signing_certificate_ == nullptr)
      add_note(signature_.notes, "it does not say with which certificate it was signed");
    describe_signer(*certificate_, signature_);
    for (xmlNode* node : children(child(unsigned_properties(), "CertificateValues", in_xades),
                                  "EncapsulatedX509Certificate", in_xades))
      add_certificate(node);
    others_.reset(sk_X509_new_null());
    for (const Certificate& certificate : certificates_) {
      if (certificate.get() != certificate_) sk_X509_push(others_.get(), certificate.get());
    }
  }

  xmlSecKey* signer_key() const {
    unsigned char* der = nullptr;
    const int size = i2d_X509(certificate_, &der);
    if (size <= 0) return nullptr;
    xmlSecKey* key = xmlSecOpenSSLAppKeyLoadMemory(der, static_cast<xmlSecSize>(size),
                                                   xmlSecKeyDataFormatCertDer, nullptr, nullptr, nullptr);
    OPENSSL_free(der);
    return key;
  }

  void verify() {
    const std::unique_ptr<xmlSecDSigCtx, FreeContext> context(xmlSecDSigCtxCreate(nullptr));
    if (context == nullptr) throw std::bad_alloc();
    context->signKey = signer_key();
    if (context->signKey == nullptr)
      end_unchecked("the key of its certificate is of a kind that is not read");
    context->flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS;
    served = &archive_;
    const int verified = xmlSecDSigCtxVerify(context.get(), node_);
    served = nullptr;
    if (verified == 0 && context->status == xmlSecDSigStatusSucceeded) return;
    xmlSecPtrList* references = &context->signedInfoReferences;
    for (xmlSecSize i = 0; i < xmlSecPtrListGetSize(references); ++i) {
      const auto* reference = static_cast<xmlSecDSigReferenceCtx*>(xmlSecPtrListGetItem(references, i));
      if (reference->status == xmlSecDSigStatusSucceeded || reference->uri == nullptr) continue;
      const std::string name = unescaped(reinterpret_cast<const char*>(reference->uri));
      end_invalid(name.starts_with('#') ? "it was altered"
                                        : fmt::format("'{}' was altered", clean_text(name)));
    }
    end_invalid("it was altered, or made with another certificate");
  }

  /// Source: ETSI EN 319 132-1 section 5.3, SignatureTimeStamp.
  void read_time_stamps() {
    xmlNode* value = child(node_, "SignatureValue", in_dsig);
    for (xmlNode* stamp : children(unsigned_properties(), "SignatureTimeStamp", in_xades)) {
      const std::string method = attribute(child(stamp, "CanonicalizationMethod", in_dsig), "Algorithm")
                                     .value_or("http://www.w3.org/TR/2001/REC-xml-c14n-20010315");
      const auto token = from_base64(content_of(child(stamp, "EncapsulatedTimeStamp", in_xades)));
      const std::string stamped = canonical(value, method);
      if (!token || stamped.empty()) {
        add_note(signature_.notes, "it has a time stamp of a kind that is not read");
        continue;
      }
      add_time_stamp(signature_, verify_time_stamp(*token, stamped, basis_, signature_.notes));
    }
  }

  void check_coverage(const std::set<std::size_t>& documents) {
    for (const std::size_t number : documents) {
      if (covered_.contains(number)) continue;
      signature_.covers = Coverage::part;
      if (signature_.verdict != SignatureVerdict::unchecked) signature_.verdict = SignatureVerdict::invalid;
      add_note(signature_.notes,
               fmt::format("it does not cover '{}'", clean_text(archive_.entries().at(number).name)));
    }
  }

  const Archive& archive_;
  xmlNode* node_;
  const std::set<std::string>& ambiguous_;  ///< the identifiers that come twice
  const Basis& basis_;
  xmlNode* properties_ = nullptr;
  xmlNode* signing_certificate_ = nullptr;
  std::vector<Certificate> certificates_;
  X509* certificate_ = nullptr;
  std::unique_ptr<STACK_OF(X509), FreeStack> others_;
  std::set<std::size_t> covered_;
  bool has_references_ = false;  ///< whether they were all read
  Signature signature_;
};

class AsicReader {
 public:
  AsicReader(std::string_view bytes, const Basis& basis) : archive_(bytes), basis_(basis) {}

  Reading read() {
    reading_.kind = DocumentKind::asic;
    sort_files();
    if (documents_.empty()) add_note(reading_.notes, "there is no document in it");
    for (const std::size_t number : signatures_) read_signatures(number);
    if (reading_.signatures.empty()) add_note(reading_.notes, "it is not signed");
    find_document();
    return std::move(reading_);
  }

 private:
  void sort_files() {
    const auto& entries = archive_.entries();
    if (entries.empty() || entries.front().name != "mimetype")
      add_note(reading_.notes, "it does not begin with its type, as a container does");
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const std::string name = lower_case(entries[i].name);
      const bool is_meta = name.starts_with("meta-inf/");
      const bool is_xml = name.ends_with(".xml");
      if (name == "mimetype" && is_type(i)) continue;
      if (is_meta && is_xml && name.find("signatures") != std::string::npos) {
        signatures_.push_back(i);
      } else if (is_meta && (name.ends_with(".p7s") || name.ends_with(".tst"))) {
        add_unread(entries[i].name, name.ends_with(".p7s")
                                        ? "is a CAdES signature, which is not read in a container"
                                        : "is a time stamp, which is not read in a container");
      } else if (is_meta && name.find("evidencerecord") != std::string::npos) {
        add_note(reading_.notes,
                 fmt::format("'{}' is an evidence record, which is not read", clean_text(entries[i].name)));
      } else if (!(is_meta && is_xml &&
                   (name.find("manifest") != std::string::npos || name == "meta-inf/container.xml" ||
                    name == "meta-inf/metadata.xml" || name.starts_with("meta-inf/asic")))) {
        documents_.insert(i);
      }
    }
  }

  /// Whether a file is the type of the container, which no signature covers. Source: ETSI EN 319 162-1
  /// section 4.3.3.1.
  bool is_type(std::size_t number) const {
    constexpr std::size_t longest = 100;
    return archive_.entries()[number].size <= longest &&
           archive_.read(number).starts_with("application/vnd.etsi.asic-");
  }

  void add_unread(const std::string& name, std::string_view what,
                  SignatureVerdict verdict = SignatureVerdict::unchecked) {
    Signature signature;
    signature.verdict = verdict;
    signature.covers = verdict == SignatureVerdict::invalid ? Coverage::part : Coverage::whole;
    add_note(signature.notes, fmt::format("'{}' {}", clean_text(name), what));
    reading_.signatures.push_back(std::move(signature));
  }

  /// Source: ETSI EN 319 162-1 section 4.4.3.2 (META-INF/*signatures*.xml).
  void read_signatures(std::size_t number) {
    const Archive::Entry& entry = archive_.entries().at(number);
    if (entry.size > largest_xml) throw Unreadable("has signatures in it that are larger than 10 MiB");
    const std::string text = archive_.read(number);
    const std::unique_ptr<xmlDoc, FreeXml> document(
        xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
    if (document == nullptr)
      return add_unread(entry.name, "is no XML that can be read", SignatureVerdict::invalid);
    if (document->intSubset != nullptr || document->extSubset != nullptr)
      return add_unread(entry.name, "has a document type, which a signature has not",
                        SignatureVerdict::invalid);
    xmlNode* root = xmlDocGetRootElement(document.get());
    const std::set<std::string> ambiguous = find_ambiguous(root);
    std::array<const xmlChar*, 2> identifiers = {xml("Id"), nullptr};
    xmlSecAddIDs(document.get(), root, identifiers.data());
    const auto nodes = is_element(root, "Signature", in_dsig) ? std::vector<xmlNode*>{root}
                                                              : children(root, "Signature", in_dsig);
    if (nodes.empty()) add_unread(entry.name, "has no signature that is read");
    for (xmlNode* node : nodes) {
      if (reading_.signatures.size() == most_signatures)
        throw Unreadable(fmt::format("has more than {} signatures", most_signatures));
      reading_.signatures.push_back(XmlSignature(archive_, node, ambiguous, basis_).judge(documents_));
    }
  }

  /// The identifiers by which two elements can be taken for one another.
  static std::set<std::string> find_ambiguous(xmlNode* root) {
    std::set<std::string> seen;
    std::set<std::string> ambiguous;
    for (xmlNode* node = root; node != nullptr; node = next_element(root, node)) {
      for (xmlAttr* next = node->properties; next != nullptr; next = next->next) {
        const std::string name = lower_case(reinterpret_cast<const char*>(next->name));
        if (name != "id") continue;
        const std::string id = text_of(xmlNodeListGetString(node->doc, next->children, 1));
        if (!seen.insert(id).second) ambiguous.insert(id);
      }
    }
    return ambiguous;
  }

  /// The only file that it is about, or the only PDF document of several.
  void find_document() {
    std::vector<Attachment> all;
    for (const std::size_t number : documents_) {
      const Archive::Entry& entry = archive_.entries().at(number);
      const std::string content = archive_.read(number);
      all.push_back({clean_text(entry.name), media_type(entry.name, content), content.size(),
                     to_hex(bytes_of(sha256({content})))});
    }
    if (all.size() > 1) {
      add_note(reading_.notes, fmt::format("there are {} documents in it", all.size()));
      std::erase_if(all, [](const Attachment& file) { return file.type != "application/pdf"; });
    }
    if (all.size() == 1) reading_.document = all.front();
  }

  Archive archive_;
  const Basis& basis_;
  std::set<std::size_t> documents_;
  std::vector<std::size_t> signatures_;
  Reading reading_;
};

void ignore_error(const char* /*file*/, int /*line*/, const char* /*function*/, const char* /*object*/,
                  const char* /*subject*/, int /*reason*/, const char* /*message*/) {}

void ignore_xml_error(void* /*context*/, xmlError* /*error*/) {}

}  // namespace

void start_asic() {
  static const bool has_started = [] {
    xmlInitParser();
    xmlSetStructuredErrorFunc(nullptr, ignore_xml_error);
    if (xmlSecInit() != 0 || xmlSecOpenSSLAppInit(nullptr) != 0 || xmlSecOpenSSLInit() != 0)
      throw std::runtime_error("xmlsec cannot be used");
    xmlSecErrorsSetCallback(ignore_error);
    xmlSecIOCleanupCallbacks();
    return xmlSecIORegisterCallbacks(serves, open_served, read_served, close_served) == 0;
  }();
  static_cast<void>(has_started);
}

Reading read_asic(std::string_view bytes, const Basis& basis) {
  start_asic();
  return AsicReader(bytes, basis).read();
}

}  // namespace covenant
