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


    def test_what_is_valid_and_not_written_is_unchanged(self):
        self.apply("A Association")
        self.apply("B Association")
        file = self.csv([form("C Association"), form("D Association", country="ZZ"), form("E Association")])
        for args, code in ((("apply", "--csv", file), 6), (("verify", "1", "7"), 4),
                           (("update", "--csv", self.file("u.csv", "id,city\n1,Riga\n7,Riga\n")), 6)):
            with self.subTest(args=args), self.writes_nothing():
                report = self.report(*args, code=code)
                self.assertEqual(counts(report), {"read": report["read"], "unchanged": report["read"] - 1, "rejected": 1})

    def test_lines_without_any_value_are_counted(self):
        header, row, _ = self.csv([form()]).read_text().split("\n")
        file = self.file("in.csv", f"{header}\n\n{row}\r\n\r\n{',' * header.count(',')}\n")
        self.assertEqual(counts(self.report("apply", "--csv", file)), {"read": 1, "applied": 1, "blank": 3})


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


class Input(CovenantTest):
    """REFs on standard input."""

    def setUp(self):
        super().setUp()
        self.first, self.second = self.apply("A Association", reference="F-1"), self.apply("B Association")

    def test_a_hyphen_is_the_lines_of_standard_input(self):
        self.assertEqual(self.done("verify", "-", stdin=f"F-1\r\n\n  {self.second} \n1").out,
                         f"{self.first}\teligible\n{self.second}\teligible\n")
        for partner in "12":
            self.approve(partner)
        self.done("revoke", "-", "--reason", "inactive", stdin="1\n")
        self.done("withdraw", "-", stdin="2\n")
        self.assertEqual([self.status(partner) for partner in "12"], ["revoked", "withdrawn"])

    def test_show_shows_each(self):
        shown = self.done("show", "-", "--format", "json", stdin="2\nF-1\n")
        self.assertEqual(shown.json(), [self.show(partner) for partner in "21"])
        self.assertEqual(self.done("show", "2", "1", "--format", "json").out, shown.out)
        self.assertEqual(self.done("show", "-", "--format", "json", stdin="1\n").json(), [self.show("1")])
        self.assertEqual(self.done("show", "1", "2", "1", "--format", "json").json(),
                         [self.show(partner) for partner in "121"])
        self.assertEqual(self.done("show", "-", "--format", "json", stdin="").out, "[]\n")
        self.assertIn("is one form", self.fails(2, "show", "-", "--format", "toml", stdin="1\n2\n"))
        self.assertEqual(self.done("show", "1", "2").out,
                         self.done("show", "1").out + "\n" + self.done("show", "2").out)

    def test_no_line_is_nothing_to_do(self):
        with self.writes_nothing():
            for command in (("verify",), ("revoke", "--reason", "inactive"), ("withdraw",), ("show",)):
                for stdin in ("", "\n \n"):
                    self.assertEqual(self.done(command[0], "-", *command[1:], stdin=stdin).out, "")

    def test_a_line_that_names_nobody_is_refused(self):
        for command in (("verify",), ("withdraw",), ("show",)):
            with self.writes_nothing():
                self.assertIn("'X-1'", self.fails(4, *command, "-", stdin="1\nX-1\n"))


class Again(CovenantTest):
    """A file that was done already."""

    def again(self, command, rows, columns=None, **changed):
        file = self.csv(rows, columns=columns)
        self.done(command, "--csv", file)
        with self.writes_nothing():
            self.assertEqual(self.done(command, "--csv", file).out, "")
            self.assertEqual(counts(self.report(command, "--csv", file)), {"read": len(rows), "unchanged": len(rows)})
        for column, value in changed.items():
            with self.subTest(column=column), self.writes_nothing():
                self.report(command, "--csv", self.csv([rows[0] | {column: value}], columns=columns), code=6)

    def test_what_is_so_already_is_unchanged(self):
        self.commitment()
        for name in "ABC":
            self.apply(f"{name} Association", applied_on="2024-12-01")
        self.again("verify", [{"id": "1", "finding": "scope=pass", "source": ""},
                              {"id": "2", "finding": "", "source": "Statutes"},
                              {"id": "3", "finding": "scope=pass;website=pass", "source": "Statutes"}])
        rows = [{"id": "2", "finding": "scope=pass"}, {"id": "AP-2", "finding": ""}]
        self.assertEqual(counts(self.report("verify", "--csv", self.csv(rows))), {"read": 2, "updated": 1, "unchanged": 1})
        with self.writes_nothing():
            rows = [{"id": "2", "finding": f"scope={result}"} for result in ("fail", "pass")]
            err = self.exits(6, "verify", "--csv", self.csv(rows)).err
            self.assertIn("in.csv:3: partner: AP-0002 is also in line 2; keep one of them", err)
        columns = ("partner", "commitment", "no_commitment", "received_on", "signed_on", "signed_by")
        self.again("approve", [{"partner": "1", "commitment": "commitment.pdf", "received_on": "2025-01-02"},
                               {"partner": "2", "no_commitment": "On paper", "signed_by": "B Desk"},
                               {"partner": "3", "commitment": "commitment.pdf", "signed_on": "2025-01-02"}],
                   columns, received_on="2025-01-03", signed_on="2025-01-01", signed_by="C Desk")
        self.again("revoke", [{"partner": "1", "reason": "ceased", "on": "2025-03-04", "note": "By law"}],
                   ("partner", "reason", "on", "note"), reason="inactive", on="2025-03-05", note="By itself")
        with self.writes_nothing():
            for command, partner in (("approve", "2"), ("revoke", "1")):
                required = {"approve": "commitment", "revoke": "reason"}[command]
                self.assertEqual(counts(self.report(command, "--csv", self.csv([{"partner": partner, required: ""}]))),
                                 {"read": 1, "unchanged": 1})
            merger = self.csv([{"partner": "1", "reason": "merged", "successor": ""}])
            self.assertEqual(self.report("revoke", "--csv", merger, code=6)["errors"][0]["column"], "successor")
        self.again("withdraw", [{"partner": "2", "on": "", "note": ""}, {"partner": "3", "on": "", "note": "Letter"}],
                   None, note="Other")

    def test_a_verification_is_made_again_when_the_criteria_decide_otherwise(self):
        self.apply()
        file = self.csv([{"partner": "1", "finding": "scope=pass"}])
        self.done("verify", "--csv", file)
        self.done("update", "1", "--website=")
        self.exits(3, "verify", "--csv", file)

    def test_the_files_of_a_csv_are_beside_it(self):
        self.apply()
        self.done("verify", "1")
        (self.folder / "mail").mkdir()
        self.file("mail/signed.pdf", b"%PDF-1.7\n")
        self.file("mail/in.csv", "partner,commitment\n1,signed.pdf\n")
        self.done("approve", "--csv", "mail/in.csv")
        self.assertEqual(self.show("1")["commitments"][0]["document"]["name"], "signed.pdf")


class Documents(CovenantTest):
    def test_a_document_of_another_partner_is_one_note_a_run(self):
        for name in "ABCD":
            self.apply(f"{name} Association")
        self.done("verify", "--all")
        self.assertEqual(self.report("approve", "1", "--commitment", self.commitment())["notes"], [])
        rows = [{"partner": number, "commitment": "commitment.pdf"} for number in "234"]
        report = self.report("approve", "--csv", self.csv(rows))
        self.assertEqual([(note["line"], note["column"], note["code"], note["value"]) for note in report["notes"]],
                         [(2, "commitment", "document", "commitment.pdf")])
        self.assertIn("AP-0001", report["notes"][0]["message"])


class UpdateCsv(CovenantTest):
    def setUp(self):
        super().setUp()
        self.apply("A Association", reference="F-1", city="Ghent")
        self.apply("B Association")

    def test_the_fields_are_columns(self):
        file = self.csv([{"id": "F-1", "city": "Bruges", "acronym": "AA"}, {"id": "2", "city": "", "acronym": ""}])
        self.assertEqual(self.done("update", "--csv", file).out, "AP-0001\tapplied\n")
        self.assertEqual((self.show("1")["city"], self.show("1")["acronym"]), ("Bruges", "AA"))
        self.assertEqual(counts(self.report("update", "--csv", file)), {"read": 2, "unchanged": 2})

    def test_an_empty_cell_clears_only_with_clear_empty(self):
        file = self.csv([{"partner": "1", "city": ""}])
        self.assertEqual(counts(self.report("update", "--csv", file)), {"read": 1, "unchanged": 1})
        notes = self.report("update", "--csv", file, "--clear-empty")["notes"]
        self.assertEqual([(note["column"], note["code"], note["value"]) for note in notes],
                         [("city", "cleared", "Ghent")])
        self.assertIsNone(self.show("1")["city"])

    def test_an_ended_partner_is_amended_as_well(self):
        self.done("withdraw", "1")
        self.done("update", "--csv", self.csv([{"partner": "1", "city": "Bruges"}]))
        self.assertEqual((self.show("1")["city"], self.status("1")), ("Bruges", "withdrawn"))

    def test_bad_rows_are_refused(self):
        for row, problem in (({"partner": "9", "city": "Ghent"}, ("partner", "partner")),
                             ({"partner": "", "city": "Ghent"}, ("partner", "required")),
                             ({"partner": "2", "reference": "F-1"}, ("reference", "conflict")),
                             ({"partner": "2", "name": "a association"}, ("name", "conflict")),
                             ({"partner": "2", "country": "ZZ"}, ("country", "country"))):
            with self.subTest(row=row), self.writes_nothing():
                error = self.report("update", "--csv", self.csv([row]), code=6)["errors"][0]
                self.assertEqual((error["column"], error["code"]), problem)

    def test_it_is_options_or_a_file(self):
        file = self.csv([{"partner": "1", "city": "Bruges"}])
        for args in ((), ("1", "--csv", file), ("--csv", file, "--city=X"), ("1", "--city=X", "--clear-empty")):
            with self.writes_nothing():
                self.fails(2, "update", *args)


if __name__ == "__main__":
    main()
