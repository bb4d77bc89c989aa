"""Batches so large that they do without the table's indexes until their end: the same rules, and the same file after it."""

import sqlite3
import unittest

from support import CovenantTest, csv_text, form

ROWS = 17000  # the indexes go at 16,384 new partners


def rows(count):
    return [form(f"Association {number}", reference=f"R/{number}", acronym=f"ACR{number}") for number in range(count)]


class LargeBatch(CovenantTest):
    def write(self, given):
        (self.folder / "batch.csv").write_text(csv_text(given), encoding="utf-8")

    def schema(self):
        with sqlite3.connect(self.registry) as database:
            return database.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()

    def test_leaves_the_schema_and_the_tables_as_they_have_to_be(self):
        before = self.schema()
        self.write(rows(ROWS))
        self.done("apply", "--csv", "batch.csv")
        self.assertEqual(self.schema(), before)
        self.done("check")
        self.assertEqual(self.done("list", "--count").out.strip(), str(ROWS))
        self.assertIn(f"{ROWS} unchanged", self.done("apply", "--csv", "batch.csv").err)

    def test_finds_duplicates_near_and_far(self):
        given = rows(ROWS)
        given += [
            form("Another reference", reference="R/16990"),
            form("ASSOCIATION 5", reference="R/new"),
            form("association 16995!"),
            form("Another host", website="https://www.association-16999.example.org/en"),
            form("Another acronym", acronym="acr 7"),
        ]
        self.write(given)
        result = self.exits(6, "apply", "--csv", "batch.csv")
        first = ROWS + 2
        lines = result.err.splitlines()
        for number, (column, other) in enumerate([
            ("reference", " line 16992;"), ("name", " line 7;"), ("name", " line 16997;"), ("website", " line 17001 ("),
            ("acronym", " line 9 ("),
        ]):
            self.assertIn(f"batch.csv:{first + number}: {column}: ", lines[number])
            self.assertIn(other, lines[number])
        self.assertEqual(self.done("list", "--count").out.strip(), "0")

    def test_keeps_the_good_rows_and_gives_back_the_others(self):
        given = rows(ROWS)
        given.insert(16900, form("association 3"))
        self.write(given)
        self.exits(6, "apply", "--csv", "batch.csv", "--rejects", "rejects.csv")
        self.assertEqual(self.done("list", "--count").out.strip(), str(ROWS))
        self.assertEqual(len((self.folder / "rejects.csv").read_text(encoding="utf-8").splitlines()), 2)
        self.done("check")

    def test_amends_in_the_same_run(self):
        self.write(rows(20))
        self.done("apply", "--csv", "batch.csv")
        given = rows(ROWS)
        given.append(given.pop(3) | {"name": "Renamed", "website": "https://renamed.example.org/"})
        given.append(form("association 3"))
        self.write(given)
        self.done("apply", "--csv", "batch.csv", "--update", "--allow-similar")  # a former name
        self.assertEqual(self.done("list", "--count").out.strip(), str(ROWS + 1))
        self.assertIn("Renamed", self.done("show", "AP-0004").out)
        self.done("check")


if __name__ == "__main__":
    unittest.main()
