"""Searches among so many partners that an index of words is used: the same partners are found, and the index follows."""

import unittest

from support import CovenantTest, csv_text, form

ROWS = 20000  # the index is used from so many partners on


class SearchLarge(CovenantTest):
    def setUp(self):
        super().setUp()
        self.cache = self.folder / "cache"
        self.env["XDG_CACHE_HOME"] = str(self.cache)
        rows = [form(f"Association {number}", city="Rīga" if number % 5000 == 0 else "Liepāja", description="") for number in range(ROWS)]
        rows[7] |= {"description": "Enerģijas apvienība: “heat networks” for all"}
        (self.folder / "batch.csv").write_text(csv_text(rows), encoding="utf-8")
        self.done("apply", "--csv", "batch.csv")

    def found(self, text, *more):
        return self.done("list", "--search", text, "--format", "csv", "--columns", "id", "--no-header", *more).out.split()

    def test_words_are_found_and_so_are_parts_of_words(self):
        rigans = ["AP-0001", "AP-10001", "AP-15001", "AP-5001"]
        for _ in range(2):  # the first makes the index
            self.assertEqual(sorted(self.found("riga")), rigans)
            self.assertEqual(self.done("list", "--search", "RĪGA", "--count").out, "4\n")
            for text in ("energijas", "ENERĢ", "heat networks", "heat net", "vieniba", "“heat", "apvienība: “"):
                self.assertEqual(self.found(text), ["AP-0008"], text)
            self.assertEqual(self.found("networks heat"), [])
            self.assertEqual(sorted(self.found("riga", "--limit", "2")), sorted(rigans)[:2])
            self.assertEqual(self.found("riga", "--status", "approved"), [])
        [index] = (self.cache / "covenant").iterdir()
        self.assertEqual(index.stat().st_mode & 0o777, 0o600)

    def test_the_index_follows_what_changes(self):
        self.assertEqual(len(self.found("riga")), 4)
        self.done("update", "AP-5001", "--city", "Ogre")
        self.done("update", "AP-0002", "--city", "Rīga")
        self.done("apply", "--name", "Newcomer of Riga", "--category", "other", "--level", "european", "--country", "LV",
                  "--contact-name", "Contact Desk", "--contact-email", "desk@example.org")
        self.assertEqual(sorted(self.found("riga")), ["AP-0001", "AP-0002", "AP-10001", "AP-15001", "AP-20001"])
        self.assertEqual(self.found("ogre"), ["AP-5001"])

    def test_an_index_that_cannot_be_made_or_is_spoilt_is_no_loss(self):
        self.assertEqual(len(self.found("riga")), 4)
        [index] = (self.cache / "covenant").iterdir()
        index.write_bytes(b"no index at all" * 1000)
        self.assertEqual(len(self.found("riga")), 4)
        self.env["XDG_CACHE_HOME"] = "/dev/null"
        self.assertEqual(len(self.found("riga")), 4)


if __name__ == "__main__":
    unittest.main()
