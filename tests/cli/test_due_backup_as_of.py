"""backup, and the days of --as-of and --as-recorded. covenant-backup(1), covenant-list(1)."""

import contextlib
import sqlite3

from support import STATUSES, CovenantTest, day, main


class Backup(CovenantTest):
    def test_the_copy_is_a_registry_with_the_same_content(self):
        for status in STATUSES:
            self.partner_that_is(status)
        before = self.history(), self.partners()
        result = self.done("backup", "copy.db")
        self.assertEqual(result.out, "")
        self.env["COVENANT_REGISTRY"] = str(self.folder / "copy.db")
        self.assertEqual((self.history(), self.partners()), before)
        self.done("check")
        self.assertEqual((self.folder / "copy.db").stat().st_mode & 0o777, 0o600)

    def test_others_may_write_meanwhile(self):
        self.apply()
        with contextlib.closing(sqlite3.connect(self.registry, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            self.done("backup", "copy.db", "--wait", "0")

    def test_the_registry_itself_is_no_target(self):
        self.apply()
        inode = self.registry.stat().st_ino
        self.assertNotEqual(self.covenant("backup", self.registry).code, 0)
        self.assertEqual(self.registry.stat().st_ino, inode)

    def test_a_target_that_cannot_be_written_leaves_nothing(self):
        self.fails(9, "backup", "missing/copy.db")
        self.fails(2, "backup")


class AsOf(CovenantTest):
    def test_it_is_a_date(self):
        for date in ("soon", "2024-02-30", ""):
            for command in (("list",), ("export", "--format", "csv")):
                for option in ("--as-of", "--as-recorded"):
                    self.fails(2, *command, option, date)


if __name__ == "__main__":
    main()
