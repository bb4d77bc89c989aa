"""A throw-away authority and what it signs in CMS, by openssl."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from support import CovenantTest

CA = """
[ca]
default_ca = here
[here]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
policy = any
copy_extensions = none
email_in_dn = yes
rand_serial = yes
unique_subject = no
[any]
countryName = optional
organizationName = optional
commonName = supplied
[root]
basicConstraints = critical,CA:TRUE
keyUsage = keyCertSign
[signer]
keyUsage = digitalSignature,nonRepudiation
extendedKeyUsage = emailProtection
subjectAltName = email:Desk@Example.org
[server]
keyUsage = digitalSignature
extendedKeyUsage = serverAuth
"""
SUBJECT = "/C=LV/O=Example Association/CN=Contact Desk"
STATEMENT = b"We commit.\r\n"


class Authority:
    """A throw-away authority in a folder, and what it signs."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp())
        (self.folder / "ca.cnf").write_text(CA)
        (self.folder / "index.txt").write_text("")
        (self.folder / "statement.txt").write_bytes(STATEMENT)
        self.root("root")
        self.root("stranger")
        self.leaf("good")
        self.leaf("expired", days=("20200101000000Z", "20210101000000Z"))
        self.leaf("server", extensions="server")
        self.leaf("foreign", root="stranger")

    def openssl(self, *args):
        return subprocess.run(["openssl", *args], cwd=self.folder, capture_output=True, check=True).stdout

    def key(self, name):
        self.openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", f"{name}.key")

    def certify(self, name, subject, *args):
        self.key(name)
        self.openssl("req", "-new", "-key", f"{name}.key", "-out", f"{name}.csr", "-subj", subject, "-config", "ca.cnf")
        self.openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-in", f"{name}.csr", "-out", f"{name}.pem", *args)

    def root(self, name):
        self.certify(name, f"/CN=Authority {name}", "-selfsign", "-keyfile", f"{name}.key", "-extensions", "root",
                     "-startdate", "20190101000000Z", "-enddate", "20990101000000Z")

    def leaf(self, name, root="root", extensions="signer", days=("20240101000000Z", "20990101000000Z"),
             subject=SUBJECT):
        self.certify(name, subject, "-cert", f"{root}.pem", "-keyfile", f"{root}.key", "-extensions", extensions,
                     "-startdate", days[0], "-enddate", days[1])

    def sign(self, signer, *args, to="DER", content=STATEMENT):
        """A signature by a certificate, of the content; attached with -nodetach."""
        (self.folder / "content").write_bytes(content)
        return self.openssl("cms", "-sign", "-binary", "-in", "content", "-signer", f"{signer}.pem", "-inkey",
                            f"{signer}.key", "-outform", to, "-md", "sha256", *args)

    def second_opinion(self, signature):
        """Whether openssl takes an attached signature, in DER, for valid and trusted."""
        (self.folder / "second.p7m").write_bytes(signature)
        done = subprocess.run(["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "second.p7m", "-CAfile",
                               "root.pem"], cwd=self.folder, capture_output=True, check=False)
        return done.returncode == 0


class SignedTest(CovenantTest):
    """A test without a registry, with an authority of its class's own, whose root the settings trust."""

    with_registry = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority()
        cls.addClassCleanup(shutil.rmtree, cls.authority.folder)

    def setUp(self):
        super().setUp()
        self.trusting("root")

    def trusting(self, *roots):
        self.trust = self.file("trust.pem", b"".join((self.authority.folder / f"{root}.pem").read_bytes() for root in roots))
        self.env["COVENANT_CONFIG"] = self.file("config.toml", '[signatures]\ntrust = "trust.pem"\n')
