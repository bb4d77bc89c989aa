"""inspect: signed containers (ASiC-E with XAdES), genuine and forged. covenant-inspect(1)."""

import hashlib
import subprocess
import tempfile
import warnings
from pathlib import Path

import signed_container
from authority import Authority
from signed_container import DSIG, INCLUSIVE, SIGNATURES, container, reference, template
from support import CovenantTest, main

DOCUMENT = "apņemšanās (1).pdf"
FILES = {DOCUMENT: b"%PDF-1.7\nWe join as Associated Partner.\n"}


class InspectContainer(CovenantTest):
    with_registry = False

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.place = Path(folder.name)
        cls.authority = Authority(folder.name)
        cls.desk = cls.authority.person()
        cls.xml = cls.signed(FILES, cls.desk)
        cls.good = cls.packed(cls.xml)

    @classmethod
    def signed(cls, files, signer, xml=None, **how):
        return signed_container.signed(xml or template(files, signer, **how), files, signer, cls.place)

    @staticmethod
    def packed(xml, files=None, more=()):
        return container([*(FILES if files is None else files).items(), (SIGNATURES, xml), *more])

    def setUp(self):
        super().setUp()
        self.file("covenant.toml", f'[signatures]\ntrust = "{self.authority.trust}"\n')

    def inspect(self, content, *more):
        path = self.file("answer.asice", content)
        return self.done("--config", "covenant.toml", "inspect", path, "--format", "json", *more).json()

    def judged(self, content, verdict, words="", covers=None):
        """Expects that verdict on the container, and a note with these words."""
        reading = self.inspect(content)
        notes = "\n".join([*reading["notes"], *(note for one in reading["signatures"] for note in one["notes"])])
        self.assertEqual((reading["kind"], reading["verdict"]), ("asic", verdict), notes)
        self.assertIn(words, notes)
        if covers:
            self.assertEqual([one["covers"] for one in reading["signatures"]], [covers])
        return reading

    def unreadable(self, content, words):
        self.assertIn(words, self.fails(6, "inspect", self.file("answer.asice", content)))

    def test_a_signature_of_every_file_is_valid_and_names_who_signed_what(self):
        reading = self.judged(self.good, "valid", "revocation was not checked", "whole")
        [signature] = reading["signatures"]
        self.assertEqual((signature["name"], signature["organisation"], signature["country"], signature["email"]),
                         ("Contact Desk", "Example Association", "BE", "desk@example.org"))
        self.assertEqual(signature["signed_at"], "2026-05-06T07:00:00.000Z")
        self.assertEqual(reading["document"], {
            "name": DOCUMENT, "type": "application/pdf",
            "sha256": hashlib.sha256(FILES[DOCUMENT]).hexdigest()})

    def test_a_container_without_a_signature_is_unchecked(self):
        self.judged(container(FILES.items()), "unchecked", "it is not signed")
        self.judged(container([]), "unchecked", "there is no document in it")

    def test_a_signature_of_an_authority_that_is_not_trusted_is_valid_untrusted(self):
        with tempfile.TemporaryDirectory() as folder:
            person = Authority(folder, "Other Authority").person()
            self.judged(self.packed(self.signed(FILES, person)), "valid-untrusted", "", "whole")

    def test_an_expired_certificate_is_invalid_unless_a_time_stamp_is_earlier(self):
        late = self.authority.person("Late Desk", "20190101000000Z", "20200101000000Z")
        xml = self.signed(FILES, late)
        self.judged(self.packed(xml), "invalid", "expired")
        for c14n in (signed_container.EXCLUSIVE, INCLUSIVE):
            stamped = signed_container.stamped(xml, self.authority, "2019-06-01 12:00:00", c14n)
            [signature] = self.judged(self.packed(stamped), "valid")["signatures"]
            self.assertEqual(signature["timestamp"], "2019-06-01T12:00:00.000Z")
            self.assertEqual((len(signature["anchor"]), signature["timestamp_anchor"]), (64, signature["anchor"]))
        other = signed_container.stamped(self.xml, self.authority, "2019-06-01 12:00:00")
        moved = xml.replace("</xades:QualifyingProperties>", other[other.index("<xades:UnsignedProperties>"):
                                                                   other.index("</xades:QualifyingProperties>")]
                            + "</xades:QualifyingProperties>")
        self.judged(self.packed(moved), "invalid", "expired")

    def test_what_was_altered_is_invalid(self):
        self.judged(self.packed(self.xml, {DOCUMENT: FILES[DOCUMENT].replace(b"join", b"quit")}), "invalid",
                    f"'{DOCUMENT}' was altered", "whole")
        for old, new in (("2026-05-06", "2026-05-07"), ("xml-exc-c14n#", "xml-exc-c14n#WithComments"),
                         ("<ds:SignatureValue>", "<ds:SignatureValue>AAAA"), ("ecdsa-sha256", "ecdsa-sha384"),
                         ('URI="ap', 'Id="R0" URI="ap')):
            with self.subTest(old=old):
                self.judged(self.packed(self.xml.replace(old, new, 1)), "invalid")

    def test_a_file_that_no_signature_covers_is_invalid(self):
        self.judged(self.packed(self.xml, more=[("annex.pdf", b"%PDF-1.7\n")]), "invalid",
                    "it does not cover 'annex.pdf'", "part")
        self.judged(self.packed(self.xml, more=[("META-INF/annex.pdf", b"%PDF-1.7\n")]), "invalid", "", "part")
        both = FILES | {"annex.txt": b"More.\n"}
        reading = self.judged(self.packed(self.signed(both, self.desk), both), "valid", "2 documents", "whole")
        self.assertEqual(reading["document"]["name"], DOCUMENT)

    def test_what_is_no_document_needs_no_signature(self):
        of_type = ("mimetype", signed_container.TYPE)
        last = container([*FILES.items(), (SIGNATURES, self.xml), of_type], kind=None)
        self.judged(last, "valid", "it does not begin with its type", "whole")
        self.judged(container([*FILES.items(), (SIGNATURES, self.xml), ("mimetype", "We leave.")], kind=None), "invalid",
                    "it does not cover 'mimetype'", "part")
        for name in ("META-INF/ASiCManifest.xml", "META-INF/manifest.xml", "META-INF/metadata.xml", "META-INF/mySignatureManifest.xml"):
            self.judged(self.packed(self.xml, more=[(name, "<x/>")]), "valid", "", "whole")
        self.judged(self.packed(self.xml, more=[("META-INF/evidencerecord.xml", "<x/>")]), "valid",
                    "'META-INF/evidencerecord.xml' is an evidence record, which is not read", "whole")

    def test_an_identifier_that_comes_twice_counts_where_a_reference_is_to_it(self):
        unsigned = '<xades:UnsignedProperties Id="{0}"/><xades:UnsignedProperties Id="{0}"/></xades:QualifyingProperties>'
        for identifier, verdict, words in (("twice", "valid", ""), ("S0-P", "invalid", "an identifier that comes twice")):
            xml = self.xml.replace("</xades:QualifyingProperties>", unsigned.format(identifier))
            self.judged(self.packed(xml), verdict, words)

    def test_each_signature_is_judged_and_the_worst_counts(self):
        second = self.signed(FILES, self.authority.person("Second Desk"))
        reading = self.judged(self.packed(self.xml, more=[("META-INF/signatures1.xml", second)]), "valid")
        self.assertEqual([one["name"] for one in reading["signatures"]], ["Contact Desk", "Second Desk"])
        broken = second.replace("2026-05-06", "2026-05-07")
        self.judged(self.packed(self.xml, more=[("META-INF/signatures1.xml", broken)]), "invalid")
        self.judged(self.packed(self.xml, more=[("META-INF/signature1.p7s", b"\x30\x00")]), "unchecked", "CAdES")

    def test_a_reference_to_what_is_not_in_the_container_is_invalid(self):
        for name in ("file:///etc/passwd", "/etc/passwd", "http://example.org/a.pdf", "../a.pdf", "missing.pdf", "#S1", "#",
                     "ftp://example.org/a", "mimetype/../x"):
            with self.subTest(name=name):
                forged = self.xml.replace("<ds:Reference URI=", f'<ds:Reference URI="{name}"><ds:DigestMethod Algorithm='
                                          f'"{signed_container.SHA256}"/><ds:DigestValue>AA==</ds:DigestValue>'
                                          "</ds:Reference><ds:Reference URI=", 1)
                self.judged(self.packed(forged), "invalid", "is to nothing in")

    def test_a_signature_that_is_wrapped_is_invalid(self):
        start, end = self.xml.index("<ds:Object>"), self.xml.index("</ds:Object>") + len("</ds:Object>")
        object_ = self.xml[start:end]
        other = object_.replace("2026-05-06", "2025-01-01").replace('"S0-P"', '"S0-Q"')
        for forged in (
                self.xml.replace(object_, object_ + object_),
                self.xml.replace(object_, other.replace("S0-Q", "S0-P") + object_),
                self.xml.replace(object_, other).replace("<ds:Signature Id", f"<asic:Kept>{object_}</asic:Kept><ds:Signature Id"),
                self.xml.replace(object_, other),
                self.xml.replace('Target="#S0"', 'Target="#S1"'),
                self.xml.replace(' Type="http://uri.etsi.org/01903#SignedProperties"', ""),
        ):
            self.judged(self.packed(forged), "invalid")

    def test_a_certificate_that_is_not_the_one_it_was_signed_with_is_invalid(self):
        other = self.authority.person("Other Desk")
        self.judged(self.packed(self.signed(FILES, self.desk, named=b"another")), "invalid",
                    "is not the one that it was signed with")
        swapped = self.xml
        for mine, theirs in zip(self.desk.certificates(), other.certificates()):
            swapped = swapped.replace(signed_container.encoded(mine), signed_container.encoded(theirs))
        self.judged(self.packed(swapped), "invalid")

    def test_what_is_not_read_is_unchecked(self):
        key_info = self.xml[self.xml.index("<ds:KeyInfo>"):self.xml.index("</ds:KeyInfo>")]
        transform = '<ds:Transforms><ds:Transform Algorithm="{}"/></ds:Transforms>'
        for xml, words in (
                (self.xml.replace(key_info, "<ds:KeyInfo>"), "there is no certificate in it"),
                (self.xml.replace("ecdsa-sha256", "ecdsa-sha1"), "no longer secure"),
                (self.xml.replace("ecdsa-sha256", "own-sha256"), "is not read"),
                (template(FILES, self.desk, reference(DOCUMENT, b"", transform.format(
                    "http://www.w3.org/TR/1999/REC-xslt-19991116"))), "is not read"),
                (template(FILES, self.desk, reference(DOCUMENT, b"", transform.format(INCLUSIVE))), "it transforms"),
                (template(FILES, self.desk, '<ds:Reference URI=""><ds:DigestMethod Algorithm="'
                          f'{signed_container.SHA256}"/></ds:Reference>').replace('URI=""', ""), "does not say"),
        ):
            with self.subTest(words=words):
                self.judged(self.packed(xml), "unchecked", words)

    def test_signatures_with_a_document_type_or_entities_are_invalid(self):
        body = self.xml.split("\n", 1)[1]
        for doctype in ("<!DOCTYPE a>", '<!DOCTYPE a [<!ENTITY x "y">]>', '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
                        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
                        '<!DOCTYPE a [<!ATTLIST asic:Kept Key ID #IMPLIED>]>'):
            with self.subTest(doctype=doctype):
                self.judged(self.packed(doctype + body), "invalid", "has a document type")
        self.judged(self.packed(self.xml[:900]), "invalid", "is no XML that can be read")
        self.judged(self.packed("<a>" * 100000), "invalid", "is no XML that can be read")
        self.judged(self.packed(f'<a xmlns="{DSIG}"/>'), "unchecked", "no signature that is read")

    def test_a_container_with_bad_names_or_beyond_the_bounds_cannot_be_read(self):
        for name in ("../out.pdf", "/out.pdf", "a/../../out.pdf", "a\\out.pdf", "a//b.pdf", "a/\x1b[2J.pdf", "./a.pdf"):
            with self.subTest(name=name):
                self.unreadable(self.packed(self.xml, more=[(name, b"x")]), "bad name")
                self.assertFalse((self.folder.parent / "out.pdf").exists())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.unreadable(self.packed(self.xml, more=[(DOCUMENT, b"twin")]), "two files in it of the same name")
        self.unreadable(self.packed(self.xml, more=[(f"{n}.pdf", b"") for n in range(100)]), "more than 100 files")
        self.unreadable(self.packed(self.xml, more=[("bomb.pdf", bytes(101 << 20)), ("bomb2.pdf", bytes(101 << 20))]), "200 MiB")

    def test_a_container_that_is_damaged_cannot_be_read(self):
        for content in (self.good[:-30], self.good[:len(self.good) // 2], self.good[:60]):
            self.unreadable(content, "is no container that can be read")
        other = self.good.replace(b"META-INF/signatures0.xml", b"META-INF/signatures9.xml", 1)
        self.unreadable(other, "its directory contradicts its files")

    def test_a_container_of_which_one_byte_was_altered_is_never_valid(self):
        for at in range(0, len(self.good), 67):
            altered = bytearray(self.good)
            altered[at] ^= 4
            result = self.covenant("--config", "covenant.toml", "inspect", self.file("answer.asice", bytes(altered)),
                                   "--format", "json")
            with self.subTest(at=at):
                self.assertIn(result.code, (0, 6), result.err)
                if result.code == 0 and result.json()["verdict"] == "valid":
                    self.assertEqual(result.json()["document"]["sha256"], hashlib.sha256(FILES[DOCUMENT]).hexdigest())

    def test_another_program_agrees(self):
        for xml, expected in ((self.xml, True), (self.xml.replace("2026-05-06", "2026-05-07"), False)):
            (self.place / "signatures.xml").write_text(xml, encoding="utf-8")
            said = subprocess.run(
                ["xmlsec1", "--verify", "--id-attr:Id", f"{signed_container.XADES}:SignedProperties",
                 "--pubkey-cert-pem", self.desk.certificate, "signatures.xml"], cwd=self.place, capture_output=True, check=False)
            self.assertEqual(said.returncode == 0, expected, said.stderr)


if __name__ == "__main__":
    main()
