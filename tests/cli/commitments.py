"""Signed documents, and e-mails with them, for the tests of `approve --commitment`."""

import shutil
import struct
import tempfile
import zlib
from email import policy
from email.message import EmailMessage

from authority import Authority
from signed_pdf import document, numbered, sign, stream
from support import CovenantTest

RECEIVED = "from mail.example.org by office.example.org; Wed, 5 Jun 2024 10:11:12 +0200"


def mail(*attachments, sender="desk@example.org", received=RECEIVED, subject="Commitment", **headers):
    """An e-mail as it arrives; an attachment is a name and its bytes."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f"Contact Desk <{sender}>"
    message["To"] = "office@example.org"
    message["Subject"] = subject
    message["Date"] = "Mon, 03 Jun 2024 09:00:00 +0200"
    message["Message-ID"] = "<answer@example.org>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Please find our commitment attached.\n")
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return (f"Received: {received}\r\n".encode() if received else b"") + message.as_bytes()


def bomb(mebibytes):
    """A PDF document that takes so much to read; its catalogue is in a stream of nothing."""
    packer = zlib.compressobj(9)
    nothing = b"".join(packer.compress(bytes(1 << 20)) for _ in range(mebibytes)) + packer.flush()
    pdf = b"%PDF-1.7\n" + numbered(1, stream(nothing, b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode"))
    places = b"".join(struct.pack(">BIB", *place) for place in ((0, 0, 255), (1, 9, 0), (2, 1, 0), (1, len(pdf), 0)))
    table = numbered(3, stream(places, b"/Type /XRef /Size 4 /W [1 4 1] /Root 2 0 R"))
    return pdf + table + b"startxref\n%d\n%%%%EOF\n" % len(pdf)


class SignedDocuments(CovenantTest):
    """An authority of the class's own, which the settings trust, and an eligible partner; both made once a class."""

    with_registry = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.authority.folder)
        cls.desk = cls.authority.person("Ada Unmistakable")
        cls.valid = sign(document(), lambda content: cls.authority.sign(content, cls.desk))
        cls.altered = cls.valid.replace(b"We join as", b"We joyn as")
        cls.made = None

    def setUp(self):
        super().setUp()
        self.trust(self.authority.trust)
        self.file("valid.pdf", self.valid)
        self.file("altered.pdf", self.altered)
        self.file("plain.pdf", document())
        self.partner = "AP-0001"
        if self.made:
            self.registry.write_bytes(self.made)
            self.registry.chmod(0o600)
            return
        self.done("init")
        self.assertEqual(self.eligible("Example Association"), self.partner)
        self.done("backup", "made.db")
        type(self).made = (self.folder / "made.db").read_bytes()
        (self.folder / "made.db").unlink()

    def trust(self, path, more=""):
        trust = f'[signatures]\ntrust = "{path}"\n' if path else ""
        self.env["COVENANT_CONFIG"] = self.file("config.toml", more + trust)

    def eligible(self, name, **fields):
        partner = self.apply(name, applied_on="2024-01-02", **fields)
        self.done("verify", partner)
        return partner

    def approve(self, *args, partner=None):
        return self.done("approve", partner or self.partner, "--commitment", *args)

    def refused(self, code, *args):
        with self.writes_nothing():
            return self.fails(code, "approve", self.partner, "--commitment", *args)

    def documents(self):
        return self.done("evidence", self.partner, "--list", "--format", "json").json()

    def commitment(self, partner=None):
        return self.show(partner or self.partner)["commitments"][-1]
