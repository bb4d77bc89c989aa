"""evidence: the stored commitment, described and saved to a file. covenant-evidence(1)."""

import hashlib

from support import COMMITMENT, CovenantTest, main

# name: content and media type
DOCUMENTS = {
    "commitment.pdf": (b"%PDF-1.7\n1 0 obj\n", "application/pdf"),
    "scan.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png"),
    "scan.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
    "answer.eml": (b"From: desk@example.org\r\nSubject: Commitment\r\n\r\nSigned.\r\n", "message/rfc822"),
    "signed.p7m": (b"\x30\x82\x01\x00", "application/pkcs7-mime"),
    "signed.p7s": (b"\x30\x82\x01\x01", "application/pkcs7-signature"),
    "container.asice": (b"PK\x03\x04\x0a\0", "application/vnd.etsi.asic-e+zip"),
    "Übereinkunft \"2024\".pdf": (b"%PDF-1.4\n", "application/pdf"),
}


class Evidence(CovenantTest):
    def approved_with(self, name, content):
        partner = self.apply(f"{name} Association", website="")
        self.done("verify", partner, "--finding", "website=pass")
        (self.folder / "in").mkdir(exist_ok=True)
        self.done("approve", partner, "--commitment", self.file(f"in/{name}", content))
        return partner

    def test_every_kind_is_told_and_comes_back_byte_for_byte(self):
        for name, (content, media_type) in DOCUMENTS.items():
            with self.subTest(name=name):
                partner = self.approved_with(name, content)
                shown = self.done("evidence", partner).out
                for word in (name, media_type, str(len(content)), hashlib.sha256(content).hexdigest()):
                    self.assertIn(word, shown)
                self.assertNotIn(str(self.folder), shown)
                self.done("evidence", partner, "--output", "out.bin")
                self.assertEqual((self.folder / "out.bin").read_bytes(), content)

    def test_what_a_name_says_that_the_content_is_not_is_a_note(self):
        for name, content, media_type, words in (
                ("signed.pdf", b"We agree.\n", "text/plain", "'signed.pdf' is not a PDF document; it is text"),
                ("other.pdf", b"\x89PNG\r\n\x1a\n\0", "image/png", "'other.pdf' is not a PDF document; it is a PNG image"),
                ("scan.jpg", b"%PDF-1.7\n", "application/pdf", "'scan.jpg' is not a JPEG image; it is a PDF document"),
                ("signed.xyz", b"\0\1\2\3", "application/octet-stream", "'signed.xyz' is of no known kind"),
                ("mail.pdf", b"From: a@example.org\r\nDate: x\r\n\r\nYes\r\n", "message/rfc822", "it is an e-mail")):
            with self.subTest(name=name):
                partner = self.apply(f"{name} Association", website="")
                self.done("verify", partner, "--finding", "website=pass")
                report = self.report("approve", partner, "--commitment", self.file(name, content))
                [note] = [note for note in report["notes"] if note["code"] != "reader"]
                self.assertEqual((note["code"], note["column"], note["value"]), ("document", "commitment", name))
                self.assertIn(words, note["message"])
                self.assertIn(f"type\t{media_type}\n", self.done("evidence", partner).out)

    def test_pages_scripts_and_programs_are_refused_whatever_their_name(self):
        partner = self.partner_that_is("eligible")
        for content, words in ((b"<!DOCTYPE html><title>404 Not found</title>\n", "is an HTML page"),
                               (b"\n\n<HTML><body>", "is an HTML page"),
                               ("<html>".encode("utf-16"), "is an HTML page"), (b"#!/bin/sh\n", "is a script"),
                               (b"<?php ?>\n", "is a script"), (b"MZ\x90\0\x03\0", "is a program"),
                               (b"\x7fELF\x02\x01\x01\0", "is a program")):
            for name in ("signed.pdf", "signed.eml", "signed"):
                with self.subTest(content=content, name=name), self.writes_nothing():
                    error = self.fails(6, "approve", partner, "--commitment", self.file(name, content))
                    self.assertIn(f"{name}: {words}; name a PDF document", error)

    def test_a_refused_document_of_a_row_is_its_problem(self):
        partner = self.partner_that_is("eligible")
        self.file("page.pdf", b"<html></html>")
        report = self.report("approve", "--csv", self.csv([{"partner": partner, "commitment": "page.pdf"}]), code=6)
        self.assertEqual([(error["column"], error["code"]) for error in report["errors"]], [("commitment", "commitment")])

    def test_a_dash_gives_the_file_on_standard_output(self):
        partner = self.approved_with("every.bin", bytes(range(128)) * 100)
        self.assertEqual(self.done("evidence", partner, "--output", "-").out, bytes(range(128)).decode() * 100)

    def test_a_partner_on_paper_has_a_reason_and_no_file(self):
        partner = self.partner_that_is("eligible")
        self.done("approve", partner, "--no-commitment", "Signed on paper")
        self.assertIn("Signed on paper", self.done("evidence", partner).out)
        self.assertNotEqual(self.covenant("evidence", partner, "--output", "out.pdf").code, 0)
        self.assertFalse((self.folder / "out.pdf").exists())

    def test_a_partner_without_evidence_is_told_so(self):
        partner = self.partner_that_is("eligible")
        for args in ((), ("--output", "out.pdf")):
            self.assertIn(partner, self.fails(3, "evidence", partner, *args))

    def test_the_latest_commitment_counts(self):
        partner = self.approved_with("first.pdf", b"%PDF first")
        self.done("withdraw", partner)
        self.approved_with("first.pdf", b"%PDF second")
        self.done("evidence", partner, "--output", "out.pdf")
        self.assertEqual((self.folder / "out.pdf").read_bytes(), b"%PDF second")

    def test_it_stays_after_an_ending(self):
        partner = self.partner_that_is("revoked")
        self.done("evidence", partner, "--output", "out.pdf")
        self.assertEqual((self.folder / "out.pdf").read_bytes(), COMMITMENT)

    def test_faults_are_told(self):
        partner = self.listed()
        self.fails(4, "evidence", "AP-0099")
        self.fails(2, "evidence")
        self.fails(9, "evidence", partner, "--output", "missing/out.pdf")


if __name__ == "__main__":
    main()
