"""A clock that contradicts the history: covenant(1), The clock."""

from clock import ClockTest
from support import form, main, options

WRONG, RIGHT, LATER = "2099-01-01 12:00:00", "2026-03-10 08:30:00", "2026-03-20 08:30:00"


class Clock(ClockTest):
    def setUp(self):
        super().setUp()
        self.at(RIGHT, "init")
        self.at(WRONG, "apply", *options(form("A Association", applied_on="2026-03-01")))

    def refused(self, moment, *command):
        before = self.history()
        result = self.at(moment, *command, code=3)
        self.assertEqual((result.out, self.history()), ("", before))
        return result.err

    def test_a_last_event_far_ahead_of_it_is_named_with_both_times(self):
        for command in (("verify", "1"), ("update", "1", "--city", "Ghent"), ("erase", "1", "--contact"),
                        ("verify", "1", "--dry-run")):
            with self.subTest(command=command):
                self.assertEqual(
                    self.refused(RIGHT, *command),
                    "covenant: the last event was recorded at 2099-01-01 12:00 UTC, but the clock shows "
                    "2026-03-10 08:30 UTC; set the clock, or if it is right, add --clock-is-right\n")

    def test_a_spreadsheet_is_refused_before_its_rows(self):
        self.csv([form("B Association", country="nowhere")])
        self.assertIn("--clock-is-right", self.refused(RIGHT, "apply", "--csv", "in.csv"))

    def test_the_refusal_is_a_report_as_well(self):
        self.csv([form("B Association")])
        for command in (("verify", "1"), ("apply", "--csv", "in.csv"), ("undo", "--last"), ("policy", "four-eyes", "on")):
            with self.subTest(command=command):
                [error] = self.at(RIGHT, *command, "--format", "json", code=3).json()["errors"]
                self.assertEqual(error["code"], "rule")
                self.assertIn("but the clock shows 2026-03-10 08:30 UTC", error["message"])

    def test_it_may_be_a_day_behind_since_clocks_are_corrected(self):
        self.at("2098-12-31 12:00:01", "verify", "1")
        self.assertEqual(self.events()[-1]["at"][:10], "2099-01-01")
        self.assertNotIn("clock", self.events()[-1])

    def test_once_it_is_confirmed_times_go_on_and_days_are_those_of_the_clock(self):
        self.at(RIGHT, "verify", "1", "--clock-is-right")
        self.at(LATER, "approve", "1", "--no-commitment", "On paper")
        first, second = self.events()[-2:]
        self.assertEqual((first["at"], first["clock"][:16]), (self.events()[1]["at"], "2026-03-10T08:30"))
        self.assertEqual((second["at"], second["clock"][:16]), (first["at"], "2026-03-20T08:30"))
        self.assertIn("clock: 2026-03-10T08:30", self.done("history").out)
        partner = self.show("1")
        self.assertEqual((partner["verified_on"], partner["partner_since"]), ("2026-03-10", "2026-03-20"))
        self.assertEqual(self.done("export", "--format", "json").json()["modified"][:10], "2026-03-20")
        self.assertIn("2026-03-20", self.done("export", "--format", "atom").out)
        self.done("check")

    def test_a_confirmed_clock_may_not_be_set_back_again(self):
        self.at(LATER, "verify", "1", "--clock-is-right")
        self.assertIn("at 2026-03-20 08:30 UTC", self.refused(RIGHT, "update", "1", "--city", "Ghent"))

    def test_a_clock_that_has_caught_up_is_ordinary(self):
        self.at(RIGHT, "verify", "1", "--clock-is-right")
        self.at("2099-02-01 12:00:00", "update", "1", "--city", "Ghent")
        self.assertEqual(self.events()[-1]["at"][:10], "2099-02-01")
        self.assertNotIn("clock", self.events()[-1])
        self.done("check")

    def test_reading_asks_nothing(self):
        for command in (("list",), ("show", "1"), ("history",), ("check",), ("export", "--format", "csv")):
            self.at(RIGHT, *command)


if __name__ == "__main__":
    main()
