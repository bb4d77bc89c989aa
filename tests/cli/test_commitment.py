"""approve --commitment reads the document: its verdict, its signers, the policy. covenant-approve(1), COMMITMENT."""

import hashlib
import os
import shutil
import signal
import ssl
import struct
import subprocess
import tempfile
import zlib
from email import message_from_string, policy
from email.message import EmailMessage

from authority import Authority
from signed_pdf import document, numbered, sign, stream
from support import BINARY, CovenantTest, day, form, main, options, reader_of, today

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
    """An authority of the class's own, which the settings trust, and an eligible partner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.authority.folder)
        cls.desk = cls.authority.person("Ada Unmistakable")
        cls.valid = sign(document(), lambda content: cls.authority.sign(content, cls.desk))
        cls.altered = cls.valid.replace(b"We join as", b"We joyn as")

    def setUp(self):
        super().setUp()
        self.trust(self.authority.trust)
        self.file("valid.pdf", self.valid)
        self.file("altered.pdf", self.altered)
        self.file("plain.pdf", document())
        self.partner = self.eligible("Example Association")

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


class Verdicts(SignedDocuments):
    def test_verdict_signers_and_notes_are_recorded(self):
        self.approve("valid.pdf")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["notes"]), ("valid", ["revocation was not checked"]))
        [signature] = found["signatures"]
        self.assertEqual((signature["name"], signature["organisation"], signature["email"], signature["covers"]),
                         ("Ada Unmistakable", "Example Association", "desk@example.org", "whole"))
        for command in ("show", "evidence", "history"):
            with self.subTest(command=command):
                text = self.done(command, self.partner).out
                self.assertIn("valid", text)
                self.assertIn("Ada Unmistakable <desk@example.org>", text)
        self.assertIn("\tvalid\n", self.done("evidence", self.partner, "--list").out)
        [listed] = self.done("evidence", self.partner, "--list", "--format", "json").json()
        self.assertEqual(listed["verdict"], "valid")
        self.done("check")

    def test_a_signer_is_sealed_and_never_in_public(self):
        self.approve("valid.pdf")
        event = self.events()[-1]
        self.assertEqual(event["commitment"]["verdict"], "valid")
        self.assertEqual(event["texts"], ["file_name", "reading_notes", "signatures"])
        self.assertNotIn("Unmistakable", self.history())
        for kind in ("csv", "json", "html", "atom"):
            self.assertNotIn("Unmistakable", self.done("export", "--format", kind).out)

    def test_the_verdict_follows_from_the_settings(self):
        self.trust(None)
        said = "'valid.pdf' is valid-untrusted, signed by Ada Unmistakable <desk@example.org>, Example Association: no certificate is trusted"
        self.assertIn(said, self.approve("valid.pdf").err)
        self.assertEqual(self.commitment()["verdict"], "valid-untrusted")

    def test_an_unsigned_document_is_unchecked(self):
        self.assertEqual(self.approve("plain.pdf").err, "Approved 1 partner.\n")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["signatures"], found["notes"]),
                         ("unchecked", [], ["it is not signed"]))

    def test_what_cannot_be_read_is_kept_as_unchecked_with_a_note(self):
        self.file("broken.pdf", b"%PDF-1.7\nThe signed commitment.\n")
        self.assertIn("--commitment: note: 'broken.pdf' ", self.approve("broken.pdf").err)
        self.assertEqual(self.commitment()["verdict"], "unchecked")

    def test_a_picture_is_unchecked(self):
        self.file("scan.png", b"\x89PNG\r\n\x1a\nscan")
        self.approve("scan.png")
        self.assertEqual(self.commitment()["verdict"], "unchecked")

    def test_an_invalid_document_is_refused_unless_a_reason_is_recorded(self):
        err = self.refused(3, "altered.pdf")
        self.assertIn(f"{self.partner}: 'altered.pdf' is invalid", err)
        self.assertIn("--accept-invalid REASON", err)
        self.approve("altered.pdf", "--accept-invalid", "Its viewer saved it again")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["accept_invalid"]), ("invalid", "Its viewer saved it again"))
        self.assertIn("accept_invalid", self.events()[-1]["texts"])
        self.assertIn("Its viewer saved it again", self.done("show", self.partner).out)
        self.done("check")

    def test_there_is_nothing_to_accept_in_a_valid_document(self):
        self.assertIn("there is nothing to accept", self.approve("valid.pdf", "--accept-invalid", "Why not").err)
        self.assertIsNone(self.commitment()["accept_invalid"])

    def test_a_document_can_be_kept_unread_with_a_reason(self):
        self.approve("valid.pdf", "--unread", "The reader breaks off")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["signatures"], found["unread"]),
                         ("unchecked", [], "The reader breaks off"))
        self.assertIn("The reader breaks off", self.done("evidence", self.partner).out)
        self.done("check")

    def test_when_reading_breaks_off_nothing_is_written(self):
        self.file("bomb.pdf", bomb(128))
        command = [BINARY, "approve", self.partner, "--commitment", "bomb.pdf"]
        with self.writes_nothing(), subprocess.Popen(command, env=self.env, cwd=self.folder, stdout=subprocess.PIPE,
                                                     stderr=subprocess.PIPE, text=True) as process:
            os.kill(reader_of(process), signal.SIGKILL)
            out, err = process.communicate()
        self.assertEqual((process.returncode, out), (6, ""), err)
        self.assertRegex(err, r"\Acovenant: --commitment: bomb\.pdf: .*; --unread REASON stores it without reading it\n\Z")
        self.approve("bomb.pdf", "--unread", "The reader breaks off")

    def test_options_about_the_document_need_it_and_fit_each_other(self):
        with self.writes_nothing():
            self.fails(2, "approve", self.partner, "--no-commitment", "On paper", "--unread", "Because")
        for option in ("--accept-invalid", "--signed-file", "--attachment"):
            self.refused(2, "valid.pdf", option, "plain.pdf", "--unread", "Because")

    def test_a_detached_signature_is_read_with_what_it_signs(self):
        self.file("commitment.txt", b"We join.\n")
        self.file("commitment.txt.p7s", self.authority.sign(b"We join.\n", self.desk))
        self.approve("commitment.txt.p7s", "--signed-file", "commitment.txt")
        self.assertEqual(self.commitment()["verdict"], "valid")

    def test_what_a_detached_signature_signs_is_kept_with_it(self):
        self.file("commitment.txt.p7s", self.authority.sign(b"We join.\n", self.desk))
        path = self.file("commitment.txt", b"We join.\n")
        self.approve("commitment.txt.p7s", "--signed-file", "commitment.txt")
        path.unlink()
        digest = hashlib.sha256(b"We join.\n").hexdigest()
        self.assertEqual((self.commitment()["signed_file"], self.commitment()["part"]), (digest, None))
        self.assertIn(f"signed_file\t{digest}\n", self.done("evidence", self.partner).out)
        self.assertEqual([(one["kind"], one["name"]) for one in self.documents()],
                         [("commitment", "commitment.txt.p7s"), ("document", "commitment.txt")])
        self.assertIn("verdict\tvalid\n", self.done("evidence", self.partner, "--verify").out)
        self.done("check")
        self.done("export", "--format", "bundle", "--output", "bundle")
        self.done("init", "--from", "bundle", "--registry", "again.db")
        self.assertIn("verdict\tvalid\n", self.done("evidence", self.partner, "--verify", "--registry", "again.db").out)
        self.done("undo", "--last")
        self.assertEqual(self.status(self.partner), "eligible")
        self.done("undo", "--last")
        self.assertIn("verdict\tvalid\n", self.done("evidence", self.partner, "--verify").out)
        self.done("check")

    def test_what_is_signed_is_kept_once_and_erased_with_a_note_of_the_rest(self):
        self.file("commitment.txt", b"We join.\n")
        self.file("commitment.txt.p7s", self.authority.sign(b"We join.\n", self.desk))
        self.file("other.txt", b"We do not join.\n")
        self.approve("commitment.txt.p7s", "--signed-file", "commitment.txt")
        self.done("renew", self.partner, "--commitment", "commitment.txt.p7s", "--signed-file", "commitment.txt")
        self.assertEqual([one["kind"] for one in self.documents()], ["commitment", "document", "renewal"])
        self.done("evidence", self.partner, "--erase", "2", "--because", "Asked for")
        found = self.done("evidence", self.partner, "--verify").out
        self.assertIn("verdict\tunchecked\n", found)
        self.assertNotIn("trust\t", found)
        verify = ("evidence", self.partner, "--verify", "--signed-file")
        self.assertIn("verdict\tvalid\n", self.done(*verify, "commitment.txt").out)
        self.assertIn("--signed-file: 'other.txt' is not the file that was judged", self.fails(6, *verify, "other.txt"))
        self.done("evidence", self.partner, "--add", "commitment.txt")
        erased = self.done("evidence", self.partner, "--erase", "1", "--because", "Asked for")
        self.assertIn("document 2 is the file that it signs, and stays", erased.err)
        self.done("check")

    def test_a_signed_file_is_only_of_a_signature_that_was_judged_with_it(self):
        self.file("commitment.txt", b"We join.\n")
        signature = self.authority.sign(b"We join.\n", self.desk)
        self.file("plain.eml", mail())
        self.file("both.eml", mail(("commitment.txt", b"We join.\n"), ("commitment.txt.p7s", signature)))
        self.file("signature.eml", mail(("commitment.txt.p7s", signature)))
        for name in ("plain.eml", "both.eml"):
            with self.subTest(name=name):
                said = "--signed-file: can only be used with a detached signature"
                self.assertIn(said, self.refused(2, name, "--signed-file", "commitment.txt"))
                self.assertIn(said, self.fails(2, "inspect", name, "--signed-file", "commitment.txt"))
                rows = self.file("rows.csv", f"partner,commitment,signed_file\n{self.partner},{name},commitment.txt\n")
                with self.writes_nothing():
                    self.assertIn("rows.csv:2: signed_file: can only", self.exits(6, "approve", "--csv", rows).err)
        self.approve("signature.eml", "--signed-file", "commitment.txt")
        self.assertEqual(self.commitment()["verdict"], "valid")

    def test_an_erasure_names_all_numbers_of_the_same_document(self):
        self.approve("valid.pdf")
        erase = ("evidence", self.partner, "--erase", "1", "--because", "Asked for")
        self.assertEqual(self.done(*erase).err, f"Erased document 1 of {self.partner}.\n")
        self.done("evidence", self.partner, "--add", "valid.pdf")
        same = f"documents 1 (the commitment in force) and 2 of {self.partner}.\n"
        self.assertIn(f"erase {same}", self.done(*erase[:3], "2", *erase[4:], "--dry-run").err)
        self.assertEqual(self.done(*erase[:3], "2", *erase[4:]).err, f"Erased {same}")

    def test_a_correction_keeps_what_its_document_signs(self):
        self.approve("plain.pdf")
        self.file("commitment.txt", b"We join.\n")
        self.file("commitment.txt.p7s", self.authority.sign(b"We join.\n", self.desk))
        self.done("correct", self.partner, "--commitment", "commitment.txt.p7s", "--signed-file", "commitment.txt",
                  "--because", "The signed one")
        (self.folder / "commitment.txt").unlink()
        self.done("correct", self.partner, "--received-on", "2024-06-01", "--because", "Slip")
        self.assertEqual(self.commitment()["verdict"], "valid")
        self.assertIn("verdict\tvalid\n", self.done("evidence", self.partner, "--verify").out)
        self.done("check")

    def test_a_wrong_input_is_blamed_on_its_own_option_or_column(self):
        self.file("commitment.txt.p7s", self.authority.sign(b"We join.\n", self.desk))
        self.file("page.html", "<!DOCTYPE html><p>We join.")
        self.assertIn("covenant: --signed-file: page.html: is an HTML page",
                      self.refused(6, "commitment.txt.p7s", "--signed-file", "page.html"))
        self.file("reply.eml", mail(("a.pdf", document(b"A")), ("a.pdf", document(b"B"))))
        self.file("rows.csv", "partner,commitment,signed_file,attachment\n"
                              f"{self.partner},commitment.txt.p7s,missing.txt,\n{self.partner},valid.pdf,plain.pdf,\n"
                              f"{self.partner},valid.pdf,,a.pdf\n{self.partner},reply.eml,,b.pdf\n{self.partner},reply.eml,,\n")
        with self.writes_nothing():
            err = self.exits(6, "approve", "--csv", "rows.csv").err
        for row, place in ((2, "signed_file: missing.txt: cannot"), (3, "signed_file: can only"), (4, "attachment: can only"),
                           (5, "attachment: 'b.pdf' is not"), (6, "attachment: the e-mail has several")):
            self.assertIn(f"covenant: rows.csv:{row}: {place}", err)
        self.assertNotIn("--", err)
        self.trust("/dev/zero")
        self.assertIn("covenant: signatures.trust: /dev/zero is larger", self.refused(2, "valid.pdf"))

    def test_a_day_that_is_impossible_comes_before_what_is_invalid_as_of_it(self):
        desk = self.authority.person(since="20240301000000Z")
        self.file("new.pdf", sign(document(), lambda content: self.authority.sign(content, desk)))
        self.assertIn("--received-on: 2024-01-01 is before the application",
                      self.refused(6, "new.pdf", "--received-on", "2024-01-01"))

    def test_a_correction_reads_its_document_and_a_renewal_too(self):
        self.approve("plain.pdf", "--received-on", "2024-05-06")
        with self.writes_nothing():
            self.assertIn("--accept-invalid", self.fails(3, "correct", self.partner, "--commitment", "altered.pdf",
                                                         "--because", "The signed one"))
        self.done("correct", self.partner, "--commitment", "valid.pdf", "--because", "The signed one")
        self.assertEqual([one["verdict"] for one in self.show(self.partner)["commitments"]], ["unchecked", "valid"])
        self.done("renew", self.partner, "--commitment", "altered.pdf", "--accept-invalid", "Saved again")
        self.assertEqual(self.commitment()["verdict"], "invalid")
        self.done("check")

    def test_a_correction_of_something_else_keeps_what_was_read(self):
        self.approve("valid.pdf")
        self.done("correct", self.partner, "--signed-by", "Ada Example", "--because", "It was left out")
        before, after = self.show(self.partner)["commitments"]
        self.assertEqual(after["signatures"], before["signatures"])
        self.done("check")

    def test_a_corrected_day_of_receipt_is_judged_again(self):
        desk = self.authority.person(until="20250101000000Z")
        self.file("older.pdf", sign(document(), lambda content: self.authority.sign(content, desk)))
        self.approve("older.pdf", "--received-on", "2024-06-01")
        with self.writes_nothing():
            self.assertIn("is invalid", self.fails(3, "correct", self.partner, "--received-on", day(0), "--because", "Slip"))
        self.done("correct", self.partner, "--received-on", "2024-06-02", "--because", "Slip")
        self.assertEqual(self.commitment()["verdict"], "valid")

    def signed_apart(self, **times):
        """A detached signature, and what it signs."""
        desk = self.authority.person(**times)
        self.file("commitment.txt", b"We join.\n")
        self.file("commitment.txt.p7s", self.authority.sign(b"We join.\n", desk))
        return "commitment.txt.p7s", "--signed-file", "commitment.txt"

    def test_a_verdict_is_not_carried_over_to_a_day_for_which_nothing_can_be_judged(self):
        self.approve(*self.signed_apart(since="20240301000000Z"), "--received-on", "2024-06-01")
        correct = ("correct", self.partner, "--because", "Slip", "--received-on")
        for number, policy in (("1", "any"), ("2", "any"), ("1", "trusted"), ("2", "trusted")):
            with self.subTest(number=number, policy=policy):
                self.done("policy", "commitment", policy)
                self.done("evidence", self.partner, "--erase", number, "--because", "Asked for")
                if policy == "any":
                    self.assertIn("note: 'commitment.txt.p7s' was valid, and is unchecked as of 2024-02-01 (",
                                  self.done(*correct, "2024-02-01").err)
                    self.assertEqual((self.commitment()["verdict"], self.commitment()["signatures"][0]["verdict"]),
                                     ("unchecked", "unchecked"))
                    self.done("check")
                    self.done("undo", "--last")
                else:
                    with self.writes_nothing():
                        self.assertIn("is unchecked", self.fails(3, *correct, "2024-02-01"))
                        self.done(*correct, "2024-06-01")
                self.done("evidence", self.partner, "--add", ("commitment.txt.p7s", "commitment.txt")[int(number) - 1])
                self.assertIn("verdict\tvalid\n", self.done("evidence", self.partner).out)

    def test_a_day_is_judged_again_when_the_document_is_stored_again(self):
        self.approve(*self.signed_apart(), "--received-on", "2024-06-01")
        self.done("evidence", self.partner, "--erase", "1", "--because", "Asked for")
        correct = ("correct", self.partner, "--because", "Slip", "--received-on")
        self.done(*correct, "2024-06-02")
        self.done("evidence", self.partner, "--add", "commitment.txt.p7s")
        self.assertEqual(self.commitment()["verdict"], "unchecked")
        self.assertIn("was unchecked, and is valid as of 2024-06-01\n", self.done(*correct, "2024-06-01").err)
        self.assertEqual(self.commitment()["verdict"], "valid")
        self.done("check")

    def test_a_row_of_a_renewal_with_another_document_is_recorded_once(self):
        self.approve("plain.pdf")
        self.done("renew", self.partner, "--commitment", "plain.pdf")
        rows = self.file("rows.csv", f"partner,commitment,note\n{self.partner},valid.pdf,signed\n")
        self.done("renew", "--csv", rows)
        self.assertEqual([one["verdict"] for one in self.show(self.partner)["commitments"]],
                         ["unchecked", "unchecked", "valid"])
        with self.writes_nothing():
            self.done("renew", "--csv", rows)
            self.done("renew", self.partner, "--commitment", "valid.pdf")

    def test_an_undo_leads_back_to_what_was_read_before(self):
        self.approve("plain.pdf")
        self.done("correct", self.partner, "--commitment", "valid.pdf", "--because", "The signed one")
        self.done("undo", "--last")
        counted = [one["verdict"] for one in self.show(self.partner)["commitments"] if not one["annulled"]]
        self.assertEqual(counted, ["unchecked"])
        self.done("check")

    def test_a_bundle_restores_what_was_read(self):
        self.approve("valid.pdf")
        self.done("export", "--format", "bundle", "--output", "bundle")
        self.done("init", "--from", "bundle", "--registry", "again.db")
        again = self.done("show", self.partner, "--format", "json", "--registry", "again.db").json()
        self.assertEqual(again["commitments"], self.show(self.partner)["commitments"])

    def test_a_document_that_several_rows_name_is_read_for_all(self):
        other = self.eligible("Other Association")
        self.file("rows.csv", f"partner,commitment,accept_invalid\n{self.partner},altered.pdf,Saved again\n"
                              f"{other},altered.pdf,Saved again\n")
        err = self.done("approve", "--csv", "rows.csv").err
        self.assertEqual(err.count("is invalid"), 1, err)
        self.assertEqual([self.commitment(one)["verdict"] for one in (self.partner, other)], ["invalid"] * 2)

    def test_nobody_waits_while_the_documents_of_rows_from_a_pipe_are_read(self):
        other = self.eligible("Other Association")
        self.file("bomb.pdf", bomb(128))
        with subprocess.Popen([BINARY, "approve", "--csv", "-"], env=self.env, cwd=self.folder, stdin=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) as process:
            process.stdin.write(f"partner,commitment\n{self.partner},bomb.pdf\n")
            process.stdin.close()
            reader = reader_of(process)
            os.kill(reader, signal.SIGSTOP)
            self.done("note", other, "Meanwhile", "--wait", "0")
            os.kill(reader, signal.SIGKILL)
        self.assertEqual(process.returncode, 6)
        self.done("approve", "--csv", "-", stdin=f"partner,commitment\n{self.partner},valid.pdf\n")

    def test_a_row_with_an_invalid_document_is_refused_with_the_others(self):
        other = self.eligible("Other Association")
        self.file("rows.csv", f"partner,commitment,unread\n{self.partner},valid.pdf,\n{other},altered.pdf,\n")
        with self.writes_nothing():
            result = self.covenant("approve", "--csv", "rows.csv")
        err = result.err
        self.assertEqual(result.code, 6, err)
        self.assertIn("rows.csv:3: ", err)
        self.assertIn("accept_invalid", err)
        self.file("rows.csv", f"partner,commitment,unread\n{self.partner},valid.pdf,\n{other},altered.pdf,Saved again\n")
        self.done("approve", "--csv", "rows.csv")
        self.assertEqual(self.commitment(other)["unread"], "Saved again")


class Policies(SignedDocuments):
    def test_a_document_below_the_policy_is_refused_with_its_verdict(self):
        self.done("policy", "commitment", "signed")
        for file in ("plain.pdf", "altered.pdf"):
            err = self.refused(3, file)
            self.assertIn("policy commitment is 'signed'", err)
        self.assertIn("is unchecked (it is not signed)", self.refused(3, "plain.pdf"))
        self.approve("valid.pdf")

    def test_what_a_detached_signature_lacks_is_the_way_out(self):
        self.file("commitment.txt.p7s", self.authority.sign(b"We join.\n", self.desk))
        self.assertIn("was not named; name that file with --signed-file, or in the column signed_file",
                      self.done("approve", self.partner, "--commitment", "commitment.txt.p7s", "--dry-run").err)
        shown = self.done("inspect", "commitment.txt.p7s").out
        self.assertIn("covers a file that was not named", shown)
        self.assertNotIn("whole document", shown)
        self.done("policy", "commitment", "trusted")
        err = self.refused(3, "commitment.txt.p7s")
        self.assertIn("is 'trusted'; name the file that it signs with --signed-file FILE\n", err)
        rows = self.file("rows.csv", f"partner,commitment\n{self.partner},commitment.txt.p7s\n")
        self.assertIn("name the file that it signs in signed_file", self.exits(6, "approve", "--csv", rows).err)

    def test_no_reason_is_a_way_around_the_policy(self):
        self.done("policy", "commitment", "signed")
        self.refused(3, "valid.pdf", "--unread", "Because")
        self.refused(3, "altered.pdf", "--accept-invalid", "Because")
        with self.writes_nothing():
            self.fails(3, "approve", self.partner, "--no-commitment", "Because")

    def test_trusted_asks_for_a_certificate_that_is_trusted(self):
        self.trust(None, '[policy]\ncommitment = "trusted"\n')
        self.assertIn("signatures.trust", self.refused(3, "valid.pdf"))
        self.trust(None, '[policy]\ncommitment = "signed"\n')
        self.approve("valid.pdf")

    def test_the_stricter_of_settings_and_registry_is_in_force(self):
        self.done("policy", "commitment", "signed")
        self.trust(None, '[policy]\ncommitment = "trusted"\n')
        self.refused(3, "valid.pdf")
        self.trust(self.authority.trust, '[policy]\ncommitment = "any"\n')
        self.refused(3, "plain.pdf")

    def test_an_undo_restores_no_listing_below_the_policy(self):
        self.approve("plain.pdf")
        self.done("revoke", self.partner, "--reason", "inactive")
        self.done("policy", "commitment", "signed")
        revoked = [event["run"] for event in self.events() if event["action"] == "revoke"]
        with self.writes_nothing():
            self.assertIn("unchecked", self.fails(3, "undo", revoked[-1]))

    def test_an_undo_restores_no_listing_whose_document_was_erased(self):
        self.approve("valid.pdf")
        self.done("policy", "commitment", "trusted")
        self.done("evidence", self.partner, "--erase", "1", "--because", "Asked for")
        self.done("withdraw", self.partner)
        with self.writes_nothing():
            self.assertIn("'trusted'", self.fails(3, "undo", "--last"))

    def test_an_undo_restores_a_listing_that_satisfies_the_policy(self):
        self.approve("valid.pdf")
        self.done("revoke", self.partner, "--reason", "inactive")
        self.done("policy", "commitment", "trusted")
        revoked = [event["run"] for event in self.events() if event["action"] == "revoke"]
        self.done("undo", revoked[-1])
        self.assertEqual(self.status(self.partner), "approved")


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
        self.assertEqual(self.places("Ada Unmistakable"), [("signature", True)])
        self.assertEqual(self.places("ada.unmistakable@example.org"), [("mail", True)])
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
        self.assertEqual(self.places("Grace Memorable"), [("signature", True)])
        self.assertEqual(self.places("Ada Unmistakable"), [("signature", False)])
        self.done("undo", "--last")
        self.assertEqual(self.places("Grace Memorable"), [("signature", False)])
        self.assertEqual(self.places("Ada Unmistakable"), [("signature", True)])

    def test_the_contact_takes_signers_and_senders_along(self):
        self.done("erase", self.partner, "--contact")
        found = self.commitment()
        self.assertEqual((found["verdict"], found["signatures"], found["mail"]), ("valid", [], None))
        self.done("check")


if __name__ == "__main__":
    main()
