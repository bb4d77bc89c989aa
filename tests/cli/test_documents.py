"""evidence --add, --list, --number and --erase: the documents beside the commitments. covenant-evidence(1)."""

import hashlib

from support import COMMITMENT, CovenantTest, main
from test_history import verify

STATUTES = b"%PDF-1.7\nThe statutes, unmistakable.\n"


def digest(content):
    return hashlib.sha256(content).hexdigest()


class DocumentsTest(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.listed(applied_on="2024-01-01")
        self.file("statutes.pdf", STATUTES)

    def add(self, *args):
        return self.done("evidence", self.partner, "--add", "statutes.pdf", *args)

    def list(self, partner=None):
        return self.done("evidence", partner or self.partner, "--list", "--format", "json").json()

    def is_sound(self):
        self.assertEqual(self.done("check").err, f"{self.registry} is sound.\n")
        return verify(self.registry)


class Further(DocumentsTest):
    def test_a_further_document_is_kept_beside_the_commitment(self):
        added = self.add("--note", "Statutes of 2024")
        self.assertEqual((added.out, added.err), (f"{self.partner}\tapproved\n", f"Added a document to {self.partner}.\n"))
        day = self.events()[-1]["at"][:10]
        commitment, statutes = self.list()
        self.assertEqual(commitment, {
            "number": 1, "kind": "commitment", "day": "2024-05-06", "name": "commitment.pdf", "type": "application/pdf",
            "size": len(COMMITMENT), "sha256": digest(COMMITMENT), "note": None, "verdict": "unchecked",
            "annulled": False, "erased": False})
        self.assertEqual(statutes, {
            "number": 2, "kind": "document", "day": day, "name": "statutes.pdf", "type": "application/pdf",
            "size": len(STATUTES), "sha256": digest(STATUTES), "note": "Statutes of 2024", "verdict": None,
            "annulled": False, "erased": False})
        self.assertEqual(self.show(self.partner)["documents"], [statutes])
        self.assertEqual(self.done("evidence", self.partner, "--list").out.splitlines()[1].split("\t"),
                         ["2", "document", day, "statutes.pdf", "application/pdf", str(len(STATUTES)), digest(STATUTES)])
        self.is_sound()

    def test_it_is_chosen_by_its_number_and_without_one_the_commitment_in_force(self):
        self.add()
        for number, content in (("1", COMMITMENT), ("2", STATUTES)):
            self.done("evidence", self.partner, "--number", number, "--output", "out.pdf")
            self.assertEqual((self.folder / "out.pdf").read_bytes(), content)
            self.assertIn(f"sha256\t{digest(content)}\n", self.done("evidence", self.partner, "--number", number).out)
        self.done("evidence", self.partner, "--output", "out.pdf")
        self.assertEqual((self.folder / "out.pdf").read_bytes(), COMMITMENT)
        for number in ("0", "3"):
            self.assertIn("no document", self.fails(3, "evidence", self.partner, "--number", number))

    def test_any_partner_may_have_documents(self):
        other = self.apply("Other Association")
        self.assertEqual(self.list(other), [])
        self.done("evidence", other, "--add", "statutes.pdf")
        self.assertEqual(len(self.list(other)), 1)
        self.fails(3, "evidence", other)
        self.is_sound()

    def test_the_same_document_is_not_kept_twice(self):
        self.add()
        with self.writes_nothing():
            again = self.add()
        self.assertEqual((again.out, again.err), ("", f"{self.partner} has this document already.\n"))

    def test_a_document_of_another_partner_is_a_note(self):
        other = self.apply("Other Association")
        self.add()
        [note] = self.report("evidence", other, "--add", "statutes.pdf")["notes"]
        self.assertEqual((note["code"], note["value"]), ("document", "statutes.pdf"))
        self.assertIn(self.partner, note["message"])

    def test_what_runs_something_is_refused_and_the_type_is_that_of_the_content(self):
        self.file("page.pdf", "<!DOCTYPE html><title>404</title>")
        with self.writes_nothing():
            self.fails(6, "evidence", self.partner, "--add", "page.pdf")
            self.fails(9, "evidence", self.partner, "--add", "nowhere.pdf")
            self.assertIn("is a database", self.fails(6, "evidence", self.partner, "--add", self.registry))
            self.fails(6, "evidence", self.partner, "--add", self.file("empty.pdf", ""))
        [note] = self.report("evidence", self.partner, "--add", self.file("scan.pdf", b"\x89PNG\r\n\x1a\n" + bytes(20)))["notes"]
        self.assertEqual((note["code"], self.list()[1]["type"]), ("document", "image/png"))

    def test_a_note_that_is_not_kept_is_told(self):
        self.add("--note", "Statutes")
        with self.writes_nothing():
            self.assertEqual(self.report("evidence", self.partner, "--add", "statutes.pdf", "--note", "Statutes")["notes"], [])
            [note] = self.report("evidence", self.partner, "--add", "statutes.pdf", "--note", "Revised")["notes"]
        self.assertEqual((note["column"], note["value"]), ("note", "Revised"))
        self.assertIn("document 2 is the same file", note["message"])

    def test_a_dry_run_keeps_nothing(self):
        with self.writes_nothing():
            self.assertEqual(self.add("--dry-run").out, f"{self.partner}\tapproved\n")
            self.done("evidence", self.partner, "--erase", "1", "--because", "asked", "--dry-run")
        self.assertEqual(len(self.list()), 1)
        self.is_sound()

    def test_wrong_options_are_refused(self):
        for args in (("--erase", "1"), ("--note", "x"), ("--because", "x"), ("--add", "statutes.pdf", "--list"),
                     ("--list", "--number", "1"), ("--erase", "1", "--because", "x", "--output", "out"),
                     ("--dry-run",), ("--format", "json"), ("--number", "x")):
            with self.subTest(args=args), self.writes_nothing():
                self.fails(2, "evidence", self.partner, *args)


class Erased(DocumentsTest):
    """A document that was erased: its digest stays, and none of its bytes."""

    def leftovers(self):
        return [path.name for path in self.folder.iterdir() if path.suffix != ".pdf" and b"unmistakable" in path.read_bytes()]

    def test_no_byte_is_left_and_the_digest_stays(self):
        self.add("--note", "Statutes")
        for number in range(6):
            self.done("evidence", self.partner, "--add", self.file(f"{number}.pdf", b"%PDF-1.7\n" + bytes([65 + number]) * 9000))
        self.assertEqual(self.leftovers(), ["registry.db"])
        checkpoint = self.file("checkpoint", self.done("history", "--checkpoint").out)
        erased = self.done("evidence", self.partner, "--erase", "2", "--because", "names a person")
        self.assertEqual((erased.out, erased.err), (f"{self.partner}\tapproved\n", f"Erased document 2 of {self.partner}.\n"))
        self.assertEqual(self.leftovers(), [])
        kept = self.list()[1]
        self.assertEqual((kept["erased"], kept["sha256"], kept["size"], kept["name"]),
                         (True, digest(STATUTES), len(STATUTES), "statutes.pdf"))
        self.assertIn("erased", self.done("show", self.partner).out)
        self.assertIn("was erased", self.fails(3, "evidence", self.partner, "--number", "2", "--output", "out.pdf"))
        self.assertEqual(len(self.list()), 8)
        self.assertEqual(self.is_sound()[-1]["removed"], {"sha256": digest(STATUTES), "size": len(STATUTES)})
        self.done("check", "--against", checkpoint)
        with self.writes_nothing():
            self.done("evidence", self.partner, "--erase", "2", "--because", "again")

    def test_the_commitment_may_go_as_well(self):
        self.done("evidence", self.partner, "--erase", "1", "--because", "names a person")
        self.assertEqual(self.status(self.partner), "approved")
        self.assertNotIn(b"The signed commitment.", self.registry.read_bytes())
        self.assertIn("was erased", self.fails(3, "evidence", self.partner, "--output", "out.pdf"))
        self.assertEqual(self.show(self.partner)["commitments"][0]["document"]["sha256"], digest(COMMITMENT))
        self.assertIn("erased\tyes\n", self.done("evidence", self.partner).out)
        self.assertIn("commitment.pdf (PDF), erased\n", self.done("show", self.partner).out)
        self.is_sound()

    def test_the_history_names_what_was_added_and_erased(self):
        self.add()
        self.assertIn(f"document: statutes.pdf, application/pdf, {len(STATUTES)} bytes, SHA-256 {digest(STATUTES)}",
                      self.done("history", self.partner).out)
        self.done("evidence", self.partner, "--erase", "2", "--because", "names a person")
        self.assertIn(f"erased document: {len(STATUTES)} bytes, SHA-256 {digest(STATUTES)}", self.done("history", self.partner).out)

    def test_a_document_that_another_partner_has_stays_with_it(self):
        other = self.apply("Other Association")
        self.add()
        self.done("evidence", other, "--add", "statutes.pdf")
        [note] = self.report("evidence", self.partner, "--erase", "2", "--because", "asked")["notes"]
        self.assertEqual(note["code"], "remains")
        self.assertIn(other, note["message"])
        self.done("evidence", other, "--number", "1", "--output", "out.pdf")
        self.is_sound()
        self.done("evidence", other, "--erase", "1", "--because", "asked")
        self.assertEqual(self.leftovers(), [])
        self.is_sound()

    def test_a_document_may_come_back(self):
        self.add()
        self.done("evidence", self.partner, "--erase", "2", "--because", "asked")
        self.add()
        self.assertEqual([document["erased"] for document in self.list()], [False, False, False])
        self.done("evidence", self.partner, "--number", "3", "--output", "out.pdf")
        self.is_sound()

    def test_the_reason_the_note_and_the_name_are_sealed_and_may_go_too(self):
        self.add("--note", "Eva Roth brought it")
        self.done("evidence", self.partner, "--erase", "2", "--because", "Eva Roth asked")
        self.assertNotIn("Eva", self.history())
        self.done("erase", "--person", "Eva Roth")
        self.assertNotIn(b"Eva Roth", self.registry.read_bytes())
        self.assertEqual(self.list()[1]["note"], None)
        self.is_sound()

    def test_a_document_that_is_missing_though_nobody_erased_it_is_damage(self):
        self.add()
        self.sql("DELETE FROM document WHERE sha256 = ?", digest(STATUTES))
        self.assertIn(f"document {digest(STATUTES)}: it is missing", self.exits(8, "check").out)

    def test_a_document_that_is_there_though_it_was_erased_is_damage(self):
        self.add()
        self.done("evidence", self.partner, "--erase", "2", "--because", "asked")
        self.sql("INSERT INTO document VALUES (?, ?, ?)", digest(STATUTES), len(STATUTES), STATUTES)
        self.assertIn("it belongs to no partner", self.exits(8, "check").out)

    def test_an_undo_takes_back_what_was_added_and_another_brings_it_back(self):
        self.add()
        self.done("undo", "--last")
        self.assertEqual([document["annulled"] for document in self.list()], [False, True])
        self.is_sound()
        self.done("undo", "--last")
        self.assertEqual([document["annulled"] for document in self.list()], [False, False])
        self.is_sound()

    def test_after_an_undo_the_document_may_be_added_again_and_erased_everywhere(self):
        self.add()
        self.done("undo", "--last")
        self.add()
        self.done("evidence", self.partner, "--erase", "2", "--because", "asked")
        self.assertEqual([document["erased"] for document in self.list()], [False, True, True])
        self.assertNotIn(b"unmistakable", self.registry.read_bytes())
        self.is_sound()

    def test_what_was_erased_stays_erased_when_the_adding_again_is_undone(self):
        self.add()
        self.done("evidence", self.partner, "--erase", "2", "--because", "asked")
        self.add()
        self.done("undo", "--last")
        self.assertEqual([document["erased"] for document in self.list()], [False, True, True])
        self.assertNotIn(b"unmistakable", self.registry.read_bytes())
        self.assertEqual(self.leftovers(), [])
        self.is_sound()
        with self.writes_nothing():
            self.assertIn("had been erased; add it to the evidence again", self.fails(3, "undo", "--last"))
        self.add()
        self.assertEqual([document["erased"] for document in self.list()], [False, False, False, False])
        self.is_sound()

    def test_whoever_verified_does_not_restore_an_erased_commitment(self):
        self.done("evidence", self.partner, "--erase", "1", "--because", "asked")
        self.done("policy", "four-eyes", "on")
        with self.writes_nothing():
            self.assertIn("requires another actor to restore its evidence",
                          self.fails(3, "evidence", self.partner, "--add", "commitment.pdf"))
        self.add()
        self.done("evidence", self.partner, "--add", "commitment.pdf", "--as", "Bob")
        self.is_sound()

    def test_the_commitment_policy_is_that_of_a_restored_commitment_too(self):
        self.file("signed.toml", '[policy]\ncommitment = "signed"\n')
        self.done("evidence", self.partner, "--erase", "1", "--because", "asked")
        self.assertIn("unchecked", self.fails(3, "evidence", self.partner, "--add", "commitment.pdf", "--config", "signed.toml"))
        self.done("evidence", self.partner, "--add", "statutes.pdf", "--config", "signed.toml")

    def test_a_refused_document_is_in_the_report(self):
        self.file("page.pdf", "<html><body>")
        for command in (("evidence", self.partner, "--add", "page.pdf"),
                        ("renew", self.partner, "--commitment", "page.pdf"),
                        ("correct", self.partner, "--commitment", "page.pdf", "--because", "x")):
            result = self.exits(6, *command, "--format", "json")
            [error] = result.json()["errors"]
            self.assertEqual((error["code"], error["column"], error["value"]), ("commitment", command[2][2:], "page.pdf"))
            self.assertIn("is an HTML page", error["message"])

    def test_an_erasure_cannot_be_undone(self):
        self.add()
        self.done("evidence", self.partner, "--erase", "2", "--because", "asked")
        with self.writes_nothing():
            self.assertIn("which cannot be undone", self.fails(3, "undo", "--last"))

    def test_a_correction_keeps_an_erased_commitment_erased(self):
        self.done("evidence", self.partner, "--erase", "1", "--because", "asked")
        with self.writes_nothing():
            self.assertIn("was erased", self.fails(3, "correct", self.partner, "--commitment", "commitment.pdf",
                                                   "--because", "typo"))
        self.done("correct", self.partner, "--received-on", "2024-05-07", "--because", "typo")
        self.assertEqual([document["erased"] for document in self.list()], [True, True])
        self.is_sound()

    def test_without_such_a_number_nothing_is_erased(self):
        with self.writes_nothing():
            self.assertIn("no document 2", self.fails(3, "evidence", self.partner, "--erase", "2", "--because", "asked"))
            self.fails(4, "evidence", "AP-0099", "--erase", "1", "--because", "asked")


if __name__ == "__main__":
    main()
