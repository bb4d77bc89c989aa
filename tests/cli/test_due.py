"""due: what needs attention, and the command that settles it. covenant-due(1)."""

import re
import sqlite3
from pathlib import Path

from support import STATUSES, CovenantTest, day, form, main, options

VERSION_1 = Path(__file__).resolve().parents[1] / "migration" / "version-1.sql"
MEMBERS = ["id", "kind", "since", "days", "name", "command"]


class Due(CovenantTest):
    def due(self, *more, code=10):
        """What is due, by id, kind and since when."""
        items = self.exits(code, "due", "--format", "json", *more).json()
        for item in items:
            self.assertEqual(list(item), MEMBERS)
        return [(item["id"], item["kind"], item["since"]) for item in items]

    def settled(self, *more):
        """Nothing is due."""
        self.assertEqual(self.due(*more, code=0), [])

    def due_if_verified(self, partner, days):
        """What would be due if the partner had been verified so many days ago."""
        number = int(partner[3:])
        [(verified_on,)] = self.sql("SELECT verified_on FROM partner WHERE id = ?", number)
        verify = "UPDATE partner SET verified_on = ? WHERE id = ?"
        self.sql(verify, day(-days), number)
        due = self.due()
        self.sql(verify, verified_on, number)
        return due

    def test_when_nothing_waits_it_is_done(self):
        for status in ("revoked", "withdrawn"):
            self.partner_that_is(status)
        self.listed(received_on=day(-30))
        result = self.done("due")
        self.assertEqual((result.out, result.err), ("", "Nothing is due.\n"))
        self.assertEqual(self.done("due", "--format", "tsv").out, "")
        self.assertEqual(self.done("due", "--format", "json").out, "[]\n")

    def test_an_application_waits_for_its_verification(self):
        partner = self.apply(applied_on=day(-20))
        self.assertEqual(self.due(), [(partner, "verification", day(-20))])
        self.done("verify", partner)
        self.assertNotIn("verification", [kind for _, kind, _ in self.due()])

    def test_one_that_is_ineligible_waits_for_an_answer(self):
        partner = self.partner_that_is("ineligible")
        self.assertEqual(self.due_if_verified(partner, 5), [(partner, "answer", day(-5))])
        self.done("letter", partner, "--kind", "refusal", "--record")
        self.settled()
        self.exits(3, "verify", partner)
        self.assertEqual(self.due_if_verified(partner, 4), [(partner, "answer", day(-4))])

    def test_a_letter_of_an_earlier_day_is_no_answer(self):
        partner = self.apply(level="national", applied_on=day(-9))
        self.exits(3, "verify", partner)
        self.done("letter", partner, "--kind", "refusal", "--record", "--on", day(-1))
        self.assertEqual(self.due(), [(partner, "answer", day(0))])
        self.done("letter", partner, "--kind", "refusal", "--record")
        self.settled()

    def test_who_has_no_contact_any_more_cannot_be_answered(self):
        self.done("erase", self.partner_that_is("ineligible"), "--contact")
        self.settled()

    def test_a_statement_needs_a_contact_first(self):
        partner = self.partner_that_is("eligible")
        self.done("erase", partner, "--contact")
        [item] = self.exits(10, "due", "--format", "json").json()
        self.assertEqual((item["kind"], item["command"]),
                         ("statement", f"covenant update {partner} --contact-name NAME --contact-email ADDRESS"))

    def test_one_that_is_eligible_waits_for_the_statement_and_then_the_office_for_the_commitment(self):
        partner = self.apply(applied_on=day(-90))
        self.done("verify", partner)
        self.assertEqual(self.due_if_verified(partner, 60), [(partner, "statement", day(-60))])
        self.done("letter", partner, "--kind", "statement", "--record", "--on", day(-31))
        self.assertEqual(self.due(), [(partner, "commitment", day(-31))])
        self.done("verify", partner)
        self.assertEqual(self.due(), [(partner, "commitment", day(-31))])
        self.done("letter", partner, "--kind", "reminder", "--record", "--on", day(-28))
        self.settled()
        self.assertEqual(self.due("--days", "2"), [(partner, "commitment", day(-28))])
        self.settled("--days", "1")
        self.approve(partner)
        self.settled()

    def test_a_letter_that_was_undone_was_not_sent(self):
        partner = self.partner_that_is("eligible")
        self.done("letter", partner, "--kind", "statement", "--record")
        self.settled()
        self.done("undo", "--last")
        self.assertEqual([item[:2] for item in self.due()], [(partner, "statement")])

    def test_a_new_application_waits_for_a_statement_of_its_own(self):
        partner = self.partner_that_is("eligible")
        self.done("letter", partner, "--kind", "statement", "--record")
        self.done("withdraw", partner)
        self.done("apply", *options(form("Eligible Association")))
        self.done("verify", partner)
        self.assertEqual([item[:2] for item in self.due()], [(partner, "statement")])

    def test_a_listed_partner_is_due_after_a_number_of_days(self):
        for kind, days, fields in (("renewal", 730, {"practices": "Map"}), ("practices", 365, {})):
            with self.subTest(kind=kind):
                partner = self.listed(f"{kind} Association", received_on=day(-days), **fields)
                self.assertEqual(self.due(), [(partner, kind, day(-days))])
                self.done("withdraw", partner)
                partner = self.listed(f"{kind} Society", received_on=day(-days + 3), **fields)
                self.settled("--days", "2")
                self.assertEqual(self.due("--days", "3"), [(partner, kind, day(-days + 3))])
                self.done("withdraw", partner)

    def test_a_renewal_or_a_practice_settles_it(self):
        partner = self.listed(received_on=day(-800))
        self.assertEqual(self.due(), [(partner, "renewal", day(-800)), (partner, "practices", day(-800))])
        self.done("renew", partner, "--on", day(-740))
        self.assertEqual(self.due(), [(partner, "practices", day(-800)), (partner, "renewal", day(-740))])
        self.done("renew", partner)
        self.done("update", partner, "--practice", "Map")
        self.settled()

    def test_a_listed_partner_without_a_contact(self):
        partner = self.listed(received_on=day(-30))
        with self.dated_today(lambda: [self.due()[0][2]]):
            self.done("erase", partner, "--contact")
        self.assertEqual([item[:2] for item in self.due()], [(partner, "contact")])
        self.done("update", partner, "--contact-name", "Desk", "--contact-email", "new@example.org")
        self.settled()

    def test_a_listed_partner_that_fails_by_its_data(self):
        partner = self.listed(received_on=day(-30))
        with self.dated_today(lambda: [self.due()[0][2]]):
            self.done("update", partner, "--website", "")
        self.assertEqual([item[:2] for item in self.due()], [(partner, "eligibility")])
        self.done("update", partner, "--website", "https://other.example.org/")
        self.settled()

    def test_a_persons_finding_counts_until_the_field_is_amended(self):
        partner = self.apply(level="national", applied_on=day(-30))
        self.done("verify", partner, "--finding", "scope=pass")
        self.approve(partner, "--received-on", day(-30))
        self.settled()
        self.done("update", partner, "--level", "local")
        self.assertEqual([item[:2] for item in self.due()], [(partner, "eligibility")])

    def test_a_recheck_that_fails_is_due_until_it_passes(self):
        partner = self.listed(received_on=day(-30))
        self.exits(3, "verify", partner, "--finding", "scope=fail")
        self.assertEqual(self.due_if_verified(partner, 3), [(partner, "eligibility", day(-3))])
        self.done("verify", partner)
        self.settled()

    def test_a_contact_that_is_no_longer_needed(self):
        revoked = self.listed("A Association", received_on=day(-900))
        self.done("revoke", revoked, "--reason", "inactive", "--on", day(-730))
        withdrawn = self.apply("B Association", applied_on=day(-900))
        self.done("withdraw", withdrawn, "--on", day(-729))
        refused = self.apply("C Association", level="national", applied_on=day(-900))
        self.exits(3, "verify", refused)
        self.done("letter", refused, "--kind", "refusal", "--record")
        self.assertEqual(self.due_if_verified(refused, 740),
                         [(refused, "retention", day(-740)), (revoked, "retention", day(-730))])
        self.assertIn((withdrawn, "retention", day(-729)), self.due("--days", "1"))
        for partner in (revoked, refused):
            self.done("erase", partner, "--contact")
        self.settled()

    def test_a_former_contact_of_a_listed_partner(self):
        partner = self.listed(received_on=day(-30), practices="Map")
        self.done("update", partner, "--contact-name", "Another Desk")
        self.settled("--days", "699")
        with self.dated_today(lambda: [self.due("--days", "730")[-1][2]]):
            self.done("update", partner, "--contact-name", "A third Desk")
        [item] = [item for item in self.exits(10, "due", "--days", "730", "--format", "json").json()
                  if item["kind"] == "retention"]
        self.assertEqual((item["id"], item["command"]), (partner, f"covenant erase {partner} --former-contacts"))

    def test_the_longest_waiting_comes_first(self):
        partners = [self.apply(f"{name} Association", applied_on=day(-days)) for name, days in (("A", 3), ("B", 9), ("C", 3))]
        self.assertEqual([item[0] for item in self.due()], [partners[1], partners[0], partners[2]])

    def test_the_settings_say_after_how_many_days(self):
        partner = self.listed(received_on=day(-100))
        self.file("covenant.toml", "[due]\nrenewal = 100\npractices = 101\n")
        config = ("--config", self.folder / "covenant.toml")
        self.assertEqual(self.due(*config), [(partner, "renewal", day(-100))])
        eligible = self.apply("B Association", applied_on=day(-50))
        self.done("verify", eligible)
        self.done("letter", eligible, "--kind", "statement", "--record", "--on", day(-7))
        self.done("update", partner, "--contact-name", "Another Desk")
        self.file("covenant.toml", "due = {commitment = 7, retention = 0}")
        self.assertEqual([item[:2] for item in self.due(*config)], [(eligible, "commitment"), (partner, "retention")])
        for text, why in (("[due]\nrenewal = -1", "'-1' is not"), ("[due]\nrenewal = 36501", "36501 is too large"),
                          ("[due]\nrenewal = \"9\"", "must be a number of days"), ("[due]\nwebsite = 1", "unknown setting")):
            with self.subTest(text=text):
                self.file("covenant.toml", text)
                self.assertIn(why, self.refuses_settings("due", *config))

    def test_decisions_of_a_version_without_letters_are_not_due_for_letters(self):
        self.registry.unlink()
        connection = sqlite3.connect(self.registry)
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
        connection.close()
        [[eligible]] = self.sql("SELECT id FROM partner WHERE status = 'eligible' LIMIT 1")
        kinds = {kind for _, kind, _ in self.due("--days", "36500")}
        self.assertIn("commitment", kinds)
        self.assertFalse(kinds & {"answer", "statement"})
        self.done("letter", str(eligible), "--kind", "statement", "--record")
        self.done("verify", str(eligible))
        self.assertFalse({kind for _, kind, _ in self.due("--days", "36500")} & {"answer", "statement"})

    def test_each_command_is_one_of_the_program(self):
        for status in STATUSES:
            self.partner_that_is(status)
        self.done("update", "Approved Association", "--contact-name", "Another Desk")
        self.done("letter", "Eligible Association", "--kind", "statement", "--record")
        self.exits(3, "verify", "Approved Association", "--finding", "scope=fail")
        other = self.listed("Other Association")
        self.done("erase", other, "--contact")
        self.partner_that_is("eligible", "Another Association")
        items = self.exits(10, "due", "--days", "730", "--format", "json").json()
        self.assertEqual({item["kind"] for item in items},
                         {"verification", "answer", "statement", "commitment", "renewal", "practices", "contact",
                          "eligibility", "retention"})
        for item in items:
            self.assertTrue(item["command"].startswith("covenant "))
            self.assertIn(item["id"], item["command"])


class Formats(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.apply("Energy Network", applied_on=day(-20))

    def test_the_table_is_one_line_a_row(self):
        result = self.exits(10, "due")
        self.assertEqual(result.out, f"id       kind          since       days  name            command\n"
                                     f"{self.partner}  verification  {day(-20)}    20  Energy Network  "
                                     f"covenant verify {self.partner}\n")
        self.assertEqual(result.err, "1 due.\n")
        self.assertEqual(self.exits(10, "due", "--format", "table").out, result.out)

    def test_tsv_for_scripts(self):
        out = self.exits(10, "due", "--format", "tsv").out
        line = [self.partner, "verification", day(-20), "20", "Energy Network", f"covenant verify {self.partner}"]
        self.assertEqual([row.split("\t") for row in out.splitlines()], [MEMBERS, line])
        self.assertEqual(self.exits(10, "due", "--format", "tsv", "--no-header").out, "\t".join(line) + "\n")

    def test_json_for_programs(self):
        self.assertEqual(self.exits(10, "due", "--format", "json").json(),
                         [{"id": self.partner, "kind": "verification", "since": day(-20), "days": 20,
                           "name": "Energy Network", "command": f"covenant verify {self.partner}"}])

    def test_wrong_options_are_refused(self):
        for args in (("--days", "soon"), ("--days", "-1"), ("--days", ""), ("--days", "36501"), ("--format", "csv")):
            with self.subTest(args=args):
                self.fails(2, "due", *args)


if __name__ == "__main__":
    main()
