"""Days must be possible: exit 6, code `date`, and the message names both days. covenant-lifecycle(7), DAYS."""

from support import CovenantTest, day, form, main, options


class Days(CovenantTest):
    def eligible(self, applied_on="2024-05-01"):
        partner = self.apply(applied_on=applied_on)
        self.done("verify", partner)
        return partner

    def refuses(self, column, days, *args):
        with self.writes_nothing():
            message = self.fails(6, *args)
            for named in days:
                self.assertIn(named, message)
            error, = self.report(*args, code=6)["errors"]
            self.assertEqual((error["code"], error["column"]), ("date", column))

    def test_a_commitment_is_received_on_or_after_the_application(self):
        partner = self.eligible()
        on_paper = ("approve", partner, "--no-commitment", "Joined on paper")
        self.refuses("received_on", ("1999-01-01", "2024-05-01"), *on_paper, "--received-on", "1999-01-01")
        self.refuses("received_on", ("2024-04-30", "2024-05-01"), *on_paper, "--received-on", "2024-04-30")
        self.done(*on_paper, "--received-on", "2024-05-01")

    def test_an_ending_is_on_or_after_what_it_ends(self):
        partner = self.listed(received_on="2024-05-06")
        for command in (("revoke", partner, "--reason", "inactive"), ("withdraw", partner)):
            self.refuses("on", ("2024-05-05", "2024-05-06"), *command, "--on", "2024-05-05")
        applicant = self.apply("Other Association", applied_on="2024-05-01")
        self.refuses("on", ("2024-04-30", "2024-05-01"), "withdraw", applicant, "--on", "2024-04-30")

    def test_a_new_joining_is_on_or_after_the_last_ending(self):
        partner = self.listed(received_on="2024-05-06")
        self.done("revoke", partner, "--reason", "inactive", "--on", "2025-02-01")
        self.apply("Listed Association", applied_on="2025-01-01")
        self.done("verify", partner)
        on_paper = ("approve", partner, "--no-commitment", "Joined on paper")
        self.refuses("received_on", ("2025-01-31", "2025-02-01"), *on_paper, "--received-on", "2025-01-31")
        self.done(*on_paper, "--received-on", "2025-02-01")

    def test_an_ending_that_was_entered_in_error_stands_in_nobodys_way(self):
        partner = self.listed(received_on="2024-05-06")
        self.done("revoke", partner, "--reason", "entered-in-error", "--on", "2025-02-01")
        self.apply("Listed Association", applied_on="2025-01-01")
        self.done("verify", partner)
        self.done("approve", partner, "--no-commitment", "Joined on paper", "--received-on", "2025-01-31")

    def test_an_application_is_not_moved_after_what_followed(self):
        partner = self.listed(received_on="2024-05-06")
        self.refuses("applied_on", ("2024-05-07", "2024-05-06"), "update", partner, "--applied-on", "2024-05-07")
        self.done("update", partner, "--applied-on", "2024-05-05")
        other = self.apply("Other Association", applied_on="2024-05-01")
        self.done("withdraw", other, "--on", "2024-05-02")
        self.refuses("applied_on", ("2024-05-03", "2024-05-02"), "update", other, "--applied-on", "2024-05-03")

    def test_nothing_is_later_than_today_or_earlier_than_the_covenant(self):
        late = day(2)
        partner = self.eligible()
        self.refuses("applied_on", (late,), "apply", *options(form("Late Association", applied_on=late)))
        self.refuses("applied_on", ("2007-12-31", "2008-01-01"), "apply",
                     *options(form("Early Association", applied_on="2007-12-31")))
        self.refuses("received_on", (late,), "approve", partner, "--no-commitment", "paper", "--received-on", late)
        self.refuses("signed_on", ("2007-12-31", "2008-01-01"), "approve", partner, "--no-commitment", "paper",
                     "--signed-on", "2007-12-31")

    def test_a_day_may_be_a_word(self):
        partner = self.eligible()
        with self.dated_today(lambda: [self.show(partner)["approved_on"]]):
            self.done("approve", partner, "--no-commitment", "paper", "--received-on", "today")
        self.assertEqual(self.done("list", "--joined-since", "yesterday", "--count").out, "1\n")
        self.assertEqual(self.done("list", "--applied-since", "yesterday", "--count").out, "0\n")
        self.done("list", "--as-of", "yesterday")
        self.done("history", "--since", "today")

    def test_the_office_may_have_a_time_zone(self):
        self.file("config.toml", "[office]\ntimezone = \"Pacific/Kiritimati\"\n")
        there = self.done("apply", *options(form()), "--config", "config.toml").out.split("\t")[0]
        self.assertIn(self.show(there)["applied_on"], {day(0), day(1)})
        self.done("check")
        self.file("wrong.toml", "[office]\ntimezone = \"Europe/Atlantis\"\n")
        self.assertIn("'Europe/Atlantis' is not a time zone", self.refuses_settings("list", "--config", "wrong.toml"))


if __name__ == "__main__":
    main()
