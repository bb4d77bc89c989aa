"""A registry that an earlier release made is read, and led to the present schema by the first command that writes.

covenant-registry(5). `tests/migration` has one of each earlier version as SQL, with rows of every kind, and what a list
of all its columns was.
"""

import contextlib
import re
import sqlite3
import unittest
from pathlib import Path

from support import CovenantTest, form, options
from test_history import verify

KEPT = Path(__file__).parent.parent / "migration"
VERSIONS = sorted(int(path.stem.removeprefix("version-")) for path in KEPT.glob("version-*.sql"))


def structure(registry):
    """Every statement of the schema without comments, layout and a table's quotes, by kind and name, and the version."""
    with contextlib.closing(sqlite3.connect(registry)) as connection:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
        version, = connection.execute("PRAGMA user_version").fetchone()
        application, = connection.execute("PRAGMA application_id").fetchone()
    statements = {(kind, name): re.sub(r"\s+", "", re.sub(r"--.*", "", sql)).replace(f'TABLE"{name}"', f"TABLE{name}")
                  for kind, name, sql in rows}
    return statements, version, application


class Migration(CovenantTest):
    def old(self, version):
        path = self.folder / f"version-{version}.db"
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.executescript((KEPT / f"version-{version}.sql").read_text(encoding="utf-8"))
        self.env["COVENANT_REGISTRY"] = str(path)
        return path

    def for_each_version(self):
        self.assertIn(1, VERSIONS)
        for version in VERSIONS:
            with self.subTest(version=version):
                yield version, self.old(version)

    def assert_same_list(self, version):
        kept = (KEPT / f"version-{version}.csv").read_text(encoding="utf-8")
        columns = kept.splitlines()[0]
        listed = self.done("list", "--sort", "id", "--format", "csv", "--columns", columns).out
        self.assertEqual(listed.replace("\r\n", "\n"), kept)

    def test_the_kept_registries_have_rows_in_every_table_and_events_of_every_kind(self):
        for _, path in self.for_each_version():
            with contextlib.closing(sqlite3.connect(path)) as connection:
                tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
                for name, in tables:
                    self.assertGreater(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0], 0, name)
                actions = {action for action, in connection.execute("SELECT body ->> '$.action' FROM event")}
            self.assertEqual(actions, {"init", "apply", "update", "verify", "approve", "revoke", "withdraw", "erase"})

    def test_a_reader_reads_what_is_in_it_and_leaves_it_as_it_is(self):
        for version, path in self.for_each_version():
            before = path.read_bytes()
            self.done("check")
            self.assert_same_list(version)
            self.done("history")
            self.assertEqual(path.read_bytes(), before)

    def test_the_first_change_migrates_it_and_it_is_like_a_new_one(self):
        self.done("init", "--registry", self.folder / "new.db")
        expected = structure(self.folder / "new.db")
        for version, path in self.for_each_version():
            old = structure(path)
            self.done("update", "AP-0001", "--city", "Lille", "--dry-run")
            self.assertEqual(structure(path), old)
            self.done("update", "AP-0001", "--city", "Lille")
            self.assertEqual(structure(path), expected)
            self.done("check")
            self.assert_same_list(version)

    def test_what_is_recorded_after_it_is_of_the_present_version_and_the_older_events_stay(self):
        for version, path in self.for_each_version():
            before = self.history()
            life = self.commands_of_every_kind()
            self.assertTrue(self.history().startswith(before))
            events = verify(path)
            old = len(before.splitlines())
            self.assertEqual({event["v"] for event in events[:old]}, {1})
            self.assertEqual({event["v"] for event in events[old:]}, {2})
            self.assertEqual({event["action"] for event in events[old:]}, life)
            self.done("check")
            self.assertEqual(self.show("AP-0001")["description"], "Another text")
            self.assertNotIn("unmistakable", "".join(path.read_bytes().decode("latin-1") for path in
                                                     self.folder.glob("version-*.db*")))

    def commands_of_every_kind(self):
        """Each action on a partner of the kept registry; returns the actions."""
        self.done("apply", *options(form("New Association", description="A text")))
        self.done("update", "AP-0001", "--description", "Another text", "--practice", "Heat map")
        self.done("verify", "AP-0008", "--source", "Statutes")
        self.done("approve", "AP-0008", "--commitment", self.commitment(), "--signed-by", "unmistakable Signer")
        self.done("revoke", "AP-0002", "--reason", "inactive", "--note", "No answer")
        self.done("withdraw", "AP-0007", "--note", "Own wish")
        self.done("erase", "AP-0001", "--contact")
        self.done("erase", "AP-0008", "--contact")
        return {"apply", "update", "verify", "approve", "revoke", "withdraw", "erase"}


if __name__ == "__main__":
    unittest.main()
