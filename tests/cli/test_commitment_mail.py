"""approve --commitment takes an e-mail, finds whose reply it is, judges again and erases. covenant-approve(1), COMMITMENT."""

import hashlib
import ssl
from email import message_from_string

from commitments import SignedDocuments, mail
from signed_pdf import document, sign
from support import day, form, main, options, today


class Mails(SignedDocuments):
    def test_the_day_of_receipt_is_that_of_the_topmost_received_header(self):
        self.file("reply.eml", mail(("signed.pdf", self.valid)))
        self.approve("reply.eml")
        shown = self.show(self.partner)
        self.assertEqual(shown["approved_on"], "2024-06-05")
        [found] = shown["commitments"]
        self.assertEqual((found["verdict"], found["mail"]["from"], found["mail"]["message_id"],
                          found["mail"]["document"]["name"]),
                         ("valid", "desk@example.org", "<answer@example.org>", "signed.pdf"))
        self.assertEqual(found["document"]["name"], "reply.eml")
        self.done("evidence", self.partner, "--output", "again.eml")
        self.assertEqual((self.folder / "again.eml").read_bytes(), (self.folder / "reply.eml").read_bytes())

    def test_a_stated_day_of_receipt_counts_before_the_header(self):
        self.file("reply.eml", mail(("signed.pdf", self.valid)))
        said = "--commitment: note: 'reply.eml' was received on 2024-06-05 by its Received header, and not on 2024-06-0"
        self.assertIn(said + "7\n", self.approve("reply.eml", "--received-on", "2024-06-07").err)
        self.assertEqual(self.show(self.partner)["approved_on"], "2024-06-07")
        self.assertIn(said + "8\n", self.done("renew", self.partner, "--commitment", "reply.eml", "--on", "2024-06-08").err)
        again = self.done("correct", self.partner, "--commitment", "reply.eml", "--received-on", "2024-06-06", "--because", "Slip")
        self.assertIn(said + "6\n", again.err)
        other = self.eligible("Other Association")
        rows = self.file("rows.csv", f"partner,commitment,received_on\n{other},reply.eml,2024-06-09\n")
        self.assertIn("rows.csv:2: commitment: note: " + said.split(": note: ")[1] + "9\n",
                      self.done("approve", "--csv", rows).err)

    def test_a_renewal_by_e_mail_is_of_the_day_that_it_came(self):
        self.file("reply.eml", mail(("signed.pdf", self.valid)))
        self.approve("valid.pdf", "--received-on", "2024-05-06")
        self.done("renew", self.partner, "--commitment", "reply.eml")
        self.assertEqual((self.show(self.partner)["renewed_on"], self.commitment()["received_on"]), ("2024-06-05",) * 2)

    def test_without_a_received_header_the_day_is_today_with_a_note(self):
        self.file("reply.eml", mail(("signed.pdf", self.valid), received=""))
        with self.dated_today(lambda: [self.show(self.partner)["approved_on"]]):
            self.assertIn("--commitment: note: 'reply.eml' does not say when it was received",
                          self.approve("reply.eml").err)

    def test_several_documents_have_to_be_told_apart(self):
        self.file("reply.eml", mail(("statutes.pdf", document(b"Statutes")), ("commitment.pdf", document())))
        err = self.refused(2, "reply.eml")
        self.assertIn("covenant: --attachment: the e-mail has several PDF documents: 'statutes.pdf', 'commitment.pdf'; name", err)
        self.refused(2, "reply.eml", "--attachment", "other.pdf")
        self.approve("reply.eml", "--attachment", "commitment.pdf")
        self.assertEqual(self.commitment()["mail"]["document"]["name"], "commitment.pdf")

    def test_documents_of_one_name_are_told_apart_by_their_digest(self):
        one, other = document(b"One"), document(b"Other")
        digest = hashlib.sha256(other).hexdigest()
        self.file("reply.eml", mail(("signed.pdf", one), ("signed.pdf", other)))
        self.assertIn(f"'signed.pdf' {digest}", self.refused(2, "reply.eml"))
        self.assertIn(f"'signed.pdf' is the name of 2 attachments; write the SHA-256 of the one that is meant: 'signed.pdf' ",
                      self.refused(2, "reply.eml", "--attachment", "signed.pdf"))
        self.approve("reply.eml", "--attachment", digest)
        self.assertEqual((self.commitment()["mail"]["document"]["sha256"], self.commitment()["part"]), (digest, digest))
        self.file("reply.eml", mail(("signed.pdf", one), ("signed.pdf", one)))
        self.done("renew", self.partner, "--commitment", "reply.eml")

    def test_the_signed_one_of_several_is_the_document(self):
        self.file("reply.eml", mail(("statutes.pdf", document(b"Statutes")), ("commitment.pdf", self.valid)))
        self.approve("reply.eml")
        self.assertEqual(self.commitment()["mail"]["document"]["name"], "commitment.pdf")

    def test_a_detached_signature_beside_the_document_is_of_it(self):
        signature = self.authority.sign(document(), self.desk)
        self.file("reply.eml", mail(("other.pdf.p7s", signature), ("other.pdf", self.valid)))
        self.assertIn("is invalid", self.refused(3, "reply.eml"))
        self.file("reply.eml", mail(("statement.pdf", document()), ("statement.pdf.p7s", signature), ("other.pdf", b"%PDF-1.7")))
        self.approve("reply.eml")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["mail"]["document"]["name"]), ("valid", "statement.pdf"))

    def test_a_text_with_a_valid_signature_beside_it_has_no_note_against_it(self):
        signature = self.authority.sign(b"We join.\n", self.desk)
        self.file("reply.eml", mail(("statement.txt", b"We join.\n"), ("statement.txt.p7s", signature)))
        self.approve("reply.eml")
        self.assertEqual((self.commitment()["verdict"], self.commitment()["notes"]), ("valid", ["revocation was not checked"]))

    def test_a_received_header_that_cannot_be_is_named(self):
        later = "from a.example.org by b.example.org; Wed, 5 Jun 2999 10:11:12 +0200"
        self.file("future.eml", mail(("signed.pdf", self.valid), received=later))
        self.assertIn("note: 'future.eml': its Received header is of 2999-06-05, which is in the future",
                      self.done("approve", self.partner, "--commitment", "future.eml", "--dry-run").err)
        self.file("past.eml", mail(("plain.pdf", document()), received=later.replace("Jun 2999", "Jun 1999")))
        self.assertIn("--commitment: 'past.eml' was received on 1999-06-05 by its Received header, and 1999-06-05 is before "
                      "the application on 2024-01-02; add --received-on DATE", self.refused(6, "past.eml"))
        self.approve("future.eml")
        self.assertIn("by its Received header, and 1999-06-05 is before the joining", self.exits(6, "renew", self.partner, "--commitment", "past.eml").err)
        rows = self.file("rows.csv", f"partner,commitment\n{self.partner},past.eml\n")
        self.assertIn("write the right day in on", self.exits(6, "renew", "--csv", rows).err)

    def test_a_detached_signature_can_be_named_with_what_it_signs(self):
        self.file("reply.eml", mail(("answer.p7s", self.authority.sign(document(), self.desk)), ("x.pdf", b"%PDF-1.7")))
        self.approve("reply.eml", "--attachment", "answer.p7s", "--signed-file", "plain.pdf")
        self.assertEqual(self.commitment()["verdict"], "valid")

    def test_a_document_that_signs_no_other_file_has_none(self):
        self.assertIn("--signed-file: can only be used", self.refused(2, "valid.pdf", "--signed-file", "plain.pdf"))

    def test_an_e_mail_that_does_not_say_who_sent_it_is_noted(self):
        self.file("reply.eml", mail(("signed.pdf", self.valid)).replace(b"From: Contact Desk <desk@example.org>", b"X-From: a"))
        self.assertIn("does not say who sent it", self.approve("reply.eml").err)
        self.assertIn("its From header does not name exactly one sender", self.commitment()["notes"])

    def test_a_sender_that_is_not_the_contact_is_a_note(self):
        self.file("reply.eml", mail(("signed.pdf", self.valid), sender="other@example.org"))
        self.assertIn("is from other@example.org, which is not the address of the contact", self.approve("reply.eml").err)

    def test_the_sender_is_sealed(self):
        self.file("reply.eml", mail(("signed.pdf", self.valid), sender="zoe@example.org"))
        self.approve("reply.eml")
        self.assertNotIn("zoe", self.history())


class Replies(SignedDocuments):
    """The e-mail names no partner; the statement that it answers does."""

    def setUp(self):
        super().setUp()
        self.statement = self.sent(self.partner)

    def trust(self, path, more=""):
        super().trust(path, more + '[office]\nname = "Covenant Office"\nemail = "office@example.org"\n')

    def sent(self, partner, kind="statement"):
        """The Message-ID of a letter that was written."""
        letter = self.done("letter", partner, "--kind", kind).out
        return message_from_string(letter)["Message-ID"]

    def reply(self, **how):
        return self.file("reply.eml", mail(("signed.pdf", self.valid), **how))

    def found(self, **how):
        result = self.done("approve", "--commitment", self.reply(**how))
        self.assertEqual((result.out, self.show(self.partner)["approved_on"]),
                         (f"{self.partner}\tapproved\n", day(0)))

    def not_found(self, code, words, **how):
        with self.writes_nothing():
            result = self.covenant("approve", "--commitment", self.reply(**how))
        self.assertEqual(result.code, code, result.err)
        self.assertIn(words, result.err)
        return result

    def mail_today(self):
        return {"received": f"by office.example.org; {today().strftime('%a, %d %b %Y')} 00:00:00 +0000"}

    def test_the_statement_that_it_answers_names_the_partner(self):
        self.found(In_Reply_To=self.statement, **self.mail_today())

    def test_references_name_it_too_among_others(self):
        self.found(In_Reply_To="<later@example.org>", References=f"{self.statement} <later@example.org>",
                   **self.mail_today())

    def test_a_reminder_is_answered_like_a_statement(self):
        self.found(In_Reply_To=self.sent(self.partner, "reminder"), **self.mail_today())

    def test_an_answer_to_statements_of_two_partners_is_only_shown(self):
        other = self.eligible("Other Association", acronym="OA", website="https://other.example.org")
        self.not_found(3, f"also answers a statement of {other}", In_Reply_To=self.statement, References=self.sent(other),
                       **self.mail_today())

    def test_an_earlier_statement_of_the_same_application_counts(self):
        self.sent(self.partner)
        self.found(In_Reply_To=self.statement, **self.mail_today())

    def test_another_sender_than_the_contact_is_only_shown(self):
        shown = self.not_found(3, f"repeat the command with {self.partner}", In_Reply_To=self.statement,
                               sender="other@example.org")
        self.assertIn("Ada Unmistakable", shown.out)

    def test_a_partner_that_the_subject_alone_names_is_only_shown(self):
        for sender in ("desk@example.org", "other@example.org"):
            self.not_found(3, f"repeat the command with {self.partner}", subject=f"Re: Statement [{self.partner}]",
                           sender=sender)

    def test_a_message_id_that_nobody_wrote_leads_nowhere(self):
        made_up = self.statement[:-25] + "0" * 8 + self.statement[-17:]
        self.not_found(4, "name the partner", In_Reply_To=made_up)
        self.not_found(4, "name the partner", subject="Our commitment of AP-9999")
        self.not_found(4, "name the partner", subject="AP-0001 and AP-0002")

    def test_a_document_that_is_no_e_mail_does_not_say_whose_it_is(self):
        with self.writes_nothing():
            self.assertIn("'valid.pdf' is no e-mail, so", self.fails(4, "approve", "--commitment", "valid.pdf"))
            self.fails(4, "approve", "--commitment", self.reply(), "--unread", "Because")
            self.fails(2, "approve")
            self.fails(2, "approve", "--no-commitment", "On paper")

    def test_a_reply_to_an_earlier_application_is_refused(self):
        self.done("withdraw", self.partner)
        self.done("apply", *options(form("Example Association")))
        self.done("verify", self.partner)
        self.not_found(3, "answers the statement of application 1, and the present one is 2",
                       In_Reply_To=self.statement)
        self.statement = self.sent(self.partner)
        self.found(In_Reply_To=self.statement, **self.mail_today())

    def test_a_reply_to_another_statement_is_a_note_where_the_partner_is_named(self):
        other = self.eligible("Other Association")
        result = self.done("approve", other, "--commitment", self.reply(In_Reply_To=self.statement))
        self.assertIn(f"note: 'reply.eml' answers the statement of application 1 of {self.partner}\n", result.err)

    def test_the_report_says_why_it_was_only_shown(self):
        with self.writes_nothing():
            result = self.covenant("approve", "--commitment", self.reply(subject=f"{self.partner}"), "--format", "json")
        self.assertEqual((result.code, result.json()["errors"][0]["code"], result.json()["errors"][0]["value"]),
                         (3, "rule", self.partner))


class Again(SignedDocuments):
    """evidence --verify: today's trust."""

    def verify(self, *more):
        return self.done("evidence", self.partner, "--verify", *more)

    def test_the_recorded_and_the_present_verdict_are_shown(self):
        self.trust(None)
        self.approve("valid.pdf")
        again = self.verify()
        self.assertTrue(again.out.startswith("recorded\tvalid-untrusted\nverdict\tvalid-untrusted\n"), again.out)
        self.assertEqual(again.err, "")
        self.trust(self.authority.trust)
        again = self.verify()
        self.assertIn("verdict\tvalid\n", again.out)
        self.assertEqual(again.err, "The verdict was valid-untrusted when it was recorded, and is valid now.\n")
        as_json = self.verify("--format", "json").json()
        self.assertEqual((as_json["recorded"], as_json["verdict"]), ("valid-untrusted", "valid"))
        self.assertEqual(as_json["reading"]["signatures"][0]["name"], "Ada Unmistakable")
        self.assertEqual(self.commitment()["verdict"], "valid-untrusted")

    def test_which_certificate_was_trusted_is_recorded_and_compared(self):
        self.approve("valid.pdf")
        [signature] = self.commitment()["signatures"]
        root, own = (hashlib.sha256(ssl.PEM_cert_to_DER_cert(path.read_text())).hexdigest()
                     for path in (self.authority.root.certificate, self.desk.certificate))
        self.assertEqual((signature["anchor"], signature["certificate"], signature["timestamp_anchor"]), (root, own, None))
        self.assertIn(f"certificate\t{own}\nanchor\t{root}\n", self.done("evidence", self.partner).out)
        self.assertEqual(self.verify("--format", "json").json()["trust"], [])
        self.assertNotIn("trust\t", self.verify().out)
        self.trust(self.authority.issuing.certificate)
        issuing = hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.authority.issuing.certificate.read_text())).hexdigest()
        self.assertIn(f"trust\tsignature 1 led to {root} when it was recorded, and leads to {issuing} now\n", self.verify().out)
        self.trust(None)
        self.assertEqual(self.verify("--format", "json").json()["trust"],
                         [{"of": "signature 1", "recorded": root, "now": None}])

    def test_the_part_that_was_judged_is_judged_after_an_erasure(self):
        self.file("reply.eml", mail(("statutes.pdf", document(b"Statutes")), ("commitment.pdf", document())))
        self.approve("reply.eml", "--attachment", "commitment.pdf")
        self.done("erase", self.partner, "--contact")
        self.assertIsNone(self.commitment()["mail"])
        self.assertIn("attachment\tcommitment.pdf ", self.verify().out)
        self.assertIn(f"attachment\t{hashlib.sha256(document()).hexdigest()}\n", self.done("evidence", self.partner).out)

    def test_a_document_that_was_stored_unread_can_be_read_later(self):
        self.approve("valid.pdf", "--unread", "The reader breaks off")
        self.assertIn("and is valid now", self.verify().err)

    def test_the_attachment_that_was_named_is_judged(self):
        self.file("reply.eml", mail(("statutes.pdf", document(b"Statutes")), ("commitment.pdf", document())))
        self.approve("reply.eml", "--attachment", "commitment.pdf")
        self.assertIn("attachment\tcommitment.pdf ", self.verify().out)

    def test_a_further_document_is_judged_by_its_number(self):
        self.approve("plain.pdf")
        self.done("evidence", self.partner, "--add", "valid.pdf")
        self.assertTrue(self.verify("--number", "2").out.startswith("recorded\tnot read\nverdict\tvalid\n"))

    def test_there_is_nothing_to_judge_without_a_document(self):
        self.fails(3, "evidence", self.partner, "--verify")
        self.done("approve", self.partner, "--no-commitment", "On paper")
        self.assertIn("On paper", self.fails(3, "evidence", self.partner, "--verify"))
        self.fails(2, "evidence", self.partner, "--verify", "--list")


class Erasure(SignedDocuments):
    def setUp(self):
        super().setUp()
        self.file("reply.eml", mail(("signed.pdf", self.valid), sender="ada.unmistakable@example.org"))
        self.approve("reply.eml")

    def places(self, text):
        found = self.done("erase", "--person", text, "--dry-run", "--format", "json").json()
        return sorted((one["place"], one["current"]) for one in found)

    def test_a_signer_and_a_sender_are_found_and_erased(self):
        self.assertEqual(self.places("Ada Unmistakable"), [("evidence", True), ("signature", True)])
        self.assertEqual(self.places("ada.unmistakable@example.org"), [("evidence", True), ("mail", True)])
        self.done("erase", "--person", "Ada Unmistakable")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["signatures"]), ("valid", []))
        self.assertEqual(found["mail"]["from"], "ada.unmistakable@example.org")
        self.done("erase", "--person", "ada.unmistakable@example.org")
        self.assertIsNone(self.commitment()["mail"])
        self.assertNotIn("Unmistakable", self.done("show", self.partner).out)
        self.done("check")

    def test_what_is_current_is_of_the_commitment_in_force(self):
        grace = self.authority.person("Grace Memorable")
        self.file("renewal.pdf", sign(document(), lambda content: self.authority.sign(content, grace)))
        self.done("renew", self.partner, "--commitment", "renewal.pdf")
        self.assertEqual(self.places("Grace Memorable"), [("evidence", True), ("signature", True)])
        self.assertEqual(self.places("Ada Unmistakable"), [("evidence", False), ("signature", False)])
        self.done("undo", "--last")
        self.assertEqual(self.places("Grace Memorable"), [("evidence", False), ("signature", False)])
        self.assertEqual(self.places("Ada Unmistakable"), [("evidence", True), ("signature", True)])

    def test_the_contact_takes_signers_and_senders_along(self):
        self.done("erase", self.partner, "--contact")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["signatures"], found["mail"]), ("valid", [], None))
        self.done("check")


if __name__ == "__main__":
    main()
