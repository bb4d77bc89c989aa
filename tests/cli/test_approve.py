"""approve: what it needs and what it keeps. covenant-approve(1); covenant-lifecycle(7), COMMITMENT."""

import contextlib
import os
import sqlite3
from pathlib import Path

from support import COMMITMENT, CovenantTest, counts, day, form, main

MEBIBYTE = 1024 * 1024
AMENDED = Path(__file__).parent.parent / "migration" / "amended-in-1.sql"


class Approve(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.apply("Eligible Association", applied_on="2024-01-02")
        self.done("verify", self.partner)
        self.commitment()

    def refused(self, code, *args):
        with self.writes_nothing():
            return self.fails(code, "approve", self.partner, *args)

    def test_the_day_of_receipt_counts(self):
        result = self.done("approve", self.partner, "--commitment", "commitment.pdf", "--received-on", "2024-05-06")
        self.assertEqual(result.out, f"{self.partner}\tapproved\n")
        shown = self.show(self.partner)
        self.assertEqual((shown["approved_on"], shown["partner_since"]), ("2024-05-06", "2024-05-06"))

    def test_the_day_of_receipt_is_today_unless_given(self):
        with self.dated_today(lambda: [self.show(self.partner)["approved_on"]]):
            self.done("approve", self.partner, "--commitment", "commitment.pdf")

    def test_day_and_name_of_the_signature_are_kept(self):
        self.done("approve", self.partner, "--commitment", "commitment.pdf", "--signed-on", "2024-05-01",
                  "--signed-by", "Signing Desk")
        shown = self.done("show", self.partner).out
        self.assertIn("2024-05-01", shown)
        self.assertIn("Signing Desk", shown)

    def test_the_signatory_never_stands_in_the_history(self):
        self.done("approve", self.partner, "--commitment", "commitment.pdf", "--signed-by", "Signing Desk")
        self.assertNotIn("Signing Desk", self.history())

    def test_without_a_commitment_it_is_refused_with_the_way_out(self):
        self.assertIn("--commitment", self.refused(3))

    def test_a_partner_on_paper_is_a_recorded_exception(self):
        self.done("approve", self.partner, "--no-commitment", "Signed on paper in 2009")
        self.assertEqual(self.status(self.partner), "approved")
        self.assertIn("Signed on paper in 2009", self.done("show", self.partner).out)
        [commitment] = self.show(self.partner)["commitments"]
        self.assertEqual(commitment["no_commitment"], "Signed on paper in 2009")
        self.assertEqual(self.events()[-1]["texts"], ["exception"])

    def test_the_exception_needs_a_reason(self):
        self.assertIn(self.covenant("approve", self.partner, "--no-commitment", "").code, (2, 6))
        self.assertEqual(self.status(self.partner), "eligible")

    def test_commitment_and_exception_exclude_each_other(self):
        self.refused(2, "--commitment", "commitment.pdf", "--no-commitment", "Signed on paper")

    def test_a_commitment_may_have_25_mebibytes_and_no_byte_more(self):
        self.file("large.pdf", b"%PDF" + bytes(25 * MEBIBYTE - 4))
        self.file("larger.pdf", b"%PDF" + bytes(25 * MEBIBYTE - 3))
        self.assertIn("larger.pdf", self.refused(6, "--commitment", "larger.pdf"))
        self.done("approve", self.partner, "--commitment", "large.pdf")

    def test_an_empty_commitment_is_bad_input(self):
        self.file("empty.pdf", "")
        self.assertIn("empty.pdf", self.refused(6, "--commitment", "empty.pdf"))

    def test_the_name_of_the_commitment_is_text(self):
        for name in (b"caf\xe9.pdf", b"a\x01.pdf", "invoice\u202efdp.exe".encode(), b"a\nb.pdf"):
            with self.subTest(name=name):
                (self.folder / os.fsdecode(name)).write_bytes(b"%PDF-1.4 signed")
                self.assertIn("the file's name", self.refused(6, "--commitment", os.fsdecode(name)))
        self.file("Līgums “signed”.pdf", "%PDF-1.4 signed")
        self.done("approve", self.partner, "--commitment", "Līgums “signed”.pdf")
        self.assertIn("Līgums “signed”.pdf", self.done("evidence", self.partner).out)
        self.done("check")

    def test_an_unreadable_commitment_is_a_file_error(self):
        for name in ("missing.pdf", "."):
            self.assertIn(name, self.refused(9, "--commitment", name))

    def test_dates_are_days_that_have_been(self):
        for option in ("--received-on", "--signed-on"):
            for date in ("2024-02-30", "1.5.2024", "tomorrow", "", day(2)):
                with self.subTest(option=option, date=date):
                    self.refused(6, "--commitment", "commitment.pdf", option, date)

    def test_an_unknown_partner_is_told(self):
        self.assertIn("AP-0099", self.fails(4, "approve", "AP-0099", "--commitment", "commitment.pdf"))

    def test_one_document_may_serve_two_partners(self):
        other = self.apply("Other Association")
        self.done("verify", other)
        for partner in (self.partner, other):
            self.approve(partner)
            self.assertEqual(self.status(partner), "approved")


class CriteriaOnceMore(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.apply()
        self.commitment()

    def test_an_amendment_that_fails_a_criterion_has_to_be_verified_again(self):
        self.done("verify", self.partner)
        result = self.done("update", self.partner, "--level", "national")
        self.assertEqual(result.out, f"{self.partner}\tapplied\n")
        self.assertIn(f"covenant: note: {self.partner}: no longer passes scope (its level must be european or "
                      "international); its status is applied again; correct it, then verify it\n", result.err)
        shown = self.show(self.partner)
        self.assertEqual((shown["status"], shown["verified_on"], shown["findings"]), ("applied", None, []))
        self.done("check")
        self.fails(3, "approve", self.partner, "--commitment", "commitment.pdf")
        self.done("update", self.partner, "--level", "european")
        self.fails(3, "approve", self.partner, "--commitment", "commitment.pdf")
        self.done("verify", self.partner)
        self.approve(self.partner)

    def test_a_spreadsheet_does_the_same(self):
        self.done("verify", self.partner)
        self.csv([form(level="national")])
        report = self.report("apply", "--csv", "in.csv", "--update")
        self.assertEqual([(note["line"], note["code"], note["value"]) for note in report["notes"]],
                         [(2, "criterion", "scope")])
        self.assertEqual(self.status(self.partner), "applied")

    def test_what_a_person_found_counts_until_its_values_are_amended(self):
        self.done("update", self.partner, "--level", "national")
        self.done("verify", self.partner, "--finding", "scope=pass")
        self.done("update", self.partner, "--city", "Ghent")
        self.assertEqual(self.status(self.partner), "eligible")
        self.done("update", self.partner, "--level", "local")
        self.assertEqual(self.status(self.partner), "applied")

    def test_a_listed_partner_stays_listed_with_a_note(self):
        self.done("verify", self.partner)
        self.approve(self.partner)
        result = self.done("update", self.partner, "--website", "")
        self.assertEqual(result.out, f"{self.partner}\tapproved\n")
        self.assertIn("no longer passes website (it must have a website); it stays on the public list", result.err)
        self.done("check")
        self.assertNotIn("note", self.done("update", self.partner, "--city", "Ghent").err)

    def test_a_registry_of_an_earlier_version_is_no_way_round(self):
        """Version 1.0.0 left a partner eligible whatever was amended; it made `tests/migration/amended-in-1.sql`."""
        self.registry.unlink()
        with contextlib.closing(sqlite3.connect(self.registry)) as connection:
            connection.executescript(AMENDED.read_text(encoding="utf-8"))
        self.assertEqual(self.status("AP-0001"), "eligible")
        with self.writes_nothing():
            self.assertIn("no longer passes scope (its level must be european or international); correct it and verify "
                          "it again", self.fails(3, "approve", "AP-0001", "--commitment", "commitment.pdf"))


class FourEyes(CovenantTest):
    def test_whoever_verified_cannot_approve(self):
        self.file("config.toml", "[policy]\nfour_eyes = true\n")
        partner = self.apply()
        self.done("verify", partner, "--as", "verifier")
        approve = ("approve", partner, "--commitment", self.commitment(), "--config", "config.toml", "--as")
        with self.writes_nothing():
            self.assertIn("verifier", self.fails(3, *approve, "verifier"))
        if os.getuid() == 0:
            self.done(*approve, "approver")
        else:
            self.assertEqual(self.covenant(*approve, "approver").code, 3 if os.getuid() >= 1000 else 0)

    def test_without_the_policy_one_person_is_enough(self):
        self.approve(self.partner_that_is("eligible"))


class ApproveCsv(CovenantTest):
    def setUp(self):
        super().setUp()
        self.first, self.second = (self.apply(f"{name} Association", reference=f"F-{name}", applied_on="2008-06-01") for name in "AB")
        self.done("verify", "--all")
        self.commitment()

    def test_the_options_are_columns(self):
        rows = [
            {"partner": "F-A", "commitment": str(self.commitment()), "received_on": "2024-05-06",
             "signed_on": "2024-05-01", "signed_by": "Signing Desk", "no_commitment": ""},
            {"partner": "2", "received_on": "2009-01-01", "no_commitment": "On paper"},
        ]
        self.assertEqual(self.done("approve", "--csv", self.csv(rows)).out,
                         f"{self.first}\tapproved\n{self.second}\tapproved\n")
        self.assertEqual([self.show(partner)["approved_on"] for partner in (self.first, self.second)],
                         ["2024-05-06", "2009-01-01"])
        self.done("evidence", "F-A", "--output", "back.pdf")
        self.assertEqual((self.folder / "back.pdf").read_bytes(), COMMITMENT)

    def test_a_bad_row_means_nothing_is_written(self):
        applied = self.apply("C Association")
        for row, code in (({"partner": "AP-0099", "no_commitment": "x"}, "partner"),
                          ({"partner": applied, "no_commitment": "x"}, "status"),
                          ({"partner": self.second, "no_commitment": "x", "received_on": day(2)}, "date"),
                          ({"partner": self.second}, "required")):
            with self.subTest(row=row), self.writes_nothing():
                file = self.csv([{"partner": "1", "no_commitment": "On paper"}, row],
                                columns=("partner", "no_commitment", "received_on"))
                report = self.report("approve", "--csv", file, code=6)
                self.assertEqual([(error["line"], error["code"]) for error in report["errors"]], [(3, code)])
                self.assertEqual(counts(report)["rejected"], 1)


class Documents(CovenantTest):
    def test_files_of_a_csv_are_found_beside_it(self):
        partners = [self.partner_that_is("eligible", f"{name} Association") for name in ("A", "B", "C")]
        (self.folder / "mail").mkdir()
        self.file("mail/signed.pdf", COMMITMENT)
        absolute = self.file("other.pdf", COMMITMENT + b"2")
        rows = [{"partner": partner, "commitment": path}
                for partner, path in zip(partners, ("signed.pdf", "../other.pdf", absolute.as_posix()))]
        self.csv(rows, name="mail/approvals.csv")
        self.done("approve", "--csv", "mail/approvals.csv", "--dry-run")
        self.exits(6, "approve", "--csv", "-", stdin=(self.folder / "mail/approvals.csv").read_bytes())
        self.folder /= "mail"
        self.done("approve", "--csv", "approvals.csv")

    def test_a_file_of_another_partner_is_a_note_once_a_run(self):
        first = self.listed("First Association")
        partners = [self.partner_that_is("eligible", f"{name} Association") for name in ("A", "B", "C")]
        rows = [{"partner": partner, "commitment": "commitment.pdf"} for partner in partners]
        report = self.report("approve", "--csv", self.csv(rows))
        [note] = report["notes"]
        self.assertEqual((note["line"], note["code"], note["value"]), (2, "document", "commitment.pdf"))
        self.assertIn(first, note["message"])


if __name__ == "__main__":
    main()
