"""--dry-run: the very same path, the same report, and nothing written. covenant(1), OPTIONS."""

from support import STATUSES, CovenantTest, form, main, options


class DryRun(CovenantTest):
    def setUp(self):
        super().setUp()
        self.partner = {status: self.partner_that_is(status) for status in STATUSES}
        self.commitment()
        self.csv([form("A Association"), form("B Association")], "good.csv")
        self.csv([form("C Association"), form("D Association", country="ZZ")], "bad.csv")
        self.csv([{"partner": self.partner["approved"], "reason": "ceased"}], "revoke.csv")

    def commands(self):
        """Every changing command, with the exit code it has; each leaves the next its partners."""
        return (
            (0, ("apply", *options(form("New Association")))),
            (0, ("apply", *options(form("Withdrawn Association", city="Ghent")))),
            (5, ("apply", *options(form("Applied Association")))),
            (6, ("apply", *options(form("Other Association", country="ZZ")))),
            (0, ("apply", "--csv", "good.csv")),
            (6, ("apply", "--csv", "bad.csv")),
            (6, ("apply", "--csv", "bad.csv", "--rejects", "rejects.csv")),
            (0, ("update", self.partner["applied"], "--city", "Ghent")),
            (0, ("verify", self.partner["applied"])),
            (3, ("verify", self.partner["ineligible"])),
            (3, ("verify", self.partner["revoked"])),
            (0, ("verify", "--all")),
            (0, ("approve", self.partner["eligible"], "--commitment", "commitment.pdf")),
            (3, ("approve", self.partner["ineligible"], "--commitment", "commitment.pdf")),
            (0, ("revoke", "--csv", "revoke.csv")),
            (0, ("withdraw", self.partner["applied"])),
            (4, ("withdraw", "AP-0099")),
            (0, ("erase", self.partner["approved"], "--contact")),
        )

    def test_every_changing_command_reports_the_same_and_writes_nothing(self):
        for code, command in self.commands():
            with self.subTest(command=command):
                files = set(self.folder.glob("*.csv"))
                with self.writes_nothing():
                    dry = self.exits(code, *command, "--dry-run").out
                self.assertEqual(set(self.folder.glob("*.csv")), files)
                self.assertEqual(dry, self.exits(code, *command).out)

    def test_a_plain_copy_of_a_registry_stays_what_it_is_to_the_byte(self):
        self.done("backup", "plain.db")
        copy = self.folder / "plain.db"
        before = copy.read_bytes()
        for code, command in self.commands() + ((0, ("policy", "four-eyes", "on")),):
            with self.subTest(command=command):
                self.exits(code, *command, "--dry-run", "--registry", copy)
                self.assertEqual(copy.read_bytes(), before)
                self.assertEqual({path.name for path in self.folder.glob("plain.db*")}, {"plain.db"})
        office = self.file("office.toml", "[office]\nemail = \"office@example.org\"\n")
        self.done("letter", self.partner["approved"], "--kind", "practices", "--no-record", "--config", office,
                  "--registry", copy)
        self.assertEqual(copy.read_bytes(), before)

    def test_the_report_of_a_dry_run_is_the_report_of_the_run(self):
        for code, command in self.commands():
            with self.subTest(command=command):
                dry = self.exits(code, *command, "--dry-run", "--format", "json").out
                self.assertEqual(dry, self.exits(code, *command, "--format", "json").out)

    def test_people_are_told_that_nothing_was_written(self):
        self.assertNotEqual(self.done("apply", "--csv", "good.csv", "--dry-run").err,
                            self.done("apply", "--csv", "good.csv").err)


if __name__ == "__main__":
    main()
