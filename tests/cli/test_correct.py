"""correct: what was entered wrongly of a joining or an ending. covenant-correct(1)."""

import json

from support import COMMITMENT, CovenantTest, form, main, options

WHY = ("--because", "Misread the stamp")


class Correct(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = self.listed("Corrected Association", "2024-05-06", applied_on="2024-01-02")

    def correct(self, *args, partner=None):
        return self.done("correct", partner or self.partner, *args, *WHY)

    def refused(self, code, *args, partner=None):
        with self.writes_nothing():
            return self.fails(code, "correct", partner or self.partner, *args, *WHY)

    def days(self, partner=None):
        shown = self.show(partner or self.partner)
        return shown["approved_on"], shown["partner_since"], shown["ended_on"]

    def former(self):
        return {one["id"]: (one["joined"], one["ended"], one["successor"])
                for one in json.loads(self.done("export", "--format", "json").out)["former"]}

    def feed(self):
        return self.done("export", "--format", "atom").out

    def public(self):
        return [partner["partner_since"] for partner in json.loads(self.done("export", "--format", "json").out)["partners"]]

    def again(self):
        """The partner leaves, and joins again."""
        self.done("withdraw", self.partner, "--on", "2024-08-09")
        self.done("apply", *options(form("Corrected Association", applied_on="2024-09-01")))
        self.done("verify", self.partner)
        self.approve(self.partner, "--received-on", "2024-10-11")


class Joinings(Correct):
    def test_the_day_of_receipt_and_what_follows_from_it(self):
        self.assertEqual(self.correct("--received-on", "2024-04-05").out, f"{self.partner}\tapproved\n")
        self.assertEqual(self.days(), ("2024-04-05", "2024-04-05", None))
        self.assertEqual(self.public(), ["2024-04-05"])
        self.assertIn("2024-04-05T00:00:00Z", self.feed())
        self.assertNotIn("2024-05-06T00:00:00Z", self.feed())
        self.assertEqual(self.feed().count("/joined/2024-05-06<"), 1)  # an id is for ever
        self.done("check")

    def test_the_history_and_the_record_keep_both_values(self):
        self.correct("--received-on", "2024-04-05", "--signed-by", "Right Signer")
        event = self.events()[-1]
        self.assertEqual((event["action"], event["old"]["approved_on"], event["new"]["approved_on"]),
                         ("correct", "2024-05-06", "2024-04-05"))
        self.assertNotIn("Misread", self.history())
        self.assertNotIn("Right Signer", self.history())
        self.assertIn("because: Misread the stamp", self.done("history", self.partner).out)
        self.assertEqual([(one["received_on"], one["annulled"], one["signed_by"]) for one in self.show(self.partner)["commitments"]],
                         [("2024-05-06", "corrected", None), ("2024-04-05", None, "Right Signer")])
        self.assertIn(", corrected, ", self.done("show", self.partner).out)

    def test_the_commitment_is_replaced_and_the_first_one_kept(self):
        right = self.file("right.pdf", COMMITMENT + b"right")
        self.correct("--commitment", right, "--signed-on", "2024-05-01")
        self.assertIn("right.pdf", self.done("evidence", self.partner).out)
        self.done("evidence", self.partner, "--output", "out.pdf")
        self.assertEqual((self.folder / "out.pdf").read_bytes(), COMMITMENT + b"right")
        self.assertEqual(len(self.sql("SELECT * FROM document")), 2)
        self.done("check")
        self.correct("--no-commitment", "On paper")
        self.assertEqual(self.show(self.partner)["commitments"][-1]["no_commitment"], "On paper")
        self.assertEqual(self.show(self.partner)["commitments"][-1]["signed_on"], "2024-05-01")
        self.done("check")

    def test_only_the_first_joining_moves_partner_since(self):
        self.again()
        self.correct("--received-on", "2024-10-12")
        self.assertEqual(self.days(), ("2024-10-12", "2024-05-06", None))
        self.assertIn("/joined/2024-10-11/2<", self.feed())
        self.assertNotIn("/3<", self.feed())
        self.done("check")

    def test_the_last_joining_of_one_that_applied_again(self):
        self.done("withdraw", self.partner, "--on", "2024-08-09")
        self.done("apply", *options(form("Corrected Association", applied_on="2024-09-01")))
        self.correct("--received-on", "2024-04-05")
        self.assertEqual(self.days(), (None, "2024-04-05", None))
        self.assertEqual(self.status(self.partner), "applied")
        self.assertIn("2024-01-02", self.refused(6, "--received-on", "2023-12-31"))
        self.assertIn("2024-08-09", self.refused(6, "--received-on", "2024-08-10"))
        self.done("check")

    def test_impossible_days_are_refused_with_both(self):
        self.done("renew", self.partner, "--on", "2024-07-01")
        for day, other, *more in (("2024-01-01", "2024-01-02"), ("2024-07-02", "2024-07-01"),
                                  ("2024-05-06", "2024-05-07", "--signed-on", "2024-05-07")):
            error = self.refused(6, "--received-on", day, *more)
            self.assertIn(day, error)
            self.assertIn(other, error)
        self.assertIn("2008", self.refused(6, "--signed-on", "2007-12-31"))
        self.refused(6, "--received-on", "2099-01-01")

    def test_a_joining_again_is_not_before_the_last_ending(self):
        self.again()
        error = self.refused(6, "--received-on", "2024-08-08")
        self.assertIn("2024-09-01", error)  # of the application
        self.done("update", self.partner, "--applied-on", "2024-08-01")
        self.assertIn("2024-08-09", self.refused(6, "--received-on", "2024-08-08"))

    def test_who_never_joined_has_nothing_to_correct(self):
        for status in ("applied", "eligible", "ineligible", "withdrawn"):
            partner = self.partner_that_is(status)
            self.refused(3, "--received-on", "2024-05-05", partner=partner)

    def test_what_is_so_already_is_not_recorded(self):
        with self.writes_nothing():
            self.assertEqual(self.correct("--received-on", "2024-05-06").out, "")
            self.assertEqual(self.correct("--commitment", self.commitment()).out, "")

    def test_why_and_what_are_required(self):
        self.fails(2, "correct", self.partner, "--received-on", "2024-05-05")
        self.fails(2, "correct", self.partner, *WHY)
        self.fails(2, "correct", self.partner, "--commitment", self.commitment(), "--no-commitment", "On paper", *WHY)
        self.fails(4, "correct", "AP-0099", "--received-on", "2024-05-05", *WHY)

    def test_a_dry_run_writes_nothing(self):
        with self.writes_nothing():
            self.correct("--received-on", "2024-05-05", "--dry-run")
        report = self.report("correct", self.partner, "--received-on", "2024-05-05", *WHY)
        self.assertEqual(report["partners"], [{"id": self.partner, "status": "approved", "was": "approved"}])


class Endings(Correct):
    def end(self, *how):
        self.done("revoke", self.partner, *(how or ("--reason", "inactive")), "--on", "2025-02-03")

    def test_the_day_the_reason_and_the_note(self):
        self.end()
        self.correct("--ended-on", "2025-02-04", "--end-reason", "ceased", "--end-note", "Dissolved")
        shown = self.show(self.partner)
        self.assertEqual((shown["status"], shown["ended_on"], shown["end_reason"], shown["end_note"]),
                         ("revoked", "2025-02-04", "ceased", "Dissolved"))
        self.assertEqual(self.former(), {self.partner: ("2024-05-06", "2025-02-04", None)})
        feed = self.feed()
        self.assertIn("2025-02-04T00:00:00Z", feed)
        self.assertNotIn("2025-02-03T00:00:00Z", feed)
        self.assertIn("/ended/2025-02-03<", feed)
        self.assertNotIn("Dissolved", self.history())
        self.done("check")

    def test_a_withdrawal_has_a_day_and_no_reason(self):
        self.done("withdraw", self.partner, "--on", "2025-02-03")
        self.correct("--ended-on", "2025-02-04")
        self.assertEqual(self.days(), ("2024-05-06", "2024-05-06", "2025-02-04"))
        self.refused(3, "--end-reason", "ceased")
        self.done("check")

    def test_in_error_annuls_the_joining_and_back(self):
        self.end()
        self.correct("--end-reason", "entered-in-error")
        self.assertEqual(self.days(), ("2024-05-06", None, "2025-02-03"))
        self.assertEqual(self.former(), {})
        self.assertNotIn("Corrected Association", self.feed())
        self.assertEqual(self.show(self.partner)["commitments"][0]["annulled"], "entered-in-error")
        self.done("check")
        self.correct("--end-reason", "ceased", "--received-on", "2024-05-05")
        self.assertEqual(self.days(), ("2024-05-05", "2024-05-05", "2025-02-03"))
        self.assertEqual(self.former(), {self.partner: ("2024-05-05", "2025-02-03", None)})
        self.assertEqual(self.feed().count("Corrected Association</title>"), 2)
        self.done("check")

    def test_what_was_entered_in_error_from_the_first_may_have_ended_otherwise(self):
        self.end("--reason", "entered-in-error")
        self.correct("--end-reason", "inactive")
        self.assertEqual(self.former(), {self.partner: ("2024-05-06", "2025-02-03", None)})
        self.done("check")

    def test_a_merger_has_a_listed_successor_and_nothing_else_has_one(self):
        heir = self.listed("Heir Association", "2024-03-01")
        applied = self.partner_that_is("applied")
        self.end()
        self.refused(3, "--end-reason", "merged")
        self.refused(3, "--end-reason", "merged", "--successor", applied)
        self.refused(3, "--successor", heir)
        self.correct("--end-reason", "merged", "--successor", heir)
        self.assertEqual(self.former()[self.partner], ("2024-05-06", "2025-02-03", heir))
        self.correct("--ended-on", "2025-02-04")
        self.assertEqual(self.show(self.partner)["successor"], heir)
        self.correct("--end-reason", "ceased")
        self.assertIsNone(self.show(self.partner)["successor"])
        self.done("check")

    def test_impossible_days_are_refused_with_both(self):
        self.end()
        error = self.refused(6, "--ended-on", "2024-05-05")
        self.assertIn("2024-05-05", error)
        self.assertIn("2024-05-06", error)
        self.assertIn("2025-02-03", self.refused(6, "--received-on", "2025-02-04"))
        self.correct("--received-on", "2025-02-04", "--ended-on", "2025-02-04")
        self.done("check")

    def test_the_last_ending_of_one_that_joined_again(self):
        self.again()
        self.assertIn("2024-10-11", self.refused(6, "--ended-on", "2024-10-12"))
        self.assertIn("2024-05-06", self.refused(6, "--ended-on", "2024-05-05"))
        self.correct("--ended-on", "2024-07-08")
        self.assertEqual(self.days(), ("2024-10-11", "2024-05-06", None))
        self.assertIn("2024-07-08T00:00:00Z", self.feed())
        self.assertNotIn("2024-08-09T00:00:00Z", self.feed())
        self.refused(3, "--end-note", "Own wish")
        self.done("check")

    def test_one_that_did_not_end_has_nothing_to_correct(self):
        self.refused(3, "--ended-on", "2024-06-07")

    def test_a_withdrawn_application_ended_on_or_after_it(self):
        partner = self.apply("Shy Association", applied_on="2024-01-02")
        self.done("withdraw", partner, "--on", "2024-02-03")
        self.correct("--ended-on", "2024-01-02", partner=partner)
        self.assertIn("2024-01-02", self.refused(6, "--ended-on", "2024-01-01", partner=partner))
        self.done("check")


class Policies(Correct):
    def test_whoever_verified_does_not_replace_the_commitment(self):
        self.done("policy", "four-eyes", "on")
        for evidence in (("--commitment", self.file("right.pdf", COMMITMENT + b"right")), ("--no-commitment", "On paper")):
            self.assertIn("verified by tester", self.refused(3, *evidence))
        self.correct("--received-on", "2024-05-05")
        self.correct("--commitment", "right.pdf", "--as", "Ann")
        self.assertEqual(self.events()[-1]["policies"], {"commitment": "any", "four-eyes": "on"})
        self.done("check")

    def test_the_commitment_policy_holds_for_the_new_one(self):
        self.file("c.toml", '[policy]\ncommitment = "signed"\n')
        right = self.file("right.pdf", COMMITMENT + b"right")
        self.assertIn("unchecked", self.refused(3, "--commitment", right, "--config", "c.toml"))
        self.assertIn("refused by the policy", self.refused(3, "--no-commitment", "On paper", "--config", "c.toml"))
        self.correct("--received-on", "2024-05-05", "--config", "c.toml")


class Erased(Correct):
    def test_a_correction_of_what_was_erased_since_leaves_it_erased(self):
        self.correct("--signed-by", "Right Signer")
        self.done("erase", self.partner, "--contact")
        self.correct("--received-on", "2024-05-05")
        self.assertNotIn(b"Right Signer", self.registry.read_bytes())
        self.assertIsNone(self.show(self.partner)["commitments"][-1]["signed_by"])
        self.done("check")


if __name__ == "__main__":
    main()
