"""What was entered in error never was, and a successor is listed. covenant-lifecycle(7), ENDING."""

import json

from support import CovenantTest, day, main


class EnteredInError(CovenantTest):
    SITE = ("--format", "site", "--output", "site", "--lang", "en", "--allow-empty")

    def setUp(self):
        super().setUp()
        self.file("c.toml", '[site]\nbase_url = "https://partners.example.org/"\n')
        self.other = self.listed("Other Association", "2024-03-01")

    def annul(self, partner):
        self.done("revoke", partner, "--reason", "entered-in-error", "--note", "Wrong row approved")

    def public(self):
        """Everything that is published, as one text."""
        self.done("export", "--config", "c.toml", *self.SITE)
        texts = [self.done("export", "--format", format).out for format in ("json", "csv", "html", "atom")]
        files = [path for path in (self.folder / "site").rglob("*") if path.is_file()]
        return "\n".join(texts + [path.name for path in files] + [path.read_bytes().decode("latin-1") for path in files])

    def test_the_joining_and_its_ending_are_nowhere_in_public(self):
        partner = self.listed("Never Joined Association")
        self.assertIn("Never Joined", self.public())
        self.annul(partner)
        public = self.public()
        for trace in ("Never Joined", partner):
            self.assertNotIn(trace, public)
        self.assertIn("Other Association", public)
        self.done("check")

    def test_its_renewals_are_annulled_with_it(self):
        partner = self.listed("Renewed Association", "2022-05-06", applied_on="2022-05-01")
        self.done("renew", partner, "--on", "2024-05-06", "--commitment", self.file("renewal.pdf", b"%PDF-1.7\nAgain.\n"))
        in_error, both = ["entered-in-error"] * 2, [None] * 2
        for command, annulled in ((("revoke", partner, "--reason", "entered-in-error"), in_error),
                                  (("correct", partner, "--end-reason", "ceased", "--because", "It had joined"), both),
                                  (("undo", "--last"), in_error), (("undo", "--last"), both)):
            self.done(*command)
            self.assertEqual([one["annulled"] for one in self.show(partner)["commitments"]], annulled)
            self.assertEqual(self.done("check").err, f"{self.registry} is sound.\n")

    def test_it_is_no_day_of_joining(self):
        partner = self.listed("Never Joined Association", "2024-05-06")
        self.annul(partner)
        shown = self.show(partner)
        self.assertEqual((shown["status"], shown["end_reason"], shown["partner_since"]),
                         ("revoked", "entered-in-error", None))
        self.assertEqual(shown["commitments"][0]["annulled"], "entered-in-error")
        self.apply("Never Joined Association", applied_on="2023-01-02")
        self.done("verify", partner)
        self.approve(partner, "--received-on", "2023-02-03")
        self.assertEqual(self.show(partner)["partner_since"], "2023-02-03")
        self.done("check")

    def test_an_earlier_partnership_stays_public_with_its_own_days(self):
        partner = self.listed("Back Association", "2020-01-02")
        self.done("withdraw", partner, "--on", "2021-03-04")
        self.apply("Back Association", applied_on="2022-01-02")
        self.done("verify", partner)
        self.approve(partner, "--received-on", "2022-05-06")
        self.annul(partner)
        self.assertEqual(self.show(partner)["partner_since"], "2020-01-02")
        [former] = json.loads(self.done("export", "--format", "json").out)["former"]
        self.assertEqual((former["id"], former["joined"], former["ended"]), (partner, "2020-01-02", "2021-03-04"))
        feed = self.done("export", "--format", "atom").out
        self.assertEqual(feed.count("Back Association</title>"), 2)
        self.assertNotIn("2022-05-06", feed)
        self.done("check")

    def test_as_of_any_day_it_never_was(self):
        partner = self.listed("Never Joined Association", "2024-03-01")
        self.annul(partner)
        for date in ("2024-03-01", day(-1), day(0)):
            self.assertNotIn(partner, self.done("list", "--ids", "--as-of", date, "--status", "approved").out)
            self.assertNotIn(partner, self.done("export", "--format", "json", "--as-of", date).out)


class Successors(CovenantTest):
    def setUp(self):
        super().setUp()
        self.alpha, self.beta, self.gamma = (self.listed(f"{name} Association", "2024-03-01")
                                             for name in ("Alpha", "Beta", "Gamma"))

    def merge(self, partner, into):
        self.done("revoke", partner, "--reason", "merged", "--successor", into)

    def former(self):
        return {former["id"]: former["successor"] for former in json.loads(self.done("export", "--format", "json").out)["former"]}

    def test_a_successor_has_to_be_listed(self):
        applied = self.apply("Applied Association")
        self.done("withdraw", self.gamma)
        for other in (applied, self.gamma):
            with self.writes_nothing():
                self.assertIn(other, self.fails(3, "revoke", self.alpha, "--reason", "merged", "--successor", other))
            report = self.report("revoke", "--csv", self.csv([{"partner": self.alpha, "reason": "merged", "successor": other}]),
                                 code=6)
            self.assertEqual([error["code"] for error in report["errors"]], ["rule"])

    def test_of_one_that_merged_itself_the_message_names_the_one_that_is_listed(self):
        self.merge(self.alpha, self.beta)
        self.assertIn(f"it merged into {self.beta}",
                      self.fails(3, "revoke", self.gamma, "--reason", "merged", "--successor", self.alpha))

    def test_the_public_list_follows_mergers_to_the_one_that_is_listed(self):
        self.merge(self.alpha, self.beta)
        self.assertEqual(self.former(), {self.alpha: self.beta})
        self.merge(self.beta, self.gamma)
        self.assertEqual(self.former(), {self.alpha: self.gamma, self.beta: self.gamma})
        self.assertEqual(self.show(self.alpha)["successor"], self.beta)
        self.file("c.toml", '[site]\nbase_url = "https://partners.example.org/"\n')
        self.done("export", "--config", "c.toml", "--format", "site", "--output", "site", "--lang", "en")
        page = (self.folder / "site" / "partner" / f"{self.alpha}.en.html").read_text(encoding="utf-8")
        self.assertIn(f'href="{self.gamma}.en.html">Gamma Association</a>', page)
        self.done("withdraw", self.gamma)
        self.assertEqual(self.former(), {self.alpha: None, self.beta: None, self.gamma: None})

    def test_one_that_ended_otherwise_has_none(self):
        self.done("withdraw", self.alpha)
        self.assertEqual(self.former(), {self.alpha: None})


if __name__ == "__main__":
    main()
