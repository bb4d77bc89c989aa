"""--as-of and --as-recorded: the register as of a day, and as it was recorded then. covenant-list(1), PAST DAYS."""

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
                    self.assertEqual(self.done(*command, "--as-recorded", date).out, seen)
            until = self.day_before(following)
            self.assertEqual(self.done(*FORMATS[3], "--as-recorded", until).out, self.seen[date][FORMATS[3]])
        self.assertEqual(len({views[FORMATS[3]] for views in self.seen.values()}), len(self.seen))

    def test_a_file_of_the_past_is_written_like_any(self):
        self.done("export", "--format", "csv", "--as-recorded", "2024-12-30", "--output", "past.csv")
        self.assertEqual((self.folder / "past.csv").read_bytes().decode(),
                         self.seen["2024-03-02"][("export", "--format", "csv")])

    @staticmethod
    def day_before(date):
        return {"2024-03-01": "2024-02-29", "2024-03-02": "2024-03-01", "2024-12-31": "2024-12-30",
                "2025-01-01": "2024-12-31", "2025-03-01": "2025-02-28", "2026-01-01": "2025-12-31"}[date]


class Days(DaysTest):
    def test_before_the_first_day_there_was_nobody(self):
        for option in ("--as-of", "--as-recorded"):
            self.assertEqual(self.done("list", "--format", "json", option, "2024-02-28").json(), [])
            csv = self.done("export", "--format", "csv", option, "2024-02-28").out
            self.assertEqual(len(csv.splitlines()), 1)

    def who_was_listed(self, expected, *options):
        """On each day, by the option for it."""
        for date, names in expected:
            with self.subTest(date=date, options=options):
                day_options = [option if option.startswith("--") else date if option == "DAY" else option
                               for option in options]
                listed = self.partners("--status", "approved", *day_options)
                self.assertEqual([partner["name"] for partner in listed], [f"{name} Association" for name in names])
                rows = self.done("export", "--format", "json", *day_options).json()["partners"]
                self.assertEqual([row["name"] for row in rows], [f"{name} Association" for name in names])

    def test_who_was_listed_on_each_day_by_the_days_of_the_register(self):
        self.who_was_listed((("2024-02-29", []), ("2024-03-01", ["First", "Second"]), ("2024-06-29", ["First", "Second"]),
                             ("2024-06-30", ["Second"]), ("2024-12-31", ["Second"]), ("2025-02-28", ["Second Renamed"]),
                             ("2025-03-01", [])), "--as-of", "DAY")

    def test_who_was_recorded_as_listed_on_each_day(self):
        self.who_was_listed((("2024-02-29", []), ("2024-03-01", ["First"]), ("2024-03-02", ["First", "Second"]),
                             ("2024-12-30", ["First", "Second"]), ("2024-12-31", ["Second"]),
                             ("2025-02-28", ["Second Renamed"]), ("2025-03-01", [])), "--as-recorded", "DAY")

    def test_what_was_known_on_one_day_about_another(self):
        for known, names in (("2024-03-01", ["First"]), ("2024-03-02", ["First", "Second"]),
                             ("2024-12-30", ["First", "Second"]), ("2024-12-31", ["Second"]), ("2025-03-01", ["Second"])):
            self.who_was_listed([("2024-07-01" if known > "2024-07-01" else known, names)],
                                "--as-of", "DAY", "--as-recorded", known)

    def test_the_days_of_the_register_decide_when_they_were_entered_late(self):
        late = form("Late Association") | {"applied-on": "2020-01-02"}
        self.at("2025-04-01 12:00:00", "apply", *options(late))
        self.at("2025-04-02 12:00:00", "verify", "4")
        self.at("2025-04-03 12:00:00", "approve", "4", "--no-commitment", "On paper", "--received-on", "2020-03-04")
        self.at("2025-04-04 12:00:00", "update", "4", "--city", "Riga")
        self.at("2025-04-05 12:00:00", "renew", "4", "--on", "2022-03-04")
        self.at("2025-04-06 12:00:00", "revoke", "4", "--reason", "ceased", "--on", "2023-01-01", "--note", "Dissolved")
        for date, status, joined, renewed, ended in (
                ("2020-01-02", "applied", None, None, None), ("2020-03-03", "applied", None, None, None),
                ("2020-03-04", "approved", "2020-03-04", None, None),
                ("2022-03-04", "approved", "2020-03-04", "2022-03-04", None),
                ("2022-12-31", "approved", "2020-03-04", "2022-03-04", None),
                ("2023-01-01", "revoked", "2020-03-04", "2022-03-04", "2023-01-01"),
                ("2025-04-05", "revoked", "2020-03-04", "2022-03-04", "2023-01-01")):
            with self.subTest(date=date):
                [partner] = self.partners("--as-of", date, "--search", "Late", "--columns", "all")
                self.assertEqual([partner[name] for name in ("status", "approved_on", "renewed_on", "ended_on",
                                                             "partner_since")], [status, joined, renewed, ended, joined])
                self.assertEqual((partner["end_reason"], partner["end_note"]),
                                 ("ceased", "Dissolved") if ended else (None, None))
                # the text first recorded later, or the one recorded by then; the verification has a day of its own
                self.assertEqual(partner["city"], "Riga" if date > "2025-04-03" else None)
                self.assertEqual(partner["verified_on"], "2025-04-02" if date > "2025-04-01" else None)
        self.assertEqual(self.partners("--as-of", "2020-01-01"), [])
        self.assertEqual(self.partners("--as-of", "2022-12-31", "--as-recorded", "2025-03-31"), [])
        [known] = self.partners("--as-of", "2022-12-31", "--as-recorded", "2025-04-02")
        self.assertEqual((known["status"], known["verified_on"]), ("applied", None))

    def test_a_new_application_begins_after_the_ending_before_it(self):
        for date, status, applied in (("2024-06-29", "approved", "2024-02-29"), ("2024-06-30", "revoked", "2024-02-29"),
                                      ("2025-02-28", "revoked", "2024-02-29"), ("2025-03-01", "applied", "2025-03-01")):
            [first] = self.partners("--as-of", date, "--search", "First")
            self.assertEqual((first["status"], first["applied_on"]), (status, applied), date)
            self.assertEqual(first["partner_since"] if "partner_since" in first else "2024-03-01", "2024-03-01")

    def test_today_it_is_the_register_of_today(self):
        self.done("update", "2", "--city", "Lyon")
        for command in FORMATS:
            with self.subTest(command):
                for days in (("--as-of", "today"), ("--as-recorded", "today"),
                             ("--as-of", "today", "--as-recorded", "today")):
                    self.assertEqual(self.done(*command, *days).out, self.done(*command).out)

    def test_a_partner_since_ended_is_as_it_was(self):
        [first] = self.partners("--as-of", "2024-06-29", "--search", "First")
        self.assertEqual((first["status"], first["city"], first["ended_on"], first["end_reason"], first["approved_on"]),
                         ("approved", "Ghent", None, None, "2024-03-01"))
        self.assertEqual(first["practices"], [{"title": "Tool", "url": "https://tool.example.org/"}])

    def test_what_was_erased_since_is_said_to_be_erased(self):
        for option in ("--as-of", "--as-recorded"):
            with self.subTest(option):
                before = self.partners(option, "2024-12-31")
                self.done("erase", "2", "--contact")
                after = self.partners(option, "2024-12-31")
                gone = {f"contact_{part}": "erased" for part in ("name", "email", "phone", "role")}
                self.assertEqual([partner["id"] for partner in after if partner["contact_email"] == "erased"], ["AP-0002"])
                self.assertEqual(after, [partner | {name: text for name, text in gone.items() if name in partner
                                                    and partner["id"] == "AP-0002"} for partner in before])
                self.done("update", "2", "--contact-name", "New Person", "--contact-email", "new@example.org")

    def test_an_erased_note_on_an_ending_is_said_to_be_erased(self):
        def note(*options):
            return [partner["end_note"] for partner in self.partners(*options) if partner["id"] == "AP-0002"]
        self.assertEqual(note("--as-of", "2025-03-01"), ["Own wish"])
        self.done("erase", "2", "--person", "Own wish")
        for option in ("--as-of", "--as-recorded"):
            self.assertEqual(note(option, "2025-03-01"), ["erased"])
        self.assertEqual(note(), [None])
        self.assertEqual(note("--as-of", "today"), [None])

    def test_nothing_is_written_by_looking_back(self):
        before = self.history()
        for command in FORMATS:
            self.done(*command, "--as-of", "2024-03-01")
        self.assertEqual(self.history(), before)
        self.done("check")


class Corrected(ClockTest):
    def setUp(self):
        super().setUp()
        self.at("2024-03-01 12:00:00", "init")
        self.at("2024-03-02 12:00:00", "apply", *options(A | {"applied-on": "2024-01-10"}))
        self.at("2024-03-03 12:00:00", "verify", "1")
        self.at("2024-03-10 12:00:00", "approve", "1", "--no-commitment", "On paper", "--received-on", "2024-03-04")

    def seen(self, *options):
        return [(row["status"], row["approved_on"], row["ended_on"])
                for row in self.partners("--columns", "status,approved_on,ended_on", "--sort", "id", *options)]

    def shown(self, expected):
        for options, seen in expected:
            with self.subTest(options):
                self.assertEqual(self.seen(*options.split()), seen)

    def test_a_corrected_day_counts_for_all_days_once_it_is_known(self):
        self.at("2024-04-01 12:00:00", "correct", "1", "--received-on", "2024-02-20", "--because", "Misread")
        early, late = ("approved", "2024-02-20", None), ("approved", "2024-03-04", None)
        applied = ("applied", None, None)
        self.shown((("--as-of 2024-02-19", [applied]), ("--as-of 2024-02-20", [early]), ("--as-of today", [early]),
                    ("--as-recorded 2024-03-31", [late]), ("--as-recorded 2024-04-01", [early]),
                    ("--as-of 2024-02-20 --as-recorded 2024-03-31", [applied]),
                    ("--as-of 2024-03-04 --as-recorded 2024-03-31", [late]),
                    ("--as-of 2024-03-04 --as-recorded 2024-04-01", [early])))
        feed = ("export", "--format", "atom")
        self.assertIn("<published>2024-02-20T", self.done(*feed, "--as-of", "2024-02-20").out)
        self.assertIn("<published>2024-03-04T", self.done(*feed, "--as-recorded", "2024-03-31").out)
        self.assertEqual(self.done(*feed, "--as-of", "2024-02-20").out, self.done(*feed).out)

    def test_a_corrected_ending_counts_for_all_days_once_it_is_known(self):
        self.at("2024-05-01 12:00:00", "revoke", "1", "--reason", "ceased", "--on", "2024-04-20")
        self.at("2024-05-02 12:00:00", "correct", "1", "--ended-on", "2024-04-25", "--because", "Misread")
        listed, ended = ("approved", "2024-03-04", None), ("revoked", "2024-03-04", "2024-04-25")
        self.shown((("--as-of 2024-04-24", [listed]), ("--as-of 2024-04-25", [ended]),
                    ("--as-of 2024-04-24 --as-recorded 2024-05-01", [("revoked", "2024-03-04", "2024-04-20")]),
                    ("--as-recorded 2024-05-01", [("revoked", "2024-03-04", "2024-04-20")])))
        ends = [self.done("export", "--format", "atom", *when).out for when in (
            ("--as-of", "2024-04-24"), ("--as-of", "2024-04-25"), ("--as-recorded", "2024-05-01"))]
        self.assertEqual([[day for day in ("2024-04-20", "2024-04-25") if f"<published>{day}T" in feed] for feed in ends],
                         [[], ["2024-04-25"], ["2024-04-20"]])

    def test_what_was_undone_never_was_but_was_recorded(self):
        self.at("2024-05-01 12:00:00", "revoke", "1", "--reason", "ceased", "--on", "2024-04-20")
        self.at("2024-05-02 12:00:00", "undo", "--last")
        listed, ended = ("approved", "2024-03-04", None), ("revoked", "2024-03-04", "2024-04-20")
        self.shown((("--as-of 2024-04-21", [listed]), ("--as-of 2024-05-01", [listed]), ("--as-recorded 2024-05-01", [ended]),
                    ("--as-of 2024-04-21 --as-recorded 2024-05-01", [ended]), ("--as-recorded 2024-05-02", [listed])))
        self.at("2024-05-03 12:00:00", "undo", "--last")
        self.shown((("--as-of 2024-04-19", [listed]), ("--as-of 2024-04-21", [ended]), ("--as-recorded 2024-05-02", [listed]),
                    ("--as-of 2024-04-21 --as-recorded 2024-05-02", [listed]), ("--as-recorded 2024-05-03", [ended])))
        former = [self.done("export", "--format", "json", "--as-recorded", day).json()["former"]
                  for day in ("2024-05-01", "2024-05-02", "2024-05-03")]
        self.assertEqual([len(partners) for partners in former], [1, 0, 1])

    def test_an_undo_gives_back_the_day_on_which_the_contact_was_recorded(self):
        def since():
            days = {self.done("list", "--format", "tsv", "--columns", "contact_since", *past).out for past in ((), ("--as-of", "today"))}
            self.assertEqual(len(days), 1)
            return days.pop().split()[1]
        before = since()
        self.at("2024-05-01 12:00:00", "update", "1", "--contact-role", "Chair")
        self.assertEqual(since(), "2024-05-01")
        self.at("2024-05-02 12:00:00", "undo", "--last")
        self.assertEqual(since(), before)
        self.at("2024-05-03 12:00:00", "undo", "--last")
        self.assertEqual(since(), "2024-05-01")

    def test_a_joining_annulled_on_its_day_never_changed_the_list(self):
        then = ("export", "--format", "json", "--as-of", "2024-05-06")
        before = self.done(*then).out
        partner = self.listed()
        self.assertNotEqual(self.done(*then).out, before)
        self.done("revoke", partner, "--reason", "entered-in-error", "--on", "2024-05-06")
        self.assertEqual(self.done(*then).out, before)

    def test_an_undone_application_is_shown_only_from_the_day_of_the_undo(self):
        self.at("2024-06-01 12:00:00", "apply", *options(B | {"applied-on": "2024-05-01"}))
        self.at("2024-06-02 12:00:00", "undo", "--last")
        listed = ("approved", "2024-03-04", None)
        self.shown((("--as-of 2024-06-01", [listed]), ("--as-of 2024-05-02", [listed]),
                    ("--as-of 2024-06-02", [listed, ("withdrawn", None, "2024-06-02")]),
                    ("--as-recorded 2024-06-01", [listed, ("applied", None, None)]),
                    ("--as-of 2024-05-02 --as-recorded 2024-06-01", [listed, ("applied", None, None)])))

    def test_an_undone_text_never_was(self):
        self.at("2024-05-01 12:00:00", "update", "1", "--city", "Liege")
        self.at("2024-05-03 12:00:00", "undo", "--last")
        self.at("2024-05-05 12:00:00", "update", "1", "--city", "Namur")
        cities = [self.partners(*when.split())[0]["city"] for when in (
            "--as-of 2024-05-01", "--as-of 2024-05-04", "--as-of 2024-05-05", "--as-recorded 2024-05-01",
            "--as-recorded 2024-05-03", "--as-of 2024-05-01 --as-recorded 2024-05-02")]
        self.assertEqual(cities, [None, None, "Namur", "Liege", None, "Liege"])


class Clock(ClockTest):
    def test_a_clock_set_back_does_not_set_the_history_back(self):
        self.at("2025-06-01 12:00:00", "init")
        self.at("2024-01-01 12:00:00", "apply", *options(A), "--clock-is-right")
        self.at("2024-01-01 12:00:01", "verify", "1")
        self.at("2024-01-01 12:00:02", "approve", "1", "--no-commitment", "On paper")
        self.assertEqual({event["at"][:19] for event in self.events()}, {"2025-06-01T12:00:00"})
        self.done("check")
        self.assertEqual(self.partners("--as-recorded", "2025-05-31"), [])
        self.assertEqual(len(self.partners("--as-recorded", "2025-06-01")), 1)
        self.assertEqual(self.partners("--as-of", "2023-12-31"), [])
        self.assertEqual(len(self.partners("--as-of", "2024-01-01")), 1)

    def test_a_day_in_the_future_is_bad_input(self):
        self.done("init")
        for command in (("list",), ("list", "--count"), ("list", "--ids"), ("export", "--format", "csv")):
            for option in ("--as-of", "--as-recorded"):
                self.assertRegex(self.fails(6, *command, option, day(2)),
                                 rf"\Acovenant: {option}: {day(2)} is in the future; today is \d{{4}}-\d\d-\d\d\n\Z")
                for date in (day(-2), "yesterday", "today"):
                    self.done(*command, option, date)

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
