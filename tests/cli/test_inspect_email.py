"""inspect: e-mails, their attachments and S/MIME signatures. covenant-inspect(1), E-MAIL."""

import base64
import hashlib
import subprocess

from smime import SignedTest
from support import day, main

PDF = b"%PDF-1.7\nThe signed commitment.\n"
RECEIVED = "Received: from a by b; Tue, 24 Nov 2026 00:30:00 +0100\r\n"
HEADER = "From: Desk <desk@example.org>\r\nTo: office@example.org\r\nSubject: =?utf-8?q?Apn=C4=93m=C5=A1an=C4=81s?=\r\n" \
    "Date: Mon, 23 Nov 2026 10:11:12 +0200\r\nMessage-ID: <1@example.org>\r\nIn-Reply-To: <0@example.org>\r\n" \
    "MIME-Version: 1.0\r\n"
TEXT = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nLabdien! \xc4\x93\r\n"


def part(name, content=PDF, kind="application/pdf"):
    disposition = name if "=" in name else f'filename="{name}"'
    return (f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
            f"Content-Disposition: attachment; {disposition}\r\n\r\n").encode() + \
        base64.encodebytes(content).replace(b"\n", b"\r\n")


def multipart(*parts, subtype="mixed", boundary="b1", more=""):
    begin = f"\r\n--{boundary}\r\n".encode()
    return f'Content-Type: multipart/{subtype}; boundary="{boundary}"{more}\r\n\r\n'.encode() + \
        begin.lstrip() + begin.join(parts) + f"\r\n--{boundary}--\r\n".encode()


def message(entity, header=RECEIVED + HEADER):
    return header.encode() + entity


STATEMENT = multipart(TEXT, part("statement.pdf"))


class InspectEmail(SignedTest):
    def signed(self, entity=STATEMENT, signer="good", boundary="s1"):
        signature = part("smime.p7s", self.authority.signed_by(signer, content=entity), "application/pkcs7-signature")
        return multipart(entity, signature, subtype="signed", boundary=boundary,
                         more='; protocol="application/pkcs7-signature"; micalg=sha-256')

    def opaque(self, entity=STATEMENT, signer="good"):
        return part("smime.p7m", self.authority.signed_by(signer, "-nodetach", content=entity),
                    "application/pkcs7-mime; smime-type=signed-data")

    def inspect(self, content, *args):
        return self.done("inspect", self.file("reply.eml", content), "--format", "json", *args).json()

    def verdict(self, content, *args):
        reading = self.inspect(content, *args)
        notes = reading["notes"] + [note for signature in reading["signatures"] for note in signature["notes"]]
        return reading["verdict"], "; ".join(notes)

    def test_the_header_and_the_attachments_are_shown(self):
        reading = self.inspect(message(STATEMENT))
        digest = hashlib.sha256(PDF).hexdigest()
        attachment = {"name": "statement.pdf", "type": "application/pdf", "size": len(PDF), "sha256": digest}
        self.assertEqual(reading["email"], {
            "from": "desk@example.org", "date": "2026-11-23T08:11:12.000Z", "received_on": "2026-11-23",
            "message_id": "<1@example.org>", "in_reply_to": "<0@example.org>", "subject": "Apnēmšanās",
            "attachments": [attachment]})
        self.assertEqual(list(reading["email"]), ["from", "date", "received_on", "message_id", "in_reply_to", "subject",
                                                  "attachments"])
        self.assertEqual(list(reading["email"]["attachments"][0]), list(attachment))
        self.assertEqual(reading["document"], {"name": "statement.pdf", "type": "application/pdf", "sha256": digest})
        self.assertEqual((reading["kind"], reading["type"]), ("email", "message/rfc822"))

    def test_the_verdict_is_that_of_openssl_for_whole_signed_mails(self):
        signed = self.signed()
        for name, entity, verdict, why in (
            ("signed", signed, "valid", ""),
            ("opaque", self.opaque(), "valid", ""),
            ("altered", signed.replace(b"Labdien", b"labdien"), "invalid", "altered"),
            ("expired", self.signed(signer="expired"), "invalid", "expired"),
            ("expired, opaque", self.opaque(signer="expired"), "invalid", "expired"),
            ("foreign", self.signed(signer="foreign"), "valid-untrusted", "does not lead"),
        ):
            with self.subTest(name):
                mail = message(entity)
                found, notes = self.verdict(mail)
                self.assertEqual(found, verdict, notes)
                self.assertIn(why, notes)
                self.assertEqual(self.inspect(mail)["document"]["name"], "statement.pdf")
                opinion = subprocess.run(["openssl", "cms", "-verify", "-CAfile", self.trust, "-in", "reply.eml"],
                                         cwd=self.folder, capture_output=True, check=False)
                self.assertEqual(opinion.returncode == 0, verdict == "valid", opinion.stderr)

    def test_line_ends_that_were_changed_on_the_way_break_no_signature(self):
        self.assertEqual(self.verdict(message(self.signed()).replace(b"\r\n", b"\n"))[0], "valid")

    def test_parts_outside_the_signature_are_counted_and_named(self):
        footer = b"Content-Type: text/plain\r\n\r\nSent through a list.\r\n"
        reading = self.inspect(message(multipart(self.signed(), footer, boundary="list")))
        self.assertEqual((reading["verdict"], reading["signatures"][0]["covers"]), ("valid", "part"))
        self.assertIn("1 part of the e-mail is outside the signature: text/plain", reading["signatures"][0]["notes"])
        outside = multipart(self.signed(TEXT), part("other.pdf"), boundary="list")
        verdict, notes = self.verdict(message(outside))
        self.assertEqual(verdict, "unchecked")
        self.assertIn("it does not cover the document", notes)
        both = self.inspect(message(multipart(part("other.pdf"), self.signed(), boundary="list")))
        self.assertEqual((both["document"]["name"], both["verdict"]), ("statement.pdf", "valid"))

    def test_an_opaque_signature_in_a_part_leaves_out_the_others(self):
        footer = b"Content-Type: text/plain\r\n\r\nSent through a list.\r\n"
        for entity in (multipart(self.opaque(), footer, boundary="list"),
                       multipart(b"Content-Type: message/rfc822\r\n\r\n" + message(self.opaque(), HEADER), footer, boundary="f")):
            reading = self.inspect(message(entity))
            self.assertEqual((reading["verdict"], reading["document"]["name"], reading["signatures"][0]["covers"]),
                             ("valid", "statement.pdf", "part"))
            self.assertIn("1 part of the e-mail is outside the signature: text/plain", reading["signatures"][0]["notes"])
        verdict, notes = self.verdict(message(multipart(self.opaque(TEXT), part("other.pdf"), boundary="list")))
        self.assertEqual(verdict, "unchecked")
        self.assertIn("it does not cover the document", notes)

    def test_a_file_that_was_signed_is_an_attachment_and_no_part(self):
        reading = self.inspect(message(multipart(TEXT, self.opaque(PDF), boundary="b1")))
        self.assertEqual((reading["document"]["name"], reading["verdict"]), ("smime.p7m", "valid"))

    def test_what_is_shown_is_what_was_signed(self):
        """A second part under the same boundary, which a parser and a verifier could take for one another."""
        signed = self.signed()
        forged = part("forged.pdf") + b"\r\n--s1\r\n"
        for entity in (signed.replace(b"--s1\r\n", b"--s1\r\n" + forged, 1),
                       multipart(part("forged.pdf"), boundary="s1") + signed):
            verdict, notes = self.verdict(message(entity))
            self.assertNotEqual(verdict, "valid", notes)

    def test_a_forwarded_message_is_read_with_its_own_sender(self):
        inner = b"Content-Type: message/rfc822\r\n\r\n" + message(self.signed(), HEADER)
        header = HEADER.replace("desk@example.org", "chair@example.org")
        reading = self.inspect(message(multipart(inner, boundary="f"), header))
        self.assertEqual((reading["verdict"], reading["email"]["from"], reading["document"]["name"]),
                         ("valid", "chair@example.org", "statement.pdf"))
        notes = reading["signatures"][0]["notes"]
        self.assertFalse([note for note in notes if "not an address" in note])
        self.assertTrue([note for note in notes if "forwarded" in note])

    def test_a_sender_who_is_not_the_signer_is_a_note(self):
        for change, why in (
            (("desk@example.org", "other@example.org"), "not an address of the certificate"),
            (("To:", "From: other@example.org\r\nTo:"), "does not have exactly one sender"),
            (("<desk@example.org>", "<desk@example.org>, other@example.org"), "does not have exactly one sender"),
            (("To:", "Sender: other@example.org\r\nTo:"), "sent by another"),
        ):
            verdict, notes = self.verdict(message(self.signed(), HEADER.replace(*change)))
            self.assertEqual(verdict, "valid")
            self.assertIn(why, notes)
        self.assertNotIn("address", self.verdict(message(self.signed(), HEADER.replace("desk@", "DESK@")))[1])

    def test_of_headers_that_come_twice_every_sender_counts_and_else_the_topmost(self):
        twice = HEADER.replace("To:", "From: other@example.org\r\nSubject: Other\r\nMessage-ID: <2@example.org>\r\n"
                                      "Date: Mon, 2 Nov 2026 10:11:12 +0200\r\nTo:", 1)
        email = self.inspect(message(STATEMENT, twice))["email"]
        self.assertEqual((email["from"], email["subject"], email["message_id"], email["date"]),
                         ("desk@example.org, other@example.org", "Other", "<2@example.org>", "2026-11-02T08:11:12.000Z"))
        self.assertIn("more than one From header", self.verdict(message(STATEMENT, twice))[1])

    def test_a_mailbox_of_one_message_is_that_message(self):
        begin = "From desk@example.org Tue Nov 24 00:30:00 2026\r\n"
        reading = self.inspect(message(self.signed(), begin + RECEIVED + HEADER))
        self.assertEqual((reading["verdict"], reading["email"]["received_on"]), ("valid", "2026-11-23"))
        quoting = TEXT + b"\r\nFrom here on we agree.\r\n"
        self.assertEqual(self.inspect(message(quoting, begin + HEADER))["email"]["from"], "desk@example.org")
        for end in ("\r\n", "\n"):
            two = (message(TEXT, begin + HEADER) + b"\r\n" + message(TEXT, begin + HEADER)).replace(b"\r\n", end.encode())
            self.assertIn("is a mailbox of several messages", self.fails(6, "inspect", self.file("two.eml", two)))

    def test_texts_in_the_character_sets_of_other_continents_are_decoded(self):
        for charset, text in (("gb2312", "承诺"), ("iso-2022-jp", "約束"), ("euc-kr", "약속"), ("windows-1256", "التزام")):
            with self.subTest(charset):
                word = base64.b64encode(text.encode(charset)).decode()
                header = HEADER.replace("Subject: ", f"Subject: =?{charset}?b?{word}?=\r\nX-Subject: ")
                self.assertEqual(self.inspect(message(STATEMENT, header))["email"]["subject"], text)

    def test_the_day_of_receipt_is_that_of_the_topmost_received_header(self):
        older = "Received: from c by a; Fri, 20 Nov 2020 10:00:00 +0000\r\n"
        mail = message(self.signed(), RECEIVED + older + HEADER)
        self.assertEqual(self.inspect(mail)["email"]["received_on"], "2026-11-23")
        self.file("config.toml", '[office]\ntimezone = "Europe/Brussels"\n')
        self.assertEqual(self.inspect(mail)["email"]["received_on"], "2026-11-24")
        self.file("config.toml", '[signatures]\ntrust = "trust.pem"\n')
        expired = message(self.signed(signer="expired"), older + HEADER)
        self.assertEqual(self.verdict(expired)[0], "valid")
        self.assertEqual(self.verdict(expired, "--received-on", "2024-01-01")[0], "invalid")
        reading = self.inspect(message(STATEMENT, HEADER))
        self.assertIsNone(reading["email"]["received_on"])
        self.assertIn("no Received header", "; ".join(reading["notes"]))
        future = f"Received: from a by b; 1 Jan {int(day(0)[:4]) + 1} 00:00:00 +0000\r\n"
        reading = self.inspect(message(STATEMENT, future + HEADER))
        self.assertIsNone(reading["email"]["received_on"])
        self.assertIn("in the future", "; ".join(reading["notes"]))

    def test_names_of_attachments_are_decoded_and_lead_nowhere(self):
        for written, name in (
            ("filename*=utf-8''saist%C4%ABbas.pdf", "saistības.pdf"),
            ("filename*0*=utf-8''saist%C4%ABb;\r\n filename*1=as.pdf", "saistības.pdf"),
            ('filename="=?utf-8?b?c2Fpc3TEq2Jhcy5wZGY=?="', "saistības.pdf"),
            ("filename*=iso-8859-13''saist%EEbas.pdf", "saistības.pdf"),
            ("filename*=utf-8''..%2F..%2Fetc%2Fpasswd.pdf", "passwd.pdf"),
            ('filename="..\\\\..\\\\a.pdf"', "a.pdf"),
            ("filename*=utf-8''a%1B%5B31m.pdf", "a\ufffd[31m.pdf"),
        ):
            with self.subTest(written):
                self.assertEqual(self.inspect(message(multipart(TEXT, part(written))))["document"]["name"], name)

    def test_the_document_is_the_one_that_is_signed_else_the_only_pdf_else_the_one_that_is_named(self):
        scan = part("scan.png", b"\x89PNG\r\n\x1a\n", "image/png")
        two = multipart(part("one.pdf"), part("two.pdf", PDF + b"2"), scan)
        reading = self.inspect(message(two))
        self.assertIsNone(reading["document"])
        self.assertIn("several attachments may be the document", "; ".join(reading["notes"]))
        self.assertEqual(self.inspect(message(two), "--attachment", "two.pdf")["document"]["sha256"],
                         hashlib.sha256(PDF + b"2").hexdigest())
        self.assertRegex(self.fails(2, "inspect", "reply.eml", "--attachment", "three.pdf"),
                         r"'three\.pdf' is not the name of an attachment; the e-mail has 'one\.pdf', 'two\.pdf'")
        self.file("a.txt", "We commit.\n")
        self.assertIn("can only be used with an e-mail", self.fails(2, "inspect", "a.txt", "--attachment", "two.pdf"))
        one = multipart(scan, part("one.pdf"))
        self.assertEqual(self.inspect(message(one))["document"]["name"], "one.pdf")
        signature = part("answer.p7m", self.authority.signed_by("good", "-nodetach"), "application/octet-stream")
        reading = self.inspect(message(multipart(part("one.pdf"), part("two.pdf"), signature)))
        self.assertEqual((reading["document"]["name"], reading["verdict"]), ("answer.p7m", "valid"))

    def test_what_is_not_read_is_unchecked(self):
        encrypted = self.authority.openssl("cms", "-encrypt", "-in", "statement.txt", "-outform", "DER", "good.pem")
        sealed = part("smime.p7m", encrypted, "application/pkcs7-mime; smime-type=enveloped-data")
        pgp = multipart(TEXT, b"Content-Type: application/pgp-signature\r\n\r\nx\r\n", subtype="signed")
        packed = part("winmail.dat", b"\x78\x9f\x3e\x22\x01\0", "application/ms-tnef")
        for entity, why in ((sealed, "encrypted"), (pgp, "not S/MIME"), (packed, "Outlook's own format")):
            verdict, notes = self.verdict(message(entity))
            self.assertEqual(verdict, "unchecked")
            self.assertIn(why, notes)

    def test_parts_and_levels_are_bounded(self):
        nested = TEXT
        for level in range(11):
            nested = multipart(nested, boundary=f"n{level}")
        for entity, why in ((nested, "10 levels"), (multipart(*[TEXT] * 101), "100 parts")):
            self.file("reply.eml", message(entity))
            self.assertIn(why, self.fails(6, "inspect", "reply.eml"))


if __name__ == "__main__":
    main()
