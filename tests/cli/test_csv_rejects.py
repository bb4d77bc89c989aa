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

    def test_rejected_again_whatever_is_mended_later_applies(self):
        header, row, _ = csv_text([form("A Association", description="fine")]).split("\n")
        wrongs = {row + ",surplus": (",surplus", ""), row.rsplit(",", 1)[0]: ("desk@example.org", "desk@example.org,fine"),
                  row.replace(",fine", ',"open'): ('"open', '"fine"'),
                  row.replace("A Association", '"A "Association"'): ('"A "Association"', "A Association")}
        for number, (wrong, (old, new)) in enumerate(wrongs.items()):
            with self.subTest(wrong=wrong):
                name = f"A{number} Association"
                _, bad = self.rejected(f"{header}\n{wrong}\n")
                for _ in range(2):
                    _, again = self.rejected(bad)
                    self.assertEqual(again.split("\n")[0], bad.split("\n")[0])
                    self.assertEqual(again.split("\n")[1].count(","), bad.split("\n")[1].count(","))
                mended = again.replace(old, new).replace("A Association", name).replace("https://a-", f"https://a{number}-")
                self.done("apply", "--csv", self.file("corrected.csv", mended))
                self.assertEqual(self.partners("--search", name)[0]["description"], "fine")

    def test_rejected_rows_can_be_mended_within_the_original_file(self):
        content = csv_text([form(country="ZZ")])
        _, bad = self.rejected(content)
        mended = content.split("\n")[0] + "\n" + bad.split("\n")[1].replace("ZZ", "BE") + "\n"
        self.done("apply", "--csv", self.file("corrected.csv", mended))

    def test_a_short_row_with_what_was_added_is_still_short(self):
        header, row, _ = csv_text([form()]).split("\n")
        _, bad = self.rejected(f"{header}\n{','.join(row.split(',')[:-4])}\n")
        report = self.report("apply", "--csv", self.file("again.csv", bad), code=6)
        self.assertEqual([(error["code"], error["value"]) for error in report["errors"]],
                         [("columns", str(len(form()) - 4))])

    def test_rows_can_be_thrown_away(self):
        result = self.exits(6, "apply", "--csv", self.csv(ROWS, columns=COLUMNS), "--rejects", "/dev/null")
        self.assertTrue(result.err.endswith("2 of 4 rows have errors; see /dev/null.\n"), result.err)
        self.assertEqual(self.names(), ["A Association", "C Association"])

    def test_the_file_is_closed_to_others(self):
        self.file("bad.csv", "old").chmod(0o644)
        self.rejected(csv_text(ROWS, columns=COLUMNS))
        self.assertEqual((self.folder / "bad.csv").stat().st_mode & 0o777, 0o600)

    def test_it_replaces_neither_what_is_read_nor_a_registry(self):
        content = csv_text(ROWS, columns=COLUMNS)
        path = self.file("in.csv", content)
        (self.folder / "link.csv").hardlink_to(path)
        self.done("init", "--registry", "other.db")
        self.done("backup", "copy.db")
        with self.writes_nothing():
            for name in ("in.csv", "./in.csv", "link.csv"):
                self.fails(2, "apply", "--csv", "in.csv", "--rejects", name)
            for name in ("registry.db", "registry.db-wal", "other.db", "copy.db"):
                self.fails(5, "apply", "--csv", "in.csv", "--rejects", name)
        self.assertEqual(path.read_bytes().decode(), content)

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
