"""What is said of a bad row: code, line, column, value; and that nothing is written.

covenant-csv(5), ALL OR NOTHING.
"""

from support import CovenantTest, counts, csv_text, form, main

# code: the fields that make a row wrong, its column, or None where it is the whole row's
FIELD_CODES = {
    "required": ({"country": ""}, "country"),
    "too-long": ({"acronym": "x" * 41}, "acronym"),
    "too-short": ({"name": "x"}, "name"),
    "control-character": ({"city": "a\x1bb"}, "city"),
    "encoding": ({"city": "caf\udce9"}, "city"),
    "invisible": ({"city": "\u200b"}, "city"),
    "spreadsheet": ({"city": "#N/A"}, "city"),
    "choice": ({"level": "regional"}, "level"),
    "country": ({"country": "ZZ"}, "country"),
    "number": ({"member_count": "many"}, "member_count"),
    "date": ({"applied_on": "2023-02-29"}, "applied_on"),
    "url": ({"website": "example.org"}, "website"),
    "email": ({"contact_email": "desk"}, "contact_email"),
    "phone": ({"contact_phone": "12"}, "contact_phone"),
    "reference": ({"reference": "a b"}, "reference"),
    "practice": ({"practices": "Title <>"}, "practices"),
}
COLUMNS = (*form(), "reference", "acronym", "member_count", "city", "description", "practices", "contact_phone",
           "applied_on")
GOOD = [form("A Association"), form("B Association")]


class CsvErrors(CovenantTest):
    def errors(self, content, *more):
        """The errors of a file of which nothing may be written."""
        with self.writes_nothing():
            report = self.report("apply", "--csv", self.file("in.csv", content), *more, code=6)
        self.assertEqual(counts(report).get("applied", 0), 0)
        return report["errors"]

    def codes(self, content, *more):
        return [(error["line"], error["column"], error["code"]) for error in self.errors(content, *more)]

    def test_every_code_of_a_field(self):
        for code, (wrong, column) in FIELD_CODES.items():
            with self.subTest(code=code):
                content = csv_text([GOOD[0], form("C Association") | wrong, GOOD[1]], columns=COLUMNS)
                self.assertEqual(self.codes(content), [(3, column, code)])
                result = self.exits(6, "apply", "--csv", "in.csv")
                self.assertRegex(result.err, rf"(?m)\Acovenant: in\.csv:3: {column}: .+\n")
                self.assertEqual(result.out, "")

    def test_the_value_is_the_offending_text(self):
        for code, (wrong, column) in FIELD_CODES.items():
            if code not in ("required", "encoding", "control-character"):
                with self.subTest(code=code):
                    content = csv_text([form("C Association") | wrong], columns=COLUMNS)
                    self.assertEqual(self.errors(content)[0]["value"], wrong[column])

    def test_every_problem_of_a_row_is_told(self):
        row = form(country="ZZ", website="x", contact_email="x")
        self.assertEqual({code for _, _, code in self.codes(csv_text([row]))}, {"country", "url", "email"})

    def test_a_row_of_too_many_or_too_few_fields(self):
        header, row, _ = csv_text(GOOD[:1]).split("\n")
        for wrong in (row + ",", row + ",x,y", row.rsplit(",", 1)[0], "x"):
            with self.subTest(wrong=wrong):
                self.assertEqual(self.codes(f"{header}\n{wrong}\n{row}\n"), [(2, None, "columns")])

    def test_errors_beyond_those_that_are_shown_are_counted_by_code(self):
        rows = [form(f"{name} Association") | {"country": "ZZ"} for name in "ABC"]
        rows.append(form("D Association") | {"level": "regional"})
        result = self.exits(6, "apply", "--csv", self.file("in.csv", csv_text(rows)), "--max-errors", "1")
        self.assertIn("covenant: 3 more errors: 1 choice, 2 country\n", result.err)
        self.assertIn("Nothing was written: 4 of 4 rows have errors.", result.err)

    def test_errors_are_shown_and_counted_by_rows(self):
        rows = [form(f"{name} Association") | {"country": "ZZ", "level": "regional"} for name in "ABC"]
        result = self.exits(6, "apply", "--csv", self.file("in.csv", csv_text(rows)), "--max-errors", "2")
        self.assertEqual(result.err.count("in.csv:"), 4)
        self.assertIn("covenant: 2 more errors: 1 choice, 1 country\n", result.err)
        self.assertTrue(result.err.endswith("Nothing was written: 3 of 3 rows have errors.\n"), result.err)

    def test_malformed_quoting(self):
        header, row, _ = csv_text(GOOD[:1]).split("\n")
        rest = row.split(",", 1)[1]
        for wrong in (f'"A "Association",{rest}', f'A "Association",{rest}', f'"A Association"x,{rest}',
                      f'"A Association" ,{rest}', f' "A Association",{rest}'):
            with self.subTest(wrong=wrong):
                [(line, _, code)] = self.codes(f"{header}\n{wrong}\n{csv_text([GOOD[1]]).split(chr(10))[1]}\n")
                self.assertEqual((line, code), (2, "quote"))

    def test_a_quote_that_never_ends(self):
        header, *rows = csv_text(GOOD[:2]).splitlines()
        errors = self.codes(f'{header}\n{rows[0]}\n"A Association,{rows[1]}\n{rows[1]}\n')
        self.assertEqual([(line, code) for line, _, code in errors], [(3, "quote")])

    def test_the_same_partner_twice_in_a_file(self):
        for second in (form("A ASSOCIATION!", website=""), form("C Association", reference="F-1")):
            content = csv_text([form("A Association", reference="F-1"), GOOD[1], second], columns=COLUMNS)
            with self.subTest(second=second):
                self.assertEqual([(line, code) for line, _, code in self.codes(content)], [(4, "duplicate")])

    def test_two_equal_rows_in_a_file(self):
        self.assertEqual([(line, code) for line, _, code in self.codes(csv_text([GOOD[0], GOOD[0]]))],
                         [(3, "duplicate")])

    def test_possibly_the_same_partner_twice_in_a_file(self):
        alike = "\u0410" + GOOD[0]["name"][1:]
        for change, which in (({"website": GOOD[0]["website"].replace("//", "//www.")}, "is also in line 2 ("),
                              ({"acronym": "EA"}, "is also in line 2 ("),
                              ({"name": alike}, "may be taken for the name in line 2 (")):
            content = csv_text([GOOD[0] | {"acronym": "EA"}, form("C Association") | change], columns=COLUMNS)
            with self.subTest(change=change):
                self.assertEqual([(line, code) for line, _, code in self.codes(content)], [(3, "similar")])
                error = self.exits(6, "apply", "--csv", "in.csv").err.splitlines()[0]
                self.assertIn(f"{which}{GOOD[0]['name']})", error)
                self.assertTrue(error.endswith("; if it is another, write yes in allow_similar"), error)
                self.done("apply", "--csv", "in.csv", "--allow-similar", "--dry-run")

    def test_a_partner_that_the_same_file_files_has_no_id_yet(self):
        first = self.apply("First Association", website="", reference="R-First")
        for change in ({"name": "New Association"}, {"reference": "R-New"}):
            rows = [form("New Association", website="", reference="R-New"),
                    form("First Association", website="", reference="R-First", id=first) | change]
            with self.subTest(change=change):
                error = self.exits(6, "apply", "--update", "--csv", self.csv(rows)).err.splitlines()[0]
                self.assertIn("line 2", error)
                self.assertNotIn("AP-0002", error)

    def test_possibly_the_same_as_a_stored_partner(self):
        partner = self.apply("A Association", acronym="EA")
        for change in ({"website": GOOD[0]["website"]}, {"acronym": "EA"}):
            [error] = self.errors(csv_text([form("C Association") | change], columns=COLUMNS))
            self.assertEqual((error["line"], error["code"]), (2, "similar"))
            self.assertIn(partner, error["message"])

    def test_a_row_that_names_a_stored_partner_but_differs(self):
        partner = self.apply("A Association", reference="F-1")
        for row in (form("A Association", reference="F-1", city="Ghent"), form("A Association", city="Ghent"),
                    form("Other Association", reference="F-1")):
            [error] = self.errors(csv_text([row], columns=COLUMNS))
            self.assertEqual((error["line"], error["code"]), (2, "conflict"))
            self.assertIn(partner, error["message"])


class Lines(CovenantTest):
    """Lines are those of the file."""

    def lines(self, content):
        report = self.report("apply", "--csv", self.file("in.csv", content), code=6)
        return [error["line"] for error in report["errors"]]

    def test_line_feeds_in_quotes_move_the_count_on(self):
        for end in ("\n", "\r\n"):
            rows = [form("A Association", description=f"1{end}2{end}3"), form("B Association", country="ZZ"),
                    form("C Association", description=f"{end}x{end}{end}y"), form("D Association", country="ZZ")]
            with self.subTest(end=end):
                self.assertEqual(self.lines(csv_text(rows, columns=COLUMNS, end=end)), [5, 10])

    def test_blank_lines_move_the_count_on(self):
        header, row, _ = csv_text([form(country="ZZ")]).split("\n")
        self.assertEqual(self.lines(f"\ufeff{header}\n\n\n{row}\n"), [4])

    def test_a_header_may_take_several_lines(self):
        header, row, _ = csv_text([form(country="ZZ")]).split("\n")
        result = self.exits(6, "apply", "--csv", self.file("in.csv", f'"na\nme",{header}\n,{row}\n'))
        self.assertIn("in.csv:1: ", result.err)

    def test_bytes_that_are_not_utf_8_have_line_and_column(self):
        content = csv_text([form("A Association", description="1\n2"), form("B Association", city="\udcff")],
                           columns=COLUMNS)
        result = self.exits(6, "apply", "--csv", self.file("in.csv", content))
        self.assertRegex(result.err, r"\Acovenant: [^\n]*in\.csv:4: city: ")

    def test_standard_input_has_lines_too(self):
        result = self.exits(6, "apply", "--csv", "-", stdin=csv_text([form(country="ZZ")]))
        self.assertRegex(result.err, r"\Acovenant: -:2: country: .*ZZ")


class MaxErrors(CovenantTest):
    ROWS = [form(f"Association {number}", country="ZZ") for number in range(150)]

    def reported(self, *more):
        result = self.exits(6, "apply", "--csv", self.csv(self.ROWS), *more)
        return [line for line in result.err.splitlines() if "in.csv:" in line], result.err

    def test_a_hundred_are_told_and_the_rest_counted(self):
        lines, everything = self.reported()
        self.assertEqual(len(lines), 100)
        self.assertRegex("\n".join(everything.splitlines()[100:]), r"\b50\b")

    def test_the_number_can_be_chosen(self):
        self.assertEqual(len(self.reported("--max-errors", "3")[0]), 3)
        self.assertEqual(len(self.reported("--max-errors", "1000")[0]), 150)

    def test_the_report_counts_all(self):
        report = self.report("apply", "--csv", self.csv(self.ROWS), "--max-errors", "3", code=6)
        self.assertEqual((len(report["errors"]), counts(report)), (3, {"read": 150, "rejected": 150}))

    def test_it_is_a_number(self):
        for number in ("many", "-1", "1.5", "", "10001", "999999999"):
            self.fails(2, "apply", "--csv", self.csv(self.ROWS[:1]), "--max-errors", number)


class AllOrNothing(CovenantTest):
    def test_one_bad_row_among_many_means_nothing_is_written(self):
        for place in (0, 50, 100):
            rows = [form(f"Association {number}") for number in range(101)]
            rows[place] = rows[place] | {"country": "ZZ"}
            with self.subTest(place=place), self.writes_nothing():
                self.assertEqual(self.exits(6, "apply", "--csv", self.csv(rows)).out, "")

    def test_the_next_id_does_not_know_of_it(self):
        self.exits(6, "apply", "--csv", self.csv([form("A Association"), form("B Association", country="ZZ")]))
        self.assertEqual(self.apply("C Association"), "AP-0001")


if __name__ == "__main__":
    main()
