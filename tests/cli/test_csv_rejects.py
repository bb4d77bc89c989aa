"""--rejects: good rows are written, bad rows are written to be corrected. covenant-csv(5), ALL OR NOTHING."""

import csv
import io

from support import CovenantTest, counts, csv_text, form, main

ADDED = ("error_line", "error_column", "error_code", "error")
COLUMNS = (*form(), "city", "description")
ROWS = [form("A Association"), form("B Association", country="ZZ", city="Gent, Oost", description="1\n2 \"x\""),
        form("C Association"), form("D Association", website="example")]


class Rejects(CovenantTest):
    def rejected(self, content, *more, code=6):
        result = self.exits(code, "apply", "--csv", self.file("in.csv", content), "--rejects", "bad.csv", *more)
        return result, (self.folder / "bad.csv").read_bytes().decode("utf-8", "surrogateescape")

    def test_good_rows_are_written_and_bad_rows_are_in_the_file(self):
        result, bad = self.rejected(csv_text(ROWS, columns=COLUMNS))
        self.assertEqual(result.out, "AP-0001\tapplied\nAP-0002\tapplied\n")
        self.assertEqual(self.names(), ["A Association", "C Association"])
        header, *rows = csv.reader(io.StringIO(bad, newline=""))
        self.assertEqual(tuple(header), COLUMNS + ADDED)
        self.assertEqual([(row[0], *row[-4:-1]) for row in rows],
                         [("B Association", "3", "country", "country"), ("D Association", "6", "website", "url")])
        self.assertIn("ZZ", rows[0][-1])

    def test_header_rows_and_line_ends_keep_their_bytes(self):
        for delimiter in (",", ";", "\t"):
            for end in ("\n", "\r\n"):
                with self.subTest(delimiter=delimiter, end=end):
                    rows = [row | {"name": f"{row['name']} {ord(delimiter)} {len(end)}", "website": ""} for row in ROWS]
                    rows[3]["level"] = "x"
                    content = csv_text(rows, columns=COLUMNS, delimiter=delimiter, end=end)
                    content = content.replace("BE", "\"BE\"")
                    _, bad = self.rejected(content)
                    lines = content.split(end)
                    self.assertTrue(bad.startswith(lines[0] + delimiter + delimiter.join(ADDED) + end), bad)
                    for row in ("\n".join(lines[2:4]) if end == "\n" else lines[2], lines[-2]):
                        self.assertIn(end + row + delimiter, bad)
                    self.assertTrue(bad.endswith(end))

    def test_a_byte_order_mark_comes_back(self):
        _, bad = self.rejected("\ufeff" + csv_text(ROWS, columns=COLUMNS))
        self.assertTrue(bad.startswith("\ufeffname,"), bad)

    def test_corrected_and_applied_again_all_are_there(self):
        _, bad = self.rejected(csv_text(ROWS, columns=COLUMNS))
        corrected = bad.replace("ZZ", "BE").replace(",example,", ",https://d.example.org/,")
        report = self.report("apply", "--csv", self.file("corrected.csv", corrected))
        self.assertEqual(counts(report), {"read": 2, "applied": 2})
        self.assertEqual(self.names(), [row["name"] for row in ROWS])
        self.assertEqual(self.partners("--search", "B Association")[0]["description"], "1\n2 \"x\"")

    def test_half_corrected_the_added_columns_are_not_doubled(self):
        _, bad = self.rejected(csv_text(ROWS, columns=COLUMNS))
        _, again = self.rejected(bad.replace("ZZ", "BE"))
        header, row = csv.reader(io.StringIO(again, newline=""))
        self.assertEqual(tuple(header), COLUMNS + ADDED)
        self.assertEqual((len(row), row[0]), (len(header), "D Association"))

    def test_rows_with_no_shape_come_back_as_they_were(self):
        header, row, _ = csv_text([form()]).split("\n")
        for wrong in ("x,y", row + ",z", '"A "B",' + row.split(",", 1)[1]):
            with self.subTest(wrong=wrong):
                _, bad = self.rejected(f"{header}\n{wrong}\n")
                self.assertTrue(bad.split("\n")[1].startswith(wrong), bad)

    def test_an_unclosed_quote_costs_its_own_line(self):
        rows = [form(name, description="fine") for name in ("A Association", "B Association", "C Association")]
        content = csv_text(rows, columns=(*form(), "description")).replace(",fine", ",\"open", 2).replace(",\"open", ",fine", 1)
        result, bad = self.rejected(content)
        self.assertEqual(self.names(), ["A Association", "C Association"])
        self.assertIn("in.csv:3: ", result.err)
        for closed in (bad.replace('"open', '"open"'), bad.splitlines()[0] + "\n" + content.splitlines()[2] + '"\n'):
            with self.subTest(closed=closed):
                report = self.report("apply", "--csv", self.file("corrected.csv", closed))
                self.assertEqual(report["rejected"], 0)
        self.assertEqual(self.partners("--search", "B Association")[0]["description"], "open")

    def test_a_row_that_lacks_more_than_the_added_columns_is_refused(self):
        _, bad = self.rejected(csv_text([form(country="ZZ")]))
        header, row = bad.split("\n")[:2]
        short = ",".join(row.replace("ZZ", "BE").split(",")[:-5])
        report = self.report("apply", "--csv", self.file("corrected.csv", f"{header}\n{short}\n"), code=6)
        self.assertEqual(report["errors"][0]["code"], "columns")

    def test_bytes_that_are_not_utf_8_come_back_as_they_were(self):
        _, bad = self.rejected(csv_text([form(city="caf\udce9")]))
        self.assertIn(",caf\udce9,", bad)

    def test_the_apostrophe_of_a_formula_comes_back_as_it_was(self):
        _, bad = self.rejected(csv_text([form(description="'=1", country="ZZ")]))
        self.assertIn(",'=1,", bad)

    def test_a_row_of_many_problems_comes_back_once(self):
        _, bad = self.rejected(csv_text([form(country="ZZ", website="x", level="y")]))
        self.assertEqual(len(list(csv.reader(io.StringIO(bad, newline="")))), 2)

    def test_every_rejected_row_comes_back_whatever_max_errors_says(self):
        rows = [form(f"Association {number}", country="ZZ") for number in range(20)]
        _, bad = self.rejected(csv_text(rows), "--max-errors", "3")
        self.assertEqual(bad.count("\n"), 21)

    def test_the_report_counts_both(self):
        report = self.report("apply", "--csv", self.csv(ROWS, columns=COLUMNS), "--rejects", "bad.csv", code=6)
        self.assertEqual(counts(report), {"read": 4, "applied": 2, "rejected": 2})

    def test_without_a_bad_row_it_is_done(self):
        self.done("apply", "--csv", self.csv([form()]), "--rejects", "bad.csv")
        self.assertEqual(self.names(), [form()["name"]])

    def test_a_wrong_header_is_refused_all_the_same(self):
        with self.writes_nothing():
            self.exits(6, "apply", "--csv", self.file("in.csv", "name,contry\nx,y\n"), "--rejects", "bad.csv")

    def test_a_file_that_cannot_be_written_means_nothing_is_written(self):
        with self.writes_nothing():
            self.fails(9, "apply", "--csv", self.csv(ROWS, columns=COLUMNS), "--rejects", "missing/bad.csv")

    def test_a_dry_run_writes_no_file(self):
        with self.writes_nothing():
            self.exits(6, "apply", "--csv", self.csv(ROWS, columns=COLUMNS), "--rejects", "bad.csv", "--dry-run")
        self.assertFalse((self.folder / "bad.csv").exists())


if __name__ == "__main__":
    main()
