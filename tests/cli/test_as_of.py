"""--as-of: the register as it was at the end of a day, exact to the day, from the events. covenant-list(1)."""

from clock import ClockTest
from support import COMMITMENT, day, form, main, options

FORMATS = tuple(("list", "--format", format) for format in ("table", "csv", "tsv", "json", "jsonl")) + tuple(
    ("export", "--format", format) for format in ("html", "csv", "json", "atom")) + (
    ("list", "--status", "approved", "--count"), ("list", "--sort", "country:desc", "--columns", "id,status,city"),
    ("list", "--search", "association", "--country", "FR"), ("export", "--format", "html", "--lang", "lv"))

A, B, C = (form(f"{name} Association", country=country) for name, country in
           (("First", "BE"), ("Second", "FR"), ("Third", "LV")))


class DaysTest(ClockTest):
    """A register with changes on six days; where it is asked for, what was seen at the end of each is kept."""

    keeps_views = False

    def setUp(self):
        super().setUp()
        self.file("commitment.pdf", COMMITMENT)
        self.seen = {}
        self.day("2024-02-29", ("init",), ("apply", *options(A)), ("apply", *options(B)))
        self.day("2024-03-01", ("verify", "--all"), ("approve", "1", "--commitment", "commitment.pdf"))
        self.day("2024-03-02", ("approve", "2", "--commitment", "commitment.pdf", "--received-on", "2024-03-01"),
                 ("update", "1", "--city", "Ghent", "--practice", "Tool <https://tool.example.org/>"))
        self.day("2024-12-31", ("revoke", "1", "--reason", "inactive", "--on", "2024-06-30"),
                 ("apply", *options(C)))
        self.day("2025-01-01", ("update", "2", "--name", "Second Renamed Association", "--acronym", "SRA"),
                 ("verify", "3", "--finding", "scope=fail"), codes={2: 3})
        self.day("2025-03-01", ("withdraw", "2", "--note", "Own wish"), ("apply", *options(A | {"city": "Namur"})))

    def day(self, date, *commands, codes=None):
        """Runs the commands at the very end of that day, the last in its last second."""
        for number, command in enumerate(commands, 1):
            second = 59 - len(commands) + number
            self.at(f"{date} 23:59:{second}", *command, code=(codes or {}).get(number, 0))
        if self.keeps_views:
            self.seen[date] = self.views(f"{date} 23:59:59")

    def views(self, moment):
        return {command: self.at(moment, *command).out for command in FORMATS}


class EveryDay(DaysTest):
    keeps_views = True

    def test_every_list_is_that_of_the_day(self):
        days = [*self.seen, "2026-01-01"]
        for date, following in zip(days, days[1:]):
            for command, seen in self.seen[date].items():
                with self.subTest(date=date, command=command):
                    self.assertEqual(self.done(*command, "--as-of", date).out, seen)
            until = self.day_before(following)
            self.assertEqual(self.done(*FORMATS[3], "--as-of", until).out, self.seen[date][FORMATS[3]])
        self.assertEqual(len({views[FORMATS[3]] for views in self.seen.values()}), len(self.seen))

    def test_a_file_of_the_past_is_written_like_any(self):
        self.done("export", "--format", "csv", "--as-of", "2024-12-30", "--output", "past.csv")
        self.assertEqual((self.folder / "past.csv").read_bytes().decode(),
                         self.seen["2024-03-02"][("export", "--format", "csv")])

    @staticmethod
    def day_before(date):
        return {"2024-03-01": "2024-02-29", "2024-03-02": "2024-03-01", "2024-12-31": "2024-12-30",
                "2025-01-01": "2024-12-31", "2025-03-01": "2025-02-28", "2026-01-01": "2025-12-31"}[date]


class Days(DaysTest):
    def test_before_the_first_day_there_was_nobody(self):
        self.assertEqual(self.done("list", "--format", "json", "--as-of", "2024-02-28").json(), [])
        self.assertEqual(len(self.done("export", "--format", "csv", "--as-of", "2024-02-28").out.splitlines()), 1)

    def test_who_was_listed_on_each_day(self):
        for date, names in (("2024-02-29", []), ("2024-03-01", ["First"]), ("2024-03-02", ["First", "Second"]),
                            ("2024-12-30", ["First", "Second"]), ("2024-12-31", ["Second"]),
                            ("2025-02-28", ["Second Renamed"]), ("2025-03-01", [])):
            with self.subTest(date=date):
                listed = self.partners("--status", "approved", "--as-of", date)
                self.assertEqual([partner["name"] for partner in listed], [f"{name} Association" for name in names])
                rows = self.done("export", "--format", "json", "--as-of", date).json()["partners"]
                self.assertEqual([row["name"] for row in rows], [f"{name} Association" for name in names])

    def test_a_partner_since_ended_is_as_it_was(self):
        [first] = self.partners("--as-of", "2024-12-30", "--search", "First")
        self.assertEqual((first["status"], first["city"], first["ended_on"], first["end_reason"], first["approved_on"]),
                         ("approved", "Ghent", None, None, "2024-03-01"))
        self.assertEqual(first["practices"], [{"title": "Tool", "url": "https://tool.example.org/"}])

    def test_what_was_erased_since_is_erased_in_the_past_as_well(self):
        before = self.partners("--as-of", "2024-12-31")
        self.done("erase", "2", "--contact")
        after = self.partners("--as-of", "2024-12-31")
        gone = {"contact_name": None, "contact_email": None}
        self.assertEqual(after, [partner | (gone if partner["id"] == "AP-0002" else {}) for partner in before])

    def test_nothing_is_written_by_looking_back(self):
        before = self.history()
        for command in FORMATS:
            self.done(*command, "--as-of", "2024-03-01")
        self.assertEqual(self.history(), before)
        self.done("check")


class Clock(ClockTest):
    def test_a_clock_set_back_does_not_set_the_history_back(self):
        self.at("2025-06-01 12:00:00", "init")
        self.at("2024-01-01 12:00:00", "apply", *options(A), "--clock-is-right")
        self.at("2024-01-01 12:00:01", "verify", "1")
        self.at("2024-01-01 12:00:02", "approve", "1", "--no-commitment", "On paper")
        self.assertEqual({event["at"][:19] for event in self.events()}, {"2025-06-01T12:00:00"})
        self.done("check")
        self.assertEqual(self.partners("--as-of", "2025-05-31"), [])
        self.assertEqual(len(self.partners("--as-of", "2025-06-01")), 1)

    def test_a_day_in_the_future_is_bad_input(self):
        self.done("init")
        for command in (("list",), ("export", "--format", "csv")):
            self.assertRegex(self.fails(6, *command, "--as-of", day(2)),
                             rf"\Acovenant: --as-of: {day(2)} is in the future; today is \d{{4}}-\d\d-\d\d\n\Z")
            self.done(*command, "--as-of", day(-2))

    def test_dates_are_of_the_day_in_utc_whatever_the_time_zone(self):
        self.at("2024-03-10 00:30:00", "init")
        for zone, name in (("EAST-14", "A"), ("WEST+11", "B")):
            env = {"LD_PRELOAD": self.preloaded, "FAKETIME": "@2024-03-10 12:00:00", "TZ": zone}
            self.done("apply", *options(form(f"{name} Association")), env=env)
        # the program was started at noon of those zones: 14 hours before and 11 hours after UTC
        self.assertEqual([partner["applied_on"] for partner in self.partners()], ["2024-03-09", "2024-03-10"])
        self.assertEqual([event["at"][:13] for event in self.events()[1:]], ["2024-03-10T00", "2024-03-10T23"])


if __name__ == "__main__":
    main()
