"""An output file never replaces the registry, nor the file that is read. covenant-export(1)."""

import contextlib
import os
import sqlite3

from support import CovenantTest, csv_text, form, main


class Target(CovenantTest):
    WRITERS = (("export", "--format", "csv", "--output"), ("export", "--format", "html", "--output"),
               ("export", "1", "--format", "certificate", "--output"), ("evidence", "1", "--output"),
               ("apply", "--csv", "in.csv", "--rejects"), ("backup",))

    def setUp(self):
        super().setUp()
        self.listed()
        self.csv([form("Association in a file", country="ZZ")])

    def test_the_registry_is_refused_by_any_name(self):
        (self.folder / "link.db").symlink_to(self.registry)
        for writer in self.WRITERS:
            for name in ("registry.db", "./registry.db", "link.db"):
                with self.subTest(writer=writer, name=name):
                    before = self.registry.read_bytes()
                    self.assertIn("the registry itself", self.fails(5, *writer, name))
                    self.assertEqual(self.registry.read_bytes(), before)

    def test_the_registry_is_refused_by_a_hard_link(self):
        os.link(self.registry, self.folder / "hard.db")
        before = self.registry.read_bytes()
        for writer in self.WRITERS:
            with self.subTest(writer=writer):
                code, why = (9, "hard link") if writer[0] == "apply" else (5, "the registry itself")
                self.assertIn(why, self.fails(code, *writer, "hard.db", "--quiet"))
                self.assertEqual(self.registry.read_bytes(), before)

    def test_the_journals_of_the_registry_are_refused(self):
        with contextlib.closing(sqlite3.connect(self.registry)) as other:
            other.execute("PRAGMA wal_autocheckpoint = 0")
            other.execute("SELECT count(*) FROM event").fetchall()  # keeps the journal from being folded in
            self.apply("Association in the journal")
            for writer in self.WRITERS:
                for suffix in ("-wal", "-shm", "-journal"):
                    with self.subTest(writer=writer, suffix=suffix):
                        self.assertIn("the registry itself", self.fails(5, *writer, f"registry.db{suffix}"))
        self.assertEqual(len(self.partners()), 2)
        self.done("check")

    def test_an_empty_name_is_refused(self):
        for writer in (*self.WRITERS, ("export", "--format", "site", "--output")):
            with self.subTest(writer=writer), self.writes_nothing():
                self.assertRegex(self.fails(2, *writer, ""), r"\Acovenant: (--[a-z]+|FILE): '' is empty; name a file\n\Z")

    def test_a_dry_run_refuses_it_as_well(self):
        self.fails(5, "apply", "--csv", "in.csv", "--rejects", "registry.db", "--dry-run")

    def test_rejected_rows_do_not_replace_the_file_that_is_read(self):
        os.link(self.folder / "in.csv", self.folder / "hard.csv")
        content = (self.folder / "in.csv").read_bytes()
        for name in ("in.csv", "./in.csv", "hard.csv"):
            with self.subTest(name=name), self.writes_nothing():
                self.assertIn("--rejects", self.fails(2, "apply", "--csv", "in.csv", "--rejects", name))
                self.assertEqual((self.folder / "in.csv").read_bytes(), content)

    def test_rejected_rows_go_to_a_file_not_among_the_lines_for_machines(self):
        with self.writes_nothing():
            self.assertIn("--rejects", self.fails(2, "apply", "--csv", "in.csv", "--rejects", "-"))
        self.assertFalse((self.folder / "-").exists())

    def test_standard_input_may_be_read_beside_them(self):
        self.exits(6, "apply", "--csv", "-", "--rejects", "bad.csv", stdin=csv_text([form(country="ZZ")]))
        self.assertTrue((self.folder / "bad.csv").exists())


if __name__ == "__main__":
    main()
