"""revoke and withdraw. covenant-lifecycle(7), ENDING."""

from support import CovenantTest, counts, day, main

REASONS = ("commission-decision", "no-longer-eligible", "commitments-not-met", "inactive", "ceased",
           "entered-in-error")


class Revoke(CovenantTest):
    def refused(self, code, *args):
        with self.writes_nothing():
            return self.fails(code, "revoke", *args)

    def test_every_reason_is_kept(self):
        for reason in REASONS:
            partner = self.listed(f"{reason} Association")
            self.assertEqual(self.done("revoke", partner, "--reason", reason).out, f"{partner}\trevoked\n")
            self.assertEqual(self.show(partner)["end_reason"], reason)

    def test_a_merger_names_who_goes_on(self):
        successor, partner = self.listed("Successor", reference="S-1"), self.listed("Merged Association")
        self.done("revoke", partner, "--reason", "merged", "--successor", "S-1")
        shown = self.show(partner)
        self.assertEqual((shown["end_reason"], shown["successor"]), ("merged", successor))

    def test_a_merger_and_no_other_reason_needs_the_option_for_a_successor(self):
        partner, other = self.listed(), self.listed("Other Association")
        self.assertIn("--successor", self.refused(2, partner, "--reason", "merged"))
        self.assertIn("'ceased'", self.refused(2, partner, "--reason", "ceased", "--successor", other))

    def test_in_a_csv_a_merger_and_no_other_reason_needs_a_successor(self):
        partner, other = self.listed(), self.listed("Other Association")
        for reason, successor, code, value in (("merged", "", "required", ""), ("ceased", other, "choice", other)):
            with self.subTest(reason=reason), self.writes_nothing():
                rows = [{"partner": partner, "reason": reason, "successor": successor}]
                report = self.report("revoke", "--csv", self.csv(rows), code=6)
                self.assertEqual([(error["column"], error["code"], error["value"]) for error in report["errors"]],
                                 [("successor", code, value)])

    def test_an_unknown_successor_is_told(self):
        self.assertIn("AP-0099", self.refused(4, self.listed(), "--reason", "merged", "--successor", "AP-0099"))

    def test_nobody_succeeds_itself(self):
        partner = self.listed()
        with self.writes_nothing():
            self.assertNotEqual(self.covenant("revoke", partner, "--reason", "merged", "--successor", partner).code, 0)

    def test_a_reason_is_one_of_the_codes(self):
        partner = self.listed()
        for args in ((), ("--reason", ""), ("--reason", "unknown"), ("--reason", "Inactive")):
            with self.subTest(args=args):
                self.refused(2, partner, *args)
        self.assertIn("write one of commission-decision, ", self.refused(2, partner))

    def test_an_unknown_partner_is_told(self):
        self.assertIn("F-99", self.refused(4, "F-99", "--reason", "inactive"))

    def test_the_csv_has_the_options_as_columns(self):
        successor, first, second = (self.listed(f"{name} Association") for name in "SAB")
        rows = [{"partner": first, "reason": "merged", "on": "2025-01-02", "note": "By law", "successor": successor},
                {"partner": second, "reason": "ceased"}]
        self.assertEqual(self.done("revoke", "--csv", self.csv(rows)).out, f"{first}\trevoked\n{second}\trevoked\n")
        shown = self.show(first)
        self.assertEqual((shown["ended_on"], shown["end_note"], shown["successor"]),
                         ("2025-01-02", "By law", successor))

    def test_a_bad_row_means_nothing_is_written(self):
        partner, applied = self.listed(), self.apply("Applied Association")
        for row, code in (({"partner": "AP-0099", "reason": "ceased"}, "partner"),
                          ({"partner": applied, "reason": "ceased"}, "status"),
                          ({"partner": partner, "reason": "bored"}, "choice"),
                          ({"partner": partner, "reason": ""}, "required"),
                          ({"partner": partner, "reason": "ceased", "on": day(2)}, "date")):
            with self.subTest(row=row), self.writes_nothing():
                report = self.report("revoke", "--csv", self.csv([row], columns=("partner", "reason", "on")), code=6)
                self.assertEqual([(error["line"], error["code"]) for error in report["errors"]], [(2, code)])
                self.assertEqual(counts(report), {"read": 1, "rejected": 1})


class Ending(CovenantTest):
    """What revoke and withdraw have in common."""

    COMMANDS = (("revoke", "--reason", "inactive"), ("withdraw",))

    def end(self, command, partner, *more):
        return (command[0], partner, *command[1:], *more)

    def test_the_day_is_today_unless_given(self):
        for command in self.COMMANDS:
            partner = self.listed(f"{command[0]} Association")
            with self.dated_today(lambda: [self.show(partner)["ended_on"]]):
                self.done(*self.end(command, partner))
            other = self.listed(f"other {command[0]} Association", received_on="2024-05-06")
            self.done(*self.end(command, other, "--on", "2024-05-06"))
            self.assertEqual(self.show(other)["ended_on"], "2024-05-06")

    def test_the_day_is_one_of_the_partnership(self):
        for command in self.COMMANDS:
            partner = self.listed(f"{command[0]} Association", received_on="2024-05-06")
            for date in (day(2), "2024-05-05", "2024-02-30", "soon", ""):
                with self.subTest(command=command, date=date), self.writes_nothing():
                    self.fails(6, *self.end(command, partner, "--on", date))

    def test_a_note_explains_it(self):
        for command in self.COMMANDS:
            partner = self.listed(f"{command[0]} Association")
            self.done(*self.end(command, partner, "--note", "As announced,\nby letter."))
            self.assertEqual(self.show(partner)["end_note"], "As announced,\nby letter.")

    def test_the_partner_leaves_the_public_list_and_stays_in_the_registry(self):
        for command in self.COMMANDS:
            partner = self.listed(f"{command[0]} Association")
            self.assertIn(partner, self.done("export", "--format", "csv").out)
            self.done(*self.end(command, partner))
            self.assertNotIn(partner, self.done("export", "--format", "csv").out)
            self.assertIn(partner, self.done("list").out)

    def test_a_note_has_no_control_characters(self):
        partner = self.listed()
        for command in self.COMMANDS:
            with self.writes_nothing():
                self.fails(6, *self.end(command, partner, "--note", "a\x1bb"))


if __name__ == "__main__":
    main()
