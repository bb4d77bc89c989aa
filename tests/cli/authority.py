"""A throw-away authority, made with openssl at test time: certificates, CMS signatures and time stamps.

What it issues is at example.org, and its keys live as long as its folder.
"""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}

EXTENSIONS = """
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[person]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
subjectAltName = email:desk@example.org
authorityKeyIdentifier = keyid
[signer]
keyUsage = digitalSignature, nonRepudiation
extendedKeyUsage = emailProtection
subjectAltName = email:Desk@Example.org
[server]
keyUsage = digitalSignature
extendedKeyUsage = serverAuth
[stamps]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
authorityKeyIdentifier = keyid
[ca]
new_certs_dir = {folder}
database = {folder}/index
rand_serial = yes
unique_subject = no
default_md = sha256
policy = any
utf8 = yes
[any]
countryName = optional
organizationName = optional
commonName = supplied
[clock]
serial = {folder}/stamps
default_policy = 1.3.6.1.4.1.4146.2.3
digests = sha256, sha1
signer_digest = sha256
"""

DAYS = ("20100101000000Z", "20400101000000Z")


def run(*args, stdin=b"", cwd=None):
    """Runs a program and returns what it writes."""
    ran = subprocess.run([os.fspath(arg) for arg in args], input=stdin, capture_output=True, env=ENVIRONMENT, cwd=cwd,
                         timeout=60, check=False)
    if ran.returncode != 0:
        raise RuntimeError(f"{args}: {ran.stderr.decode(errors='replace')}")
    return ran.stdout


def tlv(tag, content):
    """A value in DER. Source: X.690 section 8.1."""
    size = len(content)
    if size < 128:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 128 + len(length)]) + length + content


def children(der):
    """The tag of a value in DER, and the values in it, whole."""
    def header(at):
        size, start = der[at + 1], at + 2
        if size >= 128:
            count = size - 128
            size, start = int.from_bytes(der[start:start + count], "big"), start + count
        return start, start + size

    at, end = header(0)
    values = []
    while at < end:
        _, after = header(at)
        values.append(der[at:after])
        at = after
    return der[0], values


def with_last(der, depth, more):
    """The same value, with one more value at the end of its last value's last value, and so on."""
    tag, values = children(der)
    if depth == 0:
        return tlv(tag, b"".join(values) + more)
    return tlv(tag, b"".join(values[:-1]) + with_last(values[-1], depth - 1, more))


@dataclass(frozen=True)
class Signer:
    key: Path
    certificate: Path
    chain: Path  # the certificates of the authorities above it, the root aside

    def certificates(self):
        """In DER: of the signer, and of the authorities above it."""
        return [run("openssl", "x509", "-outform", "DER", "-in", path) for path in (self.certificate, self.chain)]


class Authority:
    def __init__(self, folder, name="Example Authority"):
        self.folder = Path(folder)
        self.config = self.folder / "authority.cnf"
        self.config.write_text(EXTENSIONS.replace("{folder}", str(self.folder)), encoding="ascii")
        (self.folder / "index").touch()
        (self.folder / "stamps").write_text("01\n", encoding="ascii")
        self.root = self.issue("root", "authority", f"/CN={name}", DAYS, None)
        self.issuing = self.issue("issuing", "authority", f"/CN={name} for Persons", DAYS, self.root)
        self.clock = self.issue("clock", "stamps", f"/CN={name} Clock", DAYS, self.issuing)
        self.trust = self.root.certificate

    def issue(self, name, kind, subject, days, issuer):
        key, request, certificate = (self.folder / f"{name}.{end}" for end in ("key", "csr", "pem"))
        run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-utf8",
            "-subj", subject, "-keyout", key, "-out", request, "-config", "/dev/null", "-batch")
        by = ["-selfsign", "-keyfile", key] if issuer is None else ["-cert", issuer.certificate, "-keyfile", issuer.key]
        run("openssl", "ca", "-batch", "-notext", "-config", self.config, "-name", "ca", "-extensions", kind,
            "-startdate", days[0], "-enddate", days[1], "-in", request, "-out", certificate, *by)
        return Signer(key, certificate, issuer.certificate if issuer else certificate)

    def person(self, name="Contact Desk", since="20200101000000Z", until="20400101000000Z"):
        """Someone with a certificate; valid for the days given."""
        file = f"{name}{until}".replace(" ", "")
        return self.issue(file, "person", f"/C=BE/O=Example Association/CN={name}", (since, until), self.issuing)

    def cms(self, content, signer, *more):
        """A CMS signature, detached unless with -nodetach."""
        return run("openssl", "cms", "-sign", "-binary", "-md", "sha256", "-signer", signer.certificate, "-inkey", signer.key,
                   *more, stdin=content, cwd=self.folder)

    def sign(self, content, signer, *more):
        """A detached CMS signature in DER, as CAdES has it."""
        return self.cms(content, signer, "-outform", "DER", "-cades", "-nosmimecap", "-certfile", signer.chain, *more)

    def stamp(self, content, moment, digest="sha256"):
        """An RFC 3161 time-stamp token of a moment: '2020-06-01 12:00:00'."""
        data, query = self.folder / "stamped", self.folder / "query"
        data.write_bytes(content)
        run("openssl", "ts", "-query", "-data", data, f"-{digest}", "-cert", "-out", query)
        return run("faketime", "-f", moment, "openssl", "ts", "-reply", "-config", self.config, "-section", "clock",
                   "-queryfile", query, "-signer", self.clock.certificate, "-inkey", self.clock.key,
                   "-chain", self.clock.chain, "-token_out")

    def stamped(self, cms, moment, digest="sha256"):
        """The CMS signature with a time stamp of itself. Source: RFC 3161, appendix A."""
        at = cms
        for _ in range(4):
            at = children(at)[1][-1]
        signer_info = children(at)[1]
        value = children_content(signer_info[-1])
        identifier = bytes.fromhex("060b2a864886f70d010910020e")
        attribute = tlv(0x30, identifier + tlv(0x31, self.stamp(value, moment, digest)))
        return with_last(cms, 4, tlv(0xA1, attribute))


def children_content(der):
    """The content of a primitive value in DER."""
    return der[2:] if der[1] < 128 else der[2 + der[1] - 128:]
