"""ASiC-E containers with XAdES signatures, genuine and forged. Sources: ETSI EN 319 162-1, ETSI EN 319 132-1."""

import base64
import hashlib
import io
import urllib.parse
import zipfile

from authority import run

TYPE = "application/vnd.etsi.asic-e+zip"
SIGNATURES = "META-INF/signatures0.xml"
DSIG = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"


def encoded(content):
    return base64.b64encode(content).decode()


def reference(name, content, transforms=""):
    return (f'<ds:Reference URI="{urllib.parse.quote(name)}">{transforms}<ds:DigestMethod Algorithm="{SHA256}"/>'
            f"<ds:DigestValue>{encoded(hashlib.sha256(content).digest())}</ds:DigestValue></ds:Reference>")


def template(files, signer, more_references="", c14n=EXCLUSIVE, named=None):
    """The signatures of these files, still without their values; `named` is the certificate that they name."""
    certificates = signer.certificates()
    references = "".join(reference(name, content) for name, content in files.items())
    digest = encoded(hashlib.sha256(named or certificates[0]).digest())
    held = "".join(f"<ds:X509Certificate>{encoded(der)}</ds:X509Certificate>" for der in certificates)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="{DSIG}" xmlns:xades="{XADES}">'
        f'<ds:Signature Id="S0"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{c14n}"/>'
        '<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/>'
        f'{references}{more_references}<ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#S0-P">'
        f'<ds:Transforms><ds:Transform Algorithm="{c14n}"/></ds:Transforms><ds:DigestMethod Algorithm="{SHA256}"/>'
        "<ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue>"
        f"<ds:KeyInfo><ds:X509Data>{held}</ds:X509Data></ds:KeyInfo>"
        '<ds:Object><xades:QualifyingProperties Target="#S0"><xades:SignedProperties Id="S0-P">'
        "<xades:SignedSignatureProperties><xades:SigningTime>2026-05-06T09:00:00+02:00</xades:SigningTime>"
        f'<xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod Algorithm="{SHA256}"/>'
        f"<ds:DigestValue>{digest}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2>"
        "</xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object>"
        "</ds:Signature></asic:XAdESSignatures>\n")


def signed(xml, files, signer, folder):
    """The same with its values, by xmlsec1."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / "template.xml").write_text(xml, encoding="utf-8")
    return run("xmlsec1", "--sign", "--privkey-pem", signer.key, "--id-attr:Id", f"{XADES}:SignedProperties",
               "template.xml", cwd=folder).decode()


def stamped(xml, authority, moment, c14n=EXCLUSIVE):
    """The signatures with a time stamp of their value."""
    start = xml.index("<ds:SignatureValue>") + len("<ds:SignatureValue>")
    value = xml[start:xml.index("</ds:SignatureValue>")]
    spaces = f' xmlns:ds="{DSIG}"'
    if c14n == INCLUSIVE:
        spaces = f' xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="{DSIG}" xmlns:xades="{XADES}"'
    token = authority.stamp(f"<ds:SignatureValue{spaces}>{value}</ds:SignatureValue>".encode(), moment)
    properties = (
        "<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp>"
        f'<ds:CanonicalizationMethod Algorithm="{c14n}"/><xades:EncapsulatedTimeStamp>{encoded(token)}'
        "</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp></xades:UnsignedSignatureProperties>"
        "</xades:UnsignedProperties></xades:QualifyingProperties>")
    return xml.replace("</xades:QualifyingProperties>", properties)


def container(entries, kind=TYPE):
    """A container of these names and contents, in that order, after its type."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind is not None:
            archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()
