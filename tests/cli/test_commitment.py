"""approve --commitment reads the document: its verdict, its signers, the policy. covenant-approve(1), COMMITMENT."""

import hashlib
import os
import signal
import subprocess

from commitments import SignedDocuments, bomb, mail
from signed_pdf import document, sign
from support import BINARY, day, main, reader_of


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


if __name__ == "__main__":
    main()
