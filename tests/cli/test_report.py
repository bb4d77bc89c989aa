"""What every changing command reports: its lines, its notes, and the JSON report. covenant(1), NOTES and JSON REPORT."""

from support import CovenantTest, counts, form, main


class Partners(CovenantTest):
    def test_each_changed_partner_is_there_with_what_it_was(self):
        self.assertEqual(self.report("apply", "--name=A Association", "--category=industrial", "--level=european",
                                     "--country=BE", "--contact-name=Desk", "--contact-email=desk@example.org",
                                     "--member-count=20")["partners"],
                         [{"id": "AP-0001", "status": "applied", "was": None}])
        self.assertEqual(self.report("verify", "1", code=3)["partners"],
                         [{"id": "AP-0001", "status": "ineligible", "was": "applied", "failed": ["website"]}])
        self.assertEqual(self.report("update", "1", "--website", "https://a.example.org")["partners"],
                         [{"id": "AP-0001", "status": "ineligible", "was": "ineligible"}])
        self.assertEqual(self.report("verify", "1")["partners"],
                         [{"id": "AP-0001", "status": "eligible", "was": "ineligible", "failed": []}])
        self.assertEqual(self.report("approve", "1", "--commitment", self.commitment())["partners"],
                         [{"id": "AP-0001", "status": "approved", "was": "eligible"}])
        self.assertEqual(self.report("revoke", "1", "--reason", "inactive")["partners"],
                         [{"id": "AP-0001", "status": "revoked", "was": "approved"}])
        self.assertEqual(self.report("erase", "1", "--contact")["partners"],
                         [{"id": "AP-0001", "status": "revoked", "was": "revoked"}])

    def test_one_that_did_not_change_has_no_line(self):
        self.apply(city="Ghent")
        self.assertEqual(self.done("update", "1", "--city", "Ghent").out, "")
        report = self.report("update", "1", "--city", "Ghent")
        self.assertEqual((counts(report), report["partners"]), ({"read": 1, "unchanged": 1}, []))

    def test_a_refusal_is_a_report_as_well(self):
        self.apply()
        for args, code, problem in ((("withdraw", "7"), 4, "partner"), (("update", "7", "--city=X"), 4, "partner"),
                                    (("erase", "7", "--contact"), 4, "partner"), (("verify", "1", "7"), 4, "partner"),
                                    (("revoke", "1", "--reason=inactive"), 3, "status"),
                                    (("update", "1", "--country=ZZ"), 6, "country")):
            with self.subTest(args=args), self.writes_nothing():
                report = self.report(*args, code=code)
                self.assertEqual([error["code"] for error in report["errors"]], [problem])
                self.assertEqual((report["applied"], report["updated"], report["partners"]), (0, 0, []))

    def test_a_long_list_of_them_is_whole(self):
        rows = [form(f"Association {number}") for number in range(6000)]
        report = self.report("apply", "--csv", self.csv(rows))
        self.assertEqual([partner["id"] for partner in report["partners"]],
                         [f"AP-{number:04}" for number in range(1, 6001)])


class Notes(CovenantTest):
    NOTE = "covenant: --finding: note: AP-0001: the earlier finding 'scope=pass' no longer counts; repeat it to keep it"

    def setUp(self):
        super().setUp()
        self.partner = self.apply(level="local")
        self.done("verify", self.partner, "--finding", "scope=pass")

    def test_a_note_is_a_line_of_standard_error_and_changes_no_exit_code(self):
        self.done("update", self.partner, "--level", "european")
        result = self.done("verify", self.partner)
        self.assertEqual(result.out, f"{self.partner}\teligible\n")
        self.assertIn(self.NOTE + "\n", result.err)

    def test_quiet_drops_it(self):
        self.assertEqual(self.exits(3, "verify", self.partner, "--quiet").err, "")

    def test_in_json_it_is_a_member(self):
        notes = self.report("verify", self.partner, code=3)["notes"]
        self.assertEqual([(note["line"], note["column"], note["code"], note["value"]) for note in notes],
                         [(None, "finding", "finding", "scope=pass")])
        self.assertEqual(self.report("verify", self.partner, code=3)["notes"], [])

    def test_in_a_file_it_has_its_line_and_column(self):
        file = self.csv([{"partner": self.partner}])
        result = self.exits(3, "verify", "--csv", file)
        self.assertIn("in.csv:2: finding: note: AP-0001: the earlier finding", result.err)

    def test_a_finding_that_is_repeated_or_contradicted_is_none(self):
        for finding, code in (("scope=pass", 0), ("scope=fail", 3)):
            self.assertNotIn("note:", self.exits(code, "verify", self.partner, "--finding", finding).err)

    def test_beyond_max_errors_they_are_counted(self):
        for number in range(4):
            self.apply(f"Association {number}")
        file = self.csv([{"partner": str(number), "finding": "scope=pass"} for number in range(1, 6)])
        self.done("verify", "--csv", file)
        file = self.csv([{"partner": str(number)} for number in range(1, 6)])
        error = self.exits(3, "verify", "--csv", file, "--max-errors", "3").err
        self.assertEqual(error.count(": note: AP-"), 3)
        self.assertIn("covenant: note: 2 more notes: 2 finding\n", error)


if __name__ == "__main__":
    main()
