"""Certificates of every kind, good and bad, and what they sign in CMS."""

import shutil
import subprocess
import tempfile

from authority import DAYS, Authority, run
from support import CovenantTest

SUBJECT = "/C=LV/O=Example Association/CN=Contact Desk"
STATEMENT = b"We commit.\r\n"


class Signers(Authority):
    """An authority in a folder, a strange one, and signers by the names of their files."""

    def __init__(self):
        super().__init__(tempfile.mkdtemp(), "Authority root")
        (self.folder / "statement.txt").write_bytes(STATEMENT)
        stranger = self.issue("stranger", "authority", "/CN=Authority stranger", DAYS, None)
        since = ("20240101000000Z", "20390101000000Z")
        self.signers = {
            "good": self.issue("good", "signer", SUBJECT, since, self.root),
            "expired": self.issue("expired", "signer", SUBJECT, ("20200101000000Z", "20210101000000Z"), self.root),
            "server": self.issue("server", "server", SUBJECT, since, self.root),
            "foreign": self.issue("foreign", "signer", SUBJECT, since, stranger),
        }

    def issue_signer(self, name, subject):
        self.signers[name] = self.issue(name, "signer", subject, DAYS, self.root)

    def openssl(self, *args):
        return run("openssl", *args, cwd=self.folder)

    def signed_by(self, name, *args, to="DER", content=STATEMENT):
        """A signature of the content; attached with -nodetach."""
        return self.cms(content, self.signers[name], "-outform", to, *args)

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
        cls.authority = Signers()
        cls.addClassCleanup(shutil.rmtree, cls.authority.folder)

    def setUp(self):
        super().setUp()
        self.trusting("root")

    def trusting(self, *roots):
        self.trust = self.file("trust.pem", b"".join((self.authority.folder / f"{root}.pem").read_bytes() for root in roots))
        self.env["COVENANT_CONFIG"] = self.file("config.toml", '[signatures]\ntrust = "trust.pem"\n')
