"""inspect: what a document is, who signed it and whether that is valid; signatures in CMS. covenant-inspect(1)."""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess

from authority import Signer, children, tlv
from smime import STATEMENT, SignedTest
from support import BINARY, day, main, reader_of


class Inspect(SignedTest):
    def inspect(self, name, content, *args):
        return self.done("inspect", self.file(name, content), "--format", "json", *args).json()

    def verdict(self, name, content, *args):
        reading = self.inspect(name, content, *args)
        self.assertEqual(reading["verdict"], reading["signatures"][0]["verdict"])
        return reading["verdict"], "; ".join(reading["signatures"][0]["notes"])

    def fingerprint(self, name):
        return hashlib.sha256(self.authority.openssl("x509", "-in", f"{name}.pem", "-outform", "DER")).hexdigest()

    def test_a_signature_names_its_signer_and_what_it_signs(self):
        content = self.authority.signed_by("good", "-nodetach")
        reading = self.inspect("commitment.p7m", content)
        signature = reading["signatures"][0]
        self.assertEqual((reading["kind"], reading["type"], reading["size"], reading["verdict"], reading["email"]),
                         ("cms", "application/pkcs7-mime", len(content), "valid", None))
        self.assertEqual(
            [signature[key] for key in ("name", "email", "organisation", "country", "issuer", "not_before", "covers")],
            ["Contact Desk", "desk@example.org", "Example Association", "LV", "CN=Authority root",
             "2024-01-01T00:00:00.000Z", "whole"])
        self.assertIsNone(signature["timestamp"])
        self.assertEqual([signature[key] for key in ("certificate", "anchor", "timestamp_anchor")],
                         [self.fingerprint("good"), self.fingerprint("root"), None])
        self.assertRegex(signature["signed_at"], r"^20\d\d-")
        self.assertEqual((reading["document"]["type"], reading["document"]["sha256"]),
                         ("text/plain", hashlib.sha256(STATEMENT).hexdigest()))
        self.assertIn("revocation was not checked", signature["notes"])
        self.assertEqual(list(reading), ["kind", "type", "size", "sha256", "verdict", "signatures", "email", "document", "notes"])
        self.assertEqual(list(signature), ["verdict", "name", "email", "organisation", "country", "serial", "issuer",
                                           "not_before", "not_after", "signed_at", "timestamp", "covers", "notes", "certificate",
                                           "anchor", "timestamp_anchor"])
        self.assertEqual(list(reading["document"]), ["name", "type", "sha256"])
        self.assertIn("revocation was not checked", reading["notes"])
        lines = self.done("inspect", "commitment.p7m").out.splitlines()
        self.assertEqual(lines[:3], [
            "valid  signature (CMS)",
            f"  document   without a name, text/plain, {len(STATEMENT)} B, sha256 {reading['document']['sha256']}",
            "  signature  valid, Contact Desk, Example Association, LV, covers the whole document"])
        self.assertTrue(lines[3].startswith("             desk@example.org, issued by CN=Authority root, serial number "))
        self.assertEqual(lines[-1], "  note       revocation was not checked")

    def test_the_verdict_is_that_of_openssl_where_it_has_one(self):
        flipped = bytearray(self.authority.signed_by("good", "-nodetach"))
        flipped[flipped.index(STATEMENT)] ^= 1
        for name, content, verdict, why in (
            ("good", self.authority.signed_by("good", "-nodetach"), "valid", ""),
            ("without attributes", self.authority.signed_by("good", "-nodetach", "-noattr"), "valid", ""),
            ("altered", bytes(flipped), "invalid", "altered"),
            ("expired", self.authority.signed_by("expired", "-nodetach"), "invalid", "expired on 2021-01-01"),
            ("foreign", self.authority.signed_by("foreign", "-nodetach"), "valid-untrusted", "does not lead to a trusted"),
            ("server", self.authority.signed_by("server", "-nodetach"), "valid-untrusted", "not meant for signing"),
        ):
            with self.subTest(name):
                found, notes = self.verdict("a.p7m", content)
                self.assertEqual(found, verdict, notes)
                self.assertIn(why, notes)
                self.assertEqual(self.authority.second_opinion(content), verdict == "valid")

    def test_a_detached_signature_needs_the_file_that_it_signs(self):
        content = self.authority.signed_by("good")
        verdict, notes = self.verdict("a.p7s", content)
        self.assertEqual(verdict, "unchecked")
        self.assertIn("the file that it signs was not named", notes)
        statement = self.file("statement.txt", STATEMENT)
        self.assertEqual(self.verdict("a.p7s", content, "--signed-file", statement)[0], "valid")
        for form in (self.authority.signed_by("good", to="PEM"),
                     b"".join(self.authority.signed_by("good", to="PEM").splitlines(True)[1:-1])):
            self.assertEqual(self.verdict("a.p7s", form, "--signed-file", statement)[0], "valid")
        other = self.file("other.txt", b"We do not commit.\r\n")
        self.assertEqual(self.verdict("a.p7s", content, "--signed-file", other)[0], "invalid")
        embedded = self.authority.signed_by("good", "-nodetach")
        self.assertEqual(self.verdict("a.p7m", embedded, "--signed-file", statement)[0], "valid")
        verdict, notes = self.verdict("a.p7m", embedded, "--signed-file", other)
        self.assertEqual(verdict, "invalid")
        self.assertIn("content of its own", notes)

    def test_the_day_of_receipt_counts_and_a_claimed_signing_time_does_not(self):
        content = self.authority.signed_by("expired", "-nodetach")
        self.assertEqual(self.verdict("a.p7m", content, "--received-on", "2020-06-01")[0], "valid")
        self.assertEqual(self.verdict("a.p7m", content, "--received-on", "2021-01-01")[0], "valid")
        self.assertEqual(self.verdict("a.p7m", content, "--received-on", "2021-01-02")[0], "invalid")
        verdict, notes = self.verdict("a.p7m", content, "--received-on", "2019-12-31")
        self.assertEqual(verdict, "invalid")
        self.assertIn("valid from 2020-01-01 on", notes)
        self.assertIn("--received-on", self.fails(6, "inspect", "a.p7m", "--received-on", day(2)))

    def test_the_worst_signature_is_the_verdict_of_the_file(self):
        content = self.authority.signed_by("good", "-nodetach", "-signer", "foreign.pem", "-inkey", "foreign.key")
        reading = self.inspect("a.p7m", content)
        self.assertEqual(sorted(signature["verdict"] for signature in reading["signatures"]),
                         ["valid", "valid-untrusted"])
        self.assertEqual(reading["verdict"], "valid-untrusted")

    def test_what_the_settings_trust_is_a_file_or_a_folder_beside_them(self):
        content = self.authority.signed_by("foreign", "-nodetach")
        self.trusting("root", "stranger")
        self.assertEqual(self.verdict("a.p7m", content)[0], "valid")
        (self.folder / "trusted").mkdir()
        for root in ("root", "stranger"):
            shutil.copy(self.authority.folder / f"{root}.pem", self.folder / "trusted")
        self.file("trusted/README", "no certificate")
        self.file("config.toml", '[signatures]\ntrust = "trusted"\n')
        self.assertEqual(self.verdict("a.p7m", content)[0], "valid")
        self.file("config.toml", "")
        verdict, notes = self.verdict("a.p7m", content)
        self.assertEqual(verdict, "valid-untrusted")
        self.assertIn("no certificate is trusted", notes)
        self.file("config.toml", '[signatures]\ntrust = "config.toml"\n')
        self.assertIn("has no certificate in PEM", self.fails(2, "inspect", "a.p7m"))
        self.file("config.toml", '[signatures]\ntrust = "missing.pem"\n')
        self.assertIn("missing.pem", self.fails(9, "inspect", "a.p7m"))

    def test_what_is_not_read_is_unchecked_and_says_why(self):
        sealed = self.authority.openssl("cms", "-encrypt", "-in", "statement.txt", "-outform", "DER", "good.pem")
        for name, content, why in (
            ("sealed.p7m", sealed, "encrypted"),
            ("nocert.p7m", self.authority.signed_by("good", "-nodetach", "-nocerts"), "certificate of its signer is not in"),
            ("old.p7m", self.authority.signed_by("good", "-nodetach", "-md", "sha1"), "no longer sound"),
        ):
            with self.subTest(name):
                verdict, notes = self.verdict(name, content)
                self.assertEqual(verdict, "unchecked")
                self.assertIn(why, notes)
        good = self.authority.signed_by("good", "-nodetach")
        for name, old, new, why in (
            ("method", "06082a8648ce3d040302", "06082a8648ce3d04037f", "signature algorithm is not known"),
            ("curve", "06082a8648ce3d040302", "06082a8648ce3d030107", "signature algorithm is not known"),
            ("digest", "0609608648016503040201", "060960864801650304020c", "digest algorithm is not known"),
        ):
            with self.subTest(name):
                at = good.rindex(bytes.fromhex(old)) if name != "digest" else None
                changed = good.replace(bytes.fromhex(old), bytes.fromhex(new)) if at is None else \
                    good[:at] + bytes.fromhex(new) + good[at + len(new) // 2:]
                verdict, notes = self.verdict("a.p7m", changed)
                self.assertEqual(verdict, "unchecked", notes)
                self.assertIn(why, notes)
        for name, kind in (("edwards", ["ed25519"]), ("weierstrass", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"])):
            self.authority.openssl("req", "-new", "-newkey", *kind, "-nodes", "-keyout", f"{name}.key", "-out", f"{name}.csr",
                                   "-subj", "/CN=Contact Desk", "-config", "authority.cnf")
            self.authority.openssl("x509", "-req", "-in", f"{name}.csr", "-CA", "root.pem", "-CAkey", "root.key",
                                   "-set_serial", "77", "-days", "30", "-out", f"{name}.pem")
        weierstrass = Signer(*(self.authority.folder / f"weierstrass.{end}" for end in ("key", "pem", "pem")))
        changed = self.authority.cms(STATEMENT, weierstrass, "-outform", "DER", "-nodetach", "-nocerts", "-certfile", "edwards.pem")
        self.assertIn("ED25519 is not read", self.verdict("a.p7m", changed)[1])
        self.assertEqual(self.inspect("a.p7m", changed)["verdict"], "unchecked")
        for name, content, kind in (("scan.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
                                    ("letter.txt", b"We commit.\n", "other")):
            reading = self.inspect(name, content)
            self.assertEqual((reading["kind"], reading["verdict"], reading["signatures"]), (kind, "unchecked", []))
            self.assertEqual(len(reading["notes"]), 1)

    def test_a_signature_of_attributes_is_none_of_a_document_that_looks_like_them(self):
        def parts(der):
            return children(der)[1]

        kind, wrapped = parts(self.authority.signed_by("good", "-nodetach"))
        version, digests, _, certificates, signers = parts(parts(wrapped)[0])
        before, signer, method, attributes, *after = parts(parts(signers)[0])
        content = b"\x31" + attributes[1:]
        data = bytes.fromhex("06092a864886f70d010701")

        def forged(content):
            document = tlv(0x30, data + tlv(0xA0, tlv(0x04, content)))
            of_nothing = tlv(0x31, tlv(0x30, before + signer + method + b"".join(after)))
            return tlv(0x30, kind + tlv(0xA0, tlv(0x30, version + digests + document + certificates + of_nothing)))

        self.assertTrue(self.authority.second_opinion(forged(content)))
        verdict, notes = self.verdict("a.p7m", forged(content))
        self.assertEqual(verdict, "invalid")
        self.assertIn("may be one of something else", notes)

    def test_a_certificate_with_a_broken_digest_or_a_short_key_leads_nowhere(self):
        for digest, key, why in (("sha256", "rsa:1024", None), ("sha256", "rsa:768", "key too weak"),
                                 ("sha1", "rsa:2048", "digest algorithm too weak")):
            with self.subTest(digest=digest, key=key):
                self.authority.openssl("req", "-new", "-newkey", key, "-nodes", "-keyout", "weak.key", "-out", "weak.csr",
                                       "-subj", "/CN=Contact Desk", "-config", "authority.cnf")
                self.authority.openssl("x509", "-req", f"-{digest}", "-in", "weak.csr", "-CA", "root.pem", "-CAkey", "root.key",
                                       "-set_serial", "78", "-days", "30", "-out", "weak.pem")
                weak = Signer(*(self.authority.folder / f"weak.{end}" for end in ("key", "pem", "pem")))
                verdict, notes = self.verdict("a.p7m", self.authority.cms(STATEMENT, weak, "-outform", "DER", "-nodetach"))
                self.assertEqual(verdict, "valid-untrusted" if why else "valid", notes)
                self.assertIn(why or "", notes)

    def test_what_is_signed_may_be_a_document_and_authorities_may_be_named_that_did_not_come(self):
        content = self.authority.signed_by("good", "-nodetach", "-cades", content=b"%PDF-1.7\nWe commit.\n")
        reading = self.inspect("statement.pdf.p7m", content)
        self.assertEqual((reading["kind"], reading["verdict"], reading["document"]["type"]), ("cms", "valid", "application/pdf"))
        named = self.authority.signed_by("good", "-nodetach", "-cades", "-certfile", "stranger.pem")
        alone = self.authority.openssl("x509", "-in", "stranger.pem", "-outform", "DER")
        self.assertIn(alone, named)
        self.assertEqual(self.verdict("a.p7m", named)[0], "valid")

    def test_a_file_that_is_not_what_it_claims_to_be_is_refused(self):
        content = self.authority.signed_by("good", "-nodetach")
        for broken in (content[:-1], content + b"\0", content[:40]):
            self.file("a.p7m", broken)
            self.assertRegex(self.fails(6, "inspect", "a.p7m"),
                             r"^covenant: a\.p7m: is not a signature that can be read: ")
        self.file("a.html", "<!doctype html><p>Hello")
        self.fails(6, "inspect", "a.html")
        self.file("empty.p7m", b"")
        self.fails(6, "inspect", "empty.p7m")
        self.fails(9, "inspect", "missing.p7m")

    def test_a_name_that_promises_a_signature_on_a_text_is_refused(self):
        for ending, kind in (("pdf", "a PDF document"), ("eml", "an e-mail"), ("p7m", "a signed message"), ("asice", "a signature container")):
            with self.subTest(ending):
                error = self.fails(6, "inspect", self.file(f"a.{ending}", "hello\n"))
                self.assertIn(f"'a.{ending}' is not {kind}; it is text", error)
        self.done("inspect", self.file("a.txt", "hello\n"))

    def test_a_name_that_contradicts_another_kind_is_a_note(self):
        scan = self.file("a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(20))
        read = self.done("inspect", scan, "--format", "json").json()
        self.assertEqual((read["kind"], read["verdict"]), ("image", "unchecked"))
        self.assertIn("'a.pdf' is not a PDF document; it is a PNG image", read["notes"])

    def test_no_registry_is_needed_and_no_byte_reaches_the_terminal_unescaped(self):
        self.authority.issue_signer("odd", "/CN=Contact \x1b[31m Desk")
        self.file("a.p7m", self.authority.signed_by("odd", "-nodetach"))
        for form in ("text", "json"):
            shown = self.done("inspect", "a.p7m", "--format", form).out
            self.assertIn("Contact ", shown)
            self.assertNotIn("\x1b", shown)
        self.assertFalse(self.registry.exists())

    def with_reader(self, number):
        """What the program says when its process that reads gets that signal."""
        self.file("large.eml", b"From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\n"
                  b"Content-Transfer-Encoding: base64\r\n\r\n" + b"QUJD" * 19 * 100000)
        for _ in range(20):  # it may have read it all before the signal comes
            with subprocess.Popen([BINARY, "inspect", "large.eml"], cwd=self.folder, env=self.env, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as program:
                if reader := reader_of(program):
                    with contextlib.suppress(ProcessLookupError):
                        os.kill(reader, number)
                _, err = program.communicate(timeout=60)
                if program.returncode != 0:
                    return program.returncode, err.decode()
        return None

    def test_a_process_that_reads_and_dies_is_no_reading(self):
        broke_off = "the process that reads it broke off"
        for number, words in ((signal.SIGKILL, "takes too long to read, or too much memory"), (signal.SIGSEGV, broke_off),
                              (signal.SIGSYS, broke_off), (signal.SIGSTOP, "takes too long to read")):
            with self.subTest(number):
                code, err = self.with_reader(number)
                self.assertEqual(code, 6)
                self.assertRegex(err, f"^covenant: large\\.eml: .*{words}")

    def test_a_document_comes_from_a_pipe_as_well(self):
        content = self.authority.signed_by("good", "-nodetach")
        for source in (content, b"From: a@example.org\r\nSubject: x\r\n\r\n" + b"x" * 300000):
            read = self.done("inspect", "-", "--format", "json", stdin=source).json()
            self.assertEqual((read["size"], read["sha256"]), (len(source), hashlib.sha256(source).hexdigest()))
        self.assertIn("is empty", self.fails(6, "inspect", "-"))

    def test_the_hidden_reader_reads_only_what_it_is_asked(self):
        self.fails(2, "__read", "nothing")
        self.assertNotEqual(self.covenant("__read", "cms").code, 0)


if __name__ == "__main__":
    main()
