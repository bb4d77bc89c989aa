"""undo: what one command did is taken back, whole or not at all. covenant-undo(1)."""

import json

from support import COMMITMENT, CovenantTest, csv_text, day, form, main, options


class Undo(CovenantTest):
    def setUp(self):
        super().setUp()
        self.file("c.toml", '[site]\nbase_url = "https://partners.example.org/"\n')
        self.partner = self.listed("First Association", "2024-05-06", description="What it is", city="Riga")

    def last_run(self):
        return self.events()[-1]["run"]

    def undo(self, *args, code=0):
        return self.exits(code, "undo", *(args or ("--last",)))

    def refused(self, code, *args):
        with self.writes_nothing():
            return self.fails(code, "undo", *args)

    def public(self):
        """Everything that is published, without the number of the last event."""
        exported = json.loads(self.done("export", "--format", "json").out)
        for name in ("sequence", "checkpoint"):
            exported.pop(name, None)
        feed = self.done("export", "--format", "atom", "--config", "c.toml").out
        return exported, self.done("export", "--format", "csv").out, feed.split("</updated>", 1)[1]

    def state(self):
        """All that is known of each partner, without undone evidence."""
        shown = {partner["id"]: self.show(partner["id"]) for partner in self.partners()}
        for one in shown.values():
            one["commitments"] = [kept for kept in one["commitments"] if kept["annulled"] != "undone"]
        return shown, self.public()

    def taken_back(self, *command, code=0):
        """Runs the command and undoes it; everything is as before. Then undoes that, and undoes that again."""
        before = self.state()
        self.exits(code, *command)
        after = self.state()
        self.assertNotEqual(after, before)
        run = self.last_run()
        result = self.undo()
        self.assertIn(run, result.err)
        self.assertEqual(self.state(), before)
        self.done("check")
        self.undo()
        self.assertEqual(self.state(), after)
        self.done("check")
        self.undo(self.last_run())
        self.assertEqual(self.state(), before)
        self.done("check")


class Commands(Undo):
    def test_update(self):
        self.taken_back("update", self.partner, "--name", "Renamed Association", "--city", "", "--description", "Another",
                        "--practice", "Tool <https://tool.example.org/>", "--contact-email", "new@example.org")

    def test_both_values_are_shown(self):
        self.done("update", self.partner, "--city", "Bonn")
        for args in (("--dry-run",), ()):
            shown = self.undo("--last", *args).err
            self.assertIn(f"{self.partner}: city: Bonn → Riga\n", shown)
            self.assertNotIn("undone run", shown)
        self.assertEqual(self.exits(0, "undo", "--last", "--quiet").err, "")

    def test_verify(self):
        self.taken_back("verify", self.partner, "--source", "Statutes", "--finding", "scope=fail", code=3)
        applied = self.apply("Applied Association")
        self.taken_back("verify", applied, "--source", "Statutes")
        self.done("verify", applied)
        self.taken_back("verify", applied, "--finding", "scope=fail", code=3)

    def test_approve(self):
        self.taken_back("approve", self.partner_that_is("eligible"), "--commitment", self.file("other.pdf", COMMITMENT + b"2"),
                        "--signed-by", "Signing Desk")

    def test_renew(self):
        self.taken_back("renew", self.partner, "--on", "2025-01-02", "--commitment", self.file("other.pdf", COMMITMENT + b"2"),
                        "--note", "By e-mail")

    def test_revoke(self):
        self.taken_back("revoke", self.partner, "--reason", "inactive", "--on", "2025-02-03", "--note", "No answer")
        self.taken_back("revoke", self.partner, "--reason", "entered-in-error")

    def test_withdraw(self):
        self.taken_back("withdraw", self.partner, "--note", "Own wish")

    def test_a_new_application_of_one_that_ended(self):
        self.done("withdraw", self.partner, "--on", "2025-02-03")
        self.taken_back("apply", *options(form("First Association", applied_on=day(0))))

    def test_correct(self):
        self.taken_back("correct", self.partner, "--received-on", "2024-05-07", "--commitment",
                        self.file("other.pdf", COMMITMENT + b"2"), "--because", "Misread")
        self.done("revoke", self.partner, "--reason", "inactive", "--on", "2025-02-03")
        self.taken_back("correct", self.partner, "--ended-on", "2025-02-04", "--end-note", "More", "--because", "Misread")
        self.taken_back("correct", self.partner, "--end-reason", "entered-in-error", "--because", "Misread")
        self.done("correct", self.partner, "--end-reason", "entered-in-error", "--because", "Misread")
        self.taken_back("correct", self.partner, "--end-reason", "ceased", "--because", "Misread")

    def test_note(self):
        self.taken_back("note", self.partner, "New secretary general")

    def test_many_by_a_spreadsheet(self):
        self.file("amended.csv", csv_text([{"id": self.partner, "city": "Ghent"}, {"id": self.apply("Other"), "city": "Ghent"}]))
        self.taken_back("update", "--csv", "amended.csv")


class Applications(Undo):
    def rows(self, **more):
        return [form(f"Imported {name}", description=name) | more for name in ("Alpha", "Beta", "Gamma")]

    def test_what_a_run_filed_was_entered_in_error(self):
        public = self.public()
        self.done("apply", "--csv", self.csv(self.rows()))
        result = self.undo()
        self.assertEqual(sorted(result.out.splitlines()), [f"AP-{number:04}\twithdrawn" for number in (2, 3, 4)])
        for number in (2, 3, 4):
            shown = self.show(str(number))
            self.assertEqual((shown["status"], shown["end_reason"], shown["ended_on"]), ("withdrawn", "entered-in-error", day(0)))
        self.assertEqual(self.public(), public)
        self.done("check")

    def test_the_mended_file_imports_afterwards(self):
        self.done("apply", "--csv", self.csv(self.rows(city="Riag")))
        self.undo()
        report = self.report("apply", "--csv", self.csv(self.rows(city="Riga")))
        self.assertEqual((report["applied"], report["rejected"]), (3, 0))
        self.assertEqual({partner["city"] for partner in self.partners("--status", "applied")}, {"Riga"})
        self.assertEqual(len(self.partners()), 4)
        self.assertEqual(self.report("apply", "--csv", "in.csv")["unchanged"], 3)
        self.done("check")

    def test_with_other_names_it_imports_as_well(self):
        self.done("apply", "--csv", self.csv(self.rows()))
        self.undo()
        self.done("apply", "--csv", self.csv([row | {"name": row["name"] + " Association"} for row in self.rows()]))
        self.assertEqual(len(self.partners("--status", "applied")), 3)

    def test_an_undone_import_can_be_done_again(self):
        self.done("apply", "--csv", self.csv(self.rows()))
        filed = self.partners()
        self.undo()
        self.undo()
        self.assertEqual(self.partners(), filed)
        self.done("verify", "2")
        self.done("check")

    def test_of_amendments_and_applications_each_is_taken_back(self):
        amended = form("First Association", city="Ghent", applied_on="2024-05-06")
        self.done("apply", "--csv", self.csv([amended, *self.rows()], columns=list(amended)), "--update")
        self.undo()
        self.assertEqual(self.show(self.partner)["city"], "Riga")
        self.assertEqual(len(self.partners("--status", "withdrawn")), 3)
        self.done("check")


class Refusals(Undo):
    def test_one_that_was_changed_since_names_partner_and_run(self):
        other = self.apply("Other Association")
        self.done("update", "--csv", self.csv([{"id": self.partner, "city": "Ghent"}, {"id": other, "city": "Ghent"}]))
        run = self.last_run()
        self.done("verify", other)
        later = self.last_run()
        error = self.refused(3, run)
        self.assertIn(f"{other}: was changed since by run {later} (verify by tester", error)
        result = self.undo(run, "--skip-changed")
        self.assertEqual(result.out, f"{self.partner}\tapproved\n")
        self.assertIn(f"note: {other}: stays as it is; it was changed since by run {later}", result.err)
        self.assertEqual((self.show(self.partner)["city"], self.show(other)["city"]), ("Riga", "Ghent"))
        self.undo(later)
        self.undo(run)
        self.assertIsNone(self.show(other)["city"])
        self.done("check")

    def test_notes_do_not_stand_in_the_way(self):
        self.done("update", self.partner, "--city", "Ghent")
        run = self.last_run()
        self.done("note", self.partner, "Called")
        self.undo(run)
        self.assertEqual(self.show(self.partner)["city"], "Riga")
        self.assertEqual(len(self.show(self.partner)["notes"]), 1)
        self.done("check")

    def test_what_was_undone_since_does_not_stand_in_the_way(self):
        self.done("update", self.partner, "--city", "Ghent")
        first = self.last_run()
        self.done("update", self.partner, "--city", "Brussels")
        second = self.last_run()
        self.refused(3, first)
        self.undo(second)
        self.undo(first)
        undoing = self.last_run()
        self.assertEqual(self.show(self.partner)["city"], "Riga")
        self.refused(3, second)  # was undone already
        self.undo(undoing)
        self.assertEqual(self.show(self.partner)["city"], "Ghent")
        self.done("check")

    def test_an_older_undo_cannot_be_taken_back_over_a_later_one(self):
        self.done("update", self.partner, "--city", "Ghent")
        first = self.last_run()
        self.done("update", self.partner, "--city", "Brussels")
        self.undo()
        undo_of_second = self.last_run()
        self.undo(first)
        self.assertIn(self.last_run(), self.refused(3, undo_of_second))

    def test_a_run_is_undone_once(self):
        self.done("update", self.partner, "--city", "Ghent")
        run = self.last_run()
        self.undo()
        self.assertIn(f"was undone by run {self.last_run()}", self.refused(3, run))

    def test_an_erasure_a_policy_and_the_registry_cannot_be_undone(self):
        self.done("erase", self.partner, "--contact")
        self.assertIn("erased", self.refused(3, "--last"))
        self.done("policy", "four-eyes", "on")
        self.assertIn("policy", self.refused(3, "--last"))
        self.refused(3, self.events()[0]["run"])

    def test_what_was_erased_since_does_not_come_back(self):
        self.done("update", self.partner, "--contact-email", "new@example.org")
        run = self.last_run()
        self.done("erase", self.partner, "--contact")
        self.assertRegex(self.refused(3, run), r"erase by .*, which cannot be undone; --skip-changed leaves it as it is")

    def test_a_contact_named_again_after_an_erasure_goes(self):
        self.done("erase", self.partner, "--contact")
        self.done("update", self.partner, "--contact-name", "New Desk", "--contact-email", "new@example.org")
        self.undo()
        shown = self.show(self.partner)
        self.assertEqual((shown["contact_email"], shown["contact_erased_on"]), (None, day(0)))
        self.done("check")

    def test_a_name_or_reference_that_another_took_since(self):
        self.done("update", self.partner, "--reference", "R-1")
        for own, new, other in (("name", "Renamed Association", {"name": "First Association"}),
                                ("reference", "R-2", {"name": "Other Association", "reference": "R-1"})):
            self.done("update", self.partner, f"--{own}", new)
            run = self.last_run()
            taken = form(**other) | {"website": f"https://{own}.example.org/"}
            taker = self.done("apply", *options(taken), "--allow-similar").out.split("\t")[0]
            self.assertIn(f"its {own} '{other[own]}' is now that of {taker}", self.refused(5, run))

    def test_names_that_were_passed_on_within_a_run_go_back(self):
        other = self.apply("Second Association")
        self.done("update", "--csv", self.csv([{"id": self.partner, "name": "Third Association"}, {"id": other, "name": "First Association"}]), "--allow-similar")
        self.undo()
        self.assertEqual((self.show(self.partner)["name"], self.show(other)["name"]), ("First Association", "Second Association"))
        self.done("check")

    def test_no_such_run(self):
        self.assertIn("no run", self.refused(4, "0123456789abcdef"))
        self.refused(4, "--last", "--as", "Nobody")
        for wrong in ("1", "0123456789ABCDEFG"):
            self.refused(2, wrong)
        self.refused(2)
        self.refused(2, "--last", "0123456789abcdef")

    def test_the_last_run_is_that_of_the_actor(self):
        self.done("update", self.partner, "--city", "Ghent")
        self.done("note", self.partner, "Called", "--as", "Ann")
        result = self.undo()
        self.assertIn("update by tester", result.err)
        self.assertEqual(self.show(self.partner)["city"], "Riga")

    def test_a_dry_run_writes_nothing_and_the_report_names_the_partners(self):
        self.done("update", self.partner, "--city", "Ghent")
        with self.writes_nothing():
            self.undo("--last", "--dry-run")
        report = self.report("undo", "--last")
        self.assertEqual(report["partners"], [{"id": self.partner, "status": "approved", "was": "approved"}])


class Policies(Undo):
    def test_whoever_verified_does_not_restore_the_listing(self):
        self.done("policy", "four-eyes", "on")
        self.done("revoke", self.partner, "--reason", "inactive", "--as", "Ann")
        run = self.last_run()
        self.assertIn("verified by tester", self.refused(3, run))
        self.undo(run, "--as", "Bob")
        self.assertEqual(self.status(self.partner), "approved")
        self.assertEqual(self.events()[-1]["policies"], {"commitment": "any", "four-eyes": "on"})
        self.done("check")

    def test_nor_its_evidence(self):
        self.done("correct", self.partner, "--no-commitment", "On paper", "--because", "Lost")
        self.done("policy", "four-eyes", "on")
        run = [event["run"] for event in self.events() if event["action"] == "correct"][0]
        self.refused(3, run)
        self.undo(run, "--as", "Bob")

    def test_an_amendment_restores_no_listing(self):
        self.done("policy", "four-eyes", "on")
        self.done("update", self.partner, "--city", "Ghent")
        self.undo()
        self.done("check")

    def test_the_commitment_policy_holds(self):
        self.file("signed.toml", '[policy]\ncommitment = "signed"\n')
        self.done("withdraw", self.partner)
        self.assertIn("unchecked", self.refused(3, "--last", "--config", "signed.toml"))
        self.undo()

    def test_what_was_undone_is_no_verification(self):
        eligible = self.partner_that_is("eligible")
        self.done("policy", "four-eyes", "on")
        self.done("verify", eligible, "--as", "Ann")
        self.undo("--last", "--as", "Ann")
        self.approve(eligible, "--as", "Ann")
        self.done("check")


class Since(Undo):
    def test_an_undone_joining_is_no_day_of_joining_and_no_proof(self):
        eligible = self.partner_that_is("eligible")
        self.approve(eligible)
        self.undo()
        self.assertNotEqual(self.covenant("history", eligible, "--prove").code, 0)
        self.approve(eligible)
        self.assertEqual(self.show(eligible)["partner_since"], day(0))
        self.assertEqual(self.done("export", "--format", "atom").out.count("Eligible Association</title>"), 1)
        self.done("check")

    def test_an_undone_ending_is_in_no_feed_and_no_rule(self):
        self.done("withdraw", self.partner)
        self.undo()
        self.assertEqual(self.done("export", "--format", "atom").out.count("First Association</title>"), 1)
        self.done("revoke", self.partner, "--reason", "ceased", "--on", "2024-06-07")
        self.done("apply", *options(form("First Association", applied_on="2024-07-08")))
        self.done("verify", self.partner)
        self.approve(self.partner, "--received-on", "2024-08-09")
        self.done("check")

    def test_undone_practices_are_no_news(self):
        self.done("update", self.partner, "--practice", "Map <https://map.example.org/>")
        self.undo()
        self.done("update", self.partner, "--practice", "Tool <https://tool.example.org/>")
        self.done("export", "--config", "c.toml", "--format", "site", "--output", "site", "--lang", "en")
        feeds = "".join(path.read_text(encoding="utf-8") for path in (self.folder / "site").rglob("*.atom"))
        self.assertNotIn("map.example.org", feeds)
        self.assertIn("tool.example.org", feeds)


if __name__ == "__main__":
    main()
